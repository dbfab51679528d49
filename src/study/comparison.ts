import { type Comparison, figureOf, type Interval, type TopologyResult } from '../result.js';
import { meanInterval, varianceOf } from '../statistics/mean-interval.js';
import { ratio } from './figures.js';

/** What designs are compared by. */
export const METRICS = [
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

/**
 * Each topology against a baseline (the first where none is named), replication by replication: the same replication
 * has met both with the same workload, so that its luck, which they share, drops out of the difference.
 *
 * @param replications the topologies of each, in the same order
 */
export function compareTopologies(
  replications: readonly (readonly TopologyResult[])[],
  baseline = replications[0]?.[0]?.name,
): Comparison[] {
  const names = (replications[0] ?? []).map(({ name }) => name);
  if (baseline === undefined || !names.includes(baseline)) return [];
  const runsOf = (name: string) =>
    replications.map(topologies => topologies.find(topology => topology.name === name)!);
  return names
    .filter(name => name !== baseline)
    .flatMap(name => {
      const [baselines, runs] = [runsOf(baseline), runsOf(name)];
      return [...METRICS, ...money([...baselines, ...runs])].map(metric => compare(baselines, runs, metric));
    });
}

function compare(
  baselines: readonly TopologyResult[],
  runs: readonly TopologyResult[],
  metric: string,
): Comparison {
  const comparable = countsLostWork(metric) || [...baselines, ...runs].every(keepsWork);
  const pairs = runs
    .map((run, r) => [figureOf(run, metric), figureOf(baselines[r]!, metric)] as const)
    .filter((pair): pair is readonly [number, number] => comparable && !pair.includes(null));
  const differences = pairs.map(([of, against]) => of - against);
  const ratios = pairs.map(([of, against]) => ratio(of, against));
  const whole = pairs.length === runs.length && pairs.length > 0;
  const hasRatio = whole && !ratios.includes(null);
  return {
    baseline: baselines[0]!.name,
    topology: runs[0]!.name,
    metric,
    ratio: hasRatio ? meanOf(ratios as readonly number[]) : null,
    difference: whole ? meanOf(differences) : null,
    ci95: whole ? intervalOf(differences) : null,
    ratioCi95: hasRatio ? intervalOf(ratios as readonly number[]) : null,
    varianceSaved: whole ? saved(pairs, differences) : null,
  };
}

function meanOf(values: readonly number[]): number {
  return meanInterval(values)?.mean ?? values[0]!;
}

function intervalOf(values: readonly number[]): Interval | null {
  const interval = meanInterval(values);
  return interval && [interval.low, interval.high];
}

function saved(pairs: readonly (readonly [number, number])[], differences: readonly number[]): number | null {
  const apart = varianceOf(pairs.map(([of]) => of)) + varianceOf(pairs.map(([, against]) => against));
  return apart > 0 ? 1 - varianceOf(differences) / apart : null;
}

/** Per million that succeeded, where prices are known: a design that loses its uploads is cheap to run. */
function money(designs: readonly TopologyResult[]): readonly string[] {
  return designs.every(({ cost }) => cost.perMillionUploads !== null) ? ['cost.perMillionUploads'] : [];
}

/** Says something of uploads that fail, too, so that losing work never looks like speed. */
export function countsLostWork(metric: string): boolean {
  return metric !== 'makespan' && !metric.startsWith('latency.');
}

/** Fails or leaves unfinished so little that its times are those of the whole load. */
export function keepsWork({ uploads }: Pick<TopologyResult, 'uploads'>): boolean {
  return uploads.offered > 0 && uploads.failed + uploads.unfinished < TOO_MANY_FAILURES * uploads.offered;
}
