/** Objectives: `TOPOLOGY: METRIC < QUANTITY` with a quantity of the metric's kind. */
import { failureReasons } from '../result.js';
import { describeKind, type QuantityKind, readQuantity } from '../units.js';
import { didYouMean, nearest } from './nearest.js';
import { Complaint } from './schema/form.js';
import { either, quoted } from './text.js';
import type { Objective } from './types.js';

/** Numbers without a unit have kind `number`, or `dollars`. */
export type MetricKind = QuantityKind | 'number' | 'dollars';

const order = ['p50', 'p90', 'p95', 'p99', 'max'];
const durations = (name: string, statistics: readonly string[]): [string, MetricKind][] =>
  statistics.map(statistic => [`${name}.${statistic}`, 'time']);

/** Metrics by their path in a result, with what they are measured in. */
const metrics: ReadonlyMap<string, MetricKind> = new Map<string, MetricKind>([
  ...durations('latency', ['mean', ...order]),
  // Completion has no mean: an upload that failed counts as infinite.
  ...durations('completion', order),
  ...durations('timeToToken', ['mean', ...order]),
  ...durations('tokens.age', ['mean', ...order]),
  ['makespan', 'time'],
  ['succeeded', 'share'],
  ['failed', 'share'],
  ['unfinished', 'share'],
  ...failureReasons.map((reason): [string, MetricKind] => [`failures.${reason}`, 'share']),
  ['retriesDenied', 'number'],
  ['goodput', 'rate'],
  ...['threads', 'memory', 'cpu', 'networkIn', 'networkOut'].map((part): [string, MetricKind] => [
    `server.${part}.utilization`,
    'share',
  ]),
  ['server.memory.peak', 'size'],
  ['server.disk.utilization', 'share'],
  ['server.diskSpace.utilization', 'share'],
  ['server.diskSpace.peak', 'size'],
  ['server.crashes', 'number'],
  ['storage.abandonedParts', 'number'],
  ['storage.abandonedBytes', 'size'],
  ['storage.orphans', 'number'],
  ['storage.orphanBytes', 'size'],
  ['server.down', 'time'],
  ['server.hours', 'number'],
  ['server.autoscale.peak', 'number'],
  ['server.health.removals', 'number'],
  ['cost.total', 'dollars'],
  ['cost.perMillionUploads', 'dollars'],
  ['cost.perMonth', 'dollars'],
  ['amplification', 'number'],
  ['recovery.time', 'time'],
]);

/** Metrics of one class of background requests, after `background.NAME.`. */
const backgroundMetrics: ReadonlyMap<string, MetricKind> = new Map<string, MetricKind>([
  ...durations('latency', ['mean', ...order]),
  ['failed', 'share'],
  ['slowdown.p50', 'number'],
  ['slowdown.p99', 'number'],
]);

/** Every metric that an objective can name, with its kind; NAME stands for a background class. */
export function metricKinds(): [string, MetricKind][] {
  return [
    ...metrics,
    ...Array.from(backgroundMetrics, ([name, kind]): [string, MetricKind] => [
      `background.NAME.${name}`,
      kind,
    ]),
  ];
}

export interface KnownNames {
  readonly topologies: readonly string[];
  readonly background: readonly string[];
}

/**
 * Reads an objective such as `valet-key: completion.p99 < 10m`; without a topology it holds for all.
 * @param topology where it stands apart from the text, as in a mapping
 */
export function parseObjective(text: string, known: KnownNames, topology?: string): Objective | Complaint {
  const whole = text.trim();
  const named = topology === undefined ? splitTopology(whole, known.topologies) : { topology, expr: whole };
  if (named.topology !== 'all' && !known.topologies.includes(named.topology)) {
    const hint = didYouMean(named.topology, [...known.topologies, 'all']);
    return new Complaint(
      'unknown-name',
      `no topology is called ${quoted(named.topology)}${hint}`,
      either([...known.topologies, 'all']),
    );
  }
  const { expr } = named;
  // The last comparison counts: a background class may have one in its name.
  const match = expr.length > 300 ? null : /^(.*?\S)\s*(<=|>=|==|!=|<|>|=)\s*([^<>=!]*)$/.exec(expr);
  if (match === null) {
    return new Complaint(
      'objective',
      `${quoted(expr)} is not a comparison`,
      'METRIC < QUANTITY (or <=, >, >=), e.g. completion.p99 < 10m',
    );
  }
  const [, metric = '', comparison = '', limitText = ''] = match;
  if (comparison !== '<' && comparison !== '<=' && comparison !== '>' && comparison !== '>=') {
    return new Complaint(
      'objective',
      `${comparison} is not a comparison that simulated figures can meet`,
      '<, <=, > or >=',
    );
  }
  const kind = metricKind(metric, known.background);
  if (kind === undefined) return unknownMetric(metric, known.background);
  const limit = readLimit(metric, kind, limitText);
  return limit instanceof Complaint ? limit : { expr, topology: named.topology, metric, comparison, limit };
}

