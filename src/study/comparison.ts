import type { Comparison, TopologyResult } from '../result.js';
import { ratio } from './figures.js';
import { metricOf } from './objectives.js';

const METRICS = [
  'succeeded',
  'completion.p50',
  'completion.p95',
  'completion.p99',
  'latency.p99',
  'makespan',
  'server.bytes',
];

/**
 * Latencies and makespan of designs that lose work are those of the work that they did not lose: they are not
 * compared from this share of failures on. Completion counts what was lost as infinite, and can always be.
 */
const TOO_MANY_FAILURES = 0.01;

/** Each topology against the first. */
export function compareTopologies(topologies: readonly TopologyResult[]): Comparison[] {
  const [baseline, ...others] = topologies;
  if (baseline === undefined) return [];
  return others.flatMap(topology =>
    [...METRICS, ...money(topology, baseline)].map(metric => {
      const of = metricOf(topology, metric);
      const against = metricOf(baseline, metric);
      const comparable = countsLostWork(metric) || (keepsWork(topology) && keepsWork(baseline));
      return {
        baseline: baseline.name,
        topology: topology.name,
        metric,
        ratio: comparable ? ratio(of, against) : null,
        difference: comparable && of !== null && against !== null ? of - against : null,
        ci95: null,
      };
    }),
  );
}

/** Per million that succeeded, where prices are known: a design that loses its uploads is cheap to run. */
function money(...designs: readonly TopologyResult[]): readonly string[] {
  return designs.every(({ cost }) => cost.perMillionUploads !== null) ? ['cost.perMillionUploads'] : [];
}

function countsLostWork(metric: string): boolean {
  return metric !== 'makespan' && !metric.startsWith('latency.');
}

/** Fails or leaves unfinished so little that its times are those of the whole load. */
export function keepsWork({ uploads }: Pick<TopologyResult, 'uploads'>): boolean {
  return uploads.offered > 0 && uploads.failed + uploads.unfinished < TOO_MANY_FAILURES * uploads.offered;
}
