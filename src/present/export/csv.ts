import {
  type AutoscalingResult,
  type BurstUsage,
  type CostLine,
  type DirectionUsage,
  type Distribution,
  type Extent,
  type FleetResult,
  failureReasons,
  type Result,
  type ServerResult,
  type TokenResult,
  type TopologyResult,
  type Usage,
} from '../../result.js';
import { csvCell } from './csv-cell.js';

type Row = ReadonlyMap<string, string>;

/**
 * One row per topology of each result; columns are named by the JSON path inside the topology (after those that
 * say where the row comes from), an empty cell stands for null. Time series, curves, the arithmetic by hand and single
 * replications stay out: they are in the JSON.
 */
export function toCsv(results: readonly Result[]): string {
  const rows = results.flatMap(result => result.topologies.map(topology => rowOf(result, topology)));
  const columns = [...new Set(rows.flatMap(row => [...row.keys()]))];
  const lines = [columns.map(csvCell), ...rows.map(row => columns.map(name => csvCell(row.get(name) ?? '')))];
  return lines.map(cells => `${cells.join(',')}\n`).join('');
}

function rowOf(result: Result, topology: TopologyResult): Row {
  const row = new Map<string, string>();
  const { version, seed, replications } = result;
  const { resolved: _resolved, ...scenario } = result.scenario;
  flatten({ version, scenario, seed, replications }, '', row);
  const {
    series: _series,
    completionCurve: _curve,
    byHand: _byHand,
    samples: _samples,
    n: _n,
    ...rest
  } = topology;
  flatten(complete(rest), '', row);
  return row;
}

/** With everything in its place that a topology can have, so that columns do not depend on what happened. */
function complete(
  topology: Omit<TopologyResult, 'series' | 'completionCurve' | 'byHand' | 'samples' | 'n'>,
): object {
  const {
    name,
    kind,
    uploads,
    timeToToken,
    connections,
    tokens,
    server,
    storage,
    background,
    cost,
    ...rest
  } = topology;
  return {
    name,
    kind,
    uploads: {
      ...uploads,
      failures: { ...noFailures, ...uploads.failures },
      attemptFailures: { ...noFailures, ...uploads.attemptFailures },
    },
    ...rest,
    storage: {
      ...storage,
      networkIn: withBurst(storage.networkIn),
      networkOut: withBurst(storage.networkOut),
      requestKinds: storage.requestKinds ?? noRequests,
      partitions: { count: storage.partitions?.count ?? null },
    },
    timeToToken: timeToToken ?? noTimes,
    connections: connections ?? { opened: null, reused: null },
    tokens: withExtents(tokens),
    server: { ...withUsages(server), ...withEvents(server), servers: server.servers.map(withUsages) },
    background: background.map(b => ({ ...b, failures: { ...noFailures, ...b.failures } })),
    cost: { ...cost, lines: Object.fromEntries(cost.lines.map(line => [line.name, figuresOf(line)])) },
  };
}

/** A line by its name, so that a column is about the same in every row; what it is called does not vary. */
function figuresOf({ quantity, price, dollars, perMillionUploads, perMonth }: CostLine): object {
  return { quantity, price, dollars, perMillionUploads, perMonth };
}

/** A reason that is not listed happened to nobody. */
const noFailures = Object.fromEntries(failureReasons.map(reason => [reason, 0]));

const noTimes: Distribution = { mean: null, p50: null, p90: null, p95: null, p99: null, max: null };

const noExtent: Readonly<Record<keyof Extent, null>> = { min: null, mean: null, max: null };

function withExtents(tokens: TokenResult | null): object {
  const { issued = null, presented = null, age = noTimes, life, left } = tokens ?? {};
  return { issued, presented, age, life: life ?? noExtent, left: left ?? noExtent };
}
const noRequests = { create: null, uploadPart: null, complete: null };

const noUsage: Readonly<Record<keyof Usage, null>> = {
  capacity: null,
  mean: null,
  peak: null,
  utilization: null,
  saturatedAt: null,
  saturatedFor: null,
};

/** What became of the fleet, without the lists of what happened when. */
function withEvents({ autoscale, health }: FleetResult): object {
  const { steps: _steps, ...scaling } = autoscale ?? noScaling;
  return { autoscale: scaling, health: { removals: health?.removals ?? null } };
}

const noScaling: Readonly<Record<keyof AutoscalingResult, null>> = {
  metric: null,
  above: null,
  initial: null,
  peak: null,
  mean: null,
  added: null,
  removed: null,
  steps: null,
  highest: null,
  heldBack: null,
};

function withUsages(server: ServerResult): object {
  const { networkIn, networkOut, upstream, disk, diskSpace } = server;
  return {
    ...server,
    networkIn: withBurst(networkIn),
    networkOut: withBurst(networkOut),
    upstream: upstream ?? noUsage,
    disk: disk ?? noUsage,
    diskSpace: diskSpace ?? noUsage,
  };
}

const noBurst: Readonly<Record<keyof BurstUsage, null>> = {
  baseline: null,
  rate: null,
  credit: null,
  left: null,
  exhaustedAt: null,
  exhaustedFor: null,
};

function withBurst(direction: DirectionUsage): object {
  return { ...direction, burst: direction.burst ?? noBurst };
}

function flatten(value: unknown, path: string, into: Map<string, string>): void {
  if (Array.isArray(value)) {
    value.forEach((item: unknown, i) => {
      flatten(item, `${path}[${i}]`, into);
    });
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, item] of Object.entries(value))
      flatten(item, path === '' ? key : `${path}.${key}`, into);
  } else {
    into.set(path, cell(value, path));
  }
}

function cell(value: unknown, path: string): string {
  if (value === null) return '';
  if (typeof value === 'string' || typeof value === 'boolean') return String(value);
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  throw new Error(`the result holds ${String(value)} at "${path}", which is no figure`);
}