/** Says what is wrong with a metric; null where nothing is. */
export function checkMetric(metric: string, background: readonly string[]): Complaint | null {
  return metricKind(metric, background) === undefined ? unknownMetric(metric, background) : null;
}

/** Background names may hold dots, spaces and colons, so known names are matched instead of splitting the text. */
function metricKind(metric: string, background: readonly string[]): MetricKind | undefined {
  for (const name of background) {
    const prefix = `background.${name}.`;
    const kind = metric.startsWith(prefix) ? backgroundMetrics.get(metric.slice(prefix.length)) : undefined;
    if (kind !== undefined) return kind;
  }
  return metrics.get(metric);
}

function splitTopology(text: string, topologies: readonly string[]): { topology: string; expr: string } {
  const known = [...topologies, 'all'].find(name => text.startsWith(`${name}:`));
  if (known !== undefined) return { topology: known, expr: text.slice(known.length + 1).trim() };
  const colon = text.search(/:(\s|$)/);
  if (colon < 0 || text.startsWith('background.')) return { topology: 'all', expr: text };
  return { topology: text.slice(0, colon).trim(), expr: text.slice(colon + 1).trim() };
}

function unknownMetric(metric: string, background: readonly string[]): Complaint {
  const all = [
    ...metrics.keys(),
    ...background.flatMap(name => [...backgroundMetrics.keys()].map(key => `background.${name}.${key}`)),
  ];
  const near = nearest(metric, all) ?? all.find(name => name.startsWith(`${metric}.p99`));
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  const what = `${quoted(metric)} is not a metric${hint}`;
  if (metric === 'completion.mean') {
    return new Complaint(
      'unknown-metric',
      'completion has no mean, since uploads that fail count as infinite',
      'completion.p50 ... completion.max',
    );
  }
  const others =
    background.length === 0 ? '' : ', background.NAME.{latency.*,failed,slowdown.p50,slowdown.p99}';
  return new Complaint('unknown-metric', what, `${grouped([...metrics.keys()])}${others}`);
}

/** `latency.{mean,p50}, makespan`: what begins alike together. */
function grouped(names: readonly string[]): string {
  const groups = new Map<string, string[]>();
  for (const name of names) {
    const [first = '', ...rest] = name.split('.');
    groups.set(first, [...(groups.get(first) ?? []), rest.join('.')]);
  }
  return Array.from(groups, ([first, rests]) => {
    if (rests[0] === '') return first;
    return rests.length === 1 ? `${first}.${rests[0]}` : `${first}.{${rests.join(',')}}`;
  }).join(', ');
}

function readLimit(metric: string, kind: MetricKind, text: string): number | Complaint {
  if (kind === 'number' || kind === 'dollars') {
    const value = /^\d+(\.\d+)?$|^\.\d+$/.test(text.trim()) ? Number(text) : Number.NaN;
    if (Number.isFinite(value)) return value;
    return new Complaint(
      'objective',
      `${quoted(text)} is not a plain number`,
      kind === 'dollars'
        ? `${metric} is compared with US dollars, a number without a sign, e.g. 12.5`
        : `${metric} is compared with a number, e.g. 3`,
    );
  }
  const reading = readQuantity(kind, text);
  if (reading.ok) return reading.value;
  const { noun, example, units } = describeKind(kind);
  return new Complaint(
    reading.code,
    reading.what,
    `${metric} is compared with ${noun}, e.g. ${example} (${units})`,
  );
}
