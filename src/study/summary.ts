import type { DirectionName } from '../measure/directions.js';
import type { FleetGauge } from '../measure/gauge.js';
import type { RequestLog } from '../measure/recorder.js';
import type { TokenLog } from '../measure/token-log.js';
import type { Replayed } from '../replay/replay.js';
import type {
  BackgroundResult,
  GatewayResult,
  Series,
  StorageResult,
  TokenResult,
  TopologyResult,
} from '../result.js';
import type { NetworkParameters, Objective, TopologySpec } from '../scenario/types.js';
import { byHand } from './by-hand.js';
import { costOf, usedBy } from './cost.js';
import { directionUsage } from './direction-summary.js';
import { curveOf, distributionOf, type Figures, percentilesOf, ratio, usageOf } from './figures.js';
import { judge } from './objectives.js';
import type { Offered } from './offered.js';
import { recoveryOf } from './recovery.js';
import { selfChecks } from './self-checks.js';
import { fleetResult } from './server-summary.js';

/**
 * Makes the result of one topology from its replay, the replay of its background requests alone and, where faults are
 * scheduled, the one without them.
 * @param loadSpan seconds over which the uploads arrive; null where they tell nothing of a month
 */
export function summarise(
  spec: TopologySpec,
  run: Replayed,
  alone: readonly RequestLog[],
  objectives: readonly Objective[],
  offeredLoad: Offered | null,
  calm: Replayed | null = null,
  loadSpan: number | null = null,
): TopologyResult {
  const { recorder, from, to, epoch } = run;
  const { uploads } = recorder;
  const offered = uploads.count;
  const unfinished = offered - recorder.succeeded - recorder.failed;
  const makespan = makespanOf(run, unfinished);
  const span = makespan ?? to - firstUpload(run);
  const counted = countedArrivals(run);
  const server = fleetResult(spec, run);
  const figures: Figures = {
    name: spec.name,
    kind: spec.kind,
    gateway: gatewayResult(spec),
    uploads: {
      offered,
      succeeded: recorder.succeeded,
      failed: recorder.failed,
      unfinished,
      attempts: recorder.attempts,
      amplification: offered > 0 ? recorder.attempts / offered : null,
      failures: recorder.failures.toRecord(),
      attemptFailures: recorder.attemptFailures.toRecord(),
      wastedBytes: recorder.wastedBytes,
      retriesDenied: spec.client.retry.budget === null ? null : recorder.retriesDenied,
    },
    steady: null,
    latency: distributionOf(recorder.latency),
    completion: percentilesOf(recorder.latency, counted),
    completionCurve: curveOf(recorder.latency, counted),
    timeToToken: run.topology.issuesTokens ? distributionOf(recorder.timeToToken) : null,
    connections: run.connections && { opened: run.connections.opened, reused: run.connections.reused },
    tokens: recorder.tokens && tokenResult(recorder.tokens),
    quantiles: recorder.samples().every(sample => sample.exact) ? 'exact' : 'histogram',
    makespan,
    window: [from + epoch, to + epoch],
    goodput: span > 0 ? recorder.succeededBytes / span : null,
    server,
    storage: storageResult(spec, run),
    background: recorder.background.map((log, index) => backgroundResult(log, alone[index]!)),
    recovery: calm && recoveryOf(spec.faults, run, calm),
    cost: costOf(spec, usedBy(spec, run), loadSpan),
    series: seriesOf(spec, run),
    checks: selfChecks(run, run.offered),
    ci95: null,
    n: null,
    shares: null,
    samples: null,
  };
  const slo = judge(objectives, [figures]);
  return { ...figures, slo, byHand: byHand(spec, run.topology, offeredLoad, figures) };
}

function firstUpload({ recorder, from }: Replayed): number {
  return recorder.uploads.count > 0 ? recorder.uploads.start[0]! : from;
}

function makespanOf(run: Replayed, unfinished: number): number | null {
  const { recorder } = run;
  if (unfinished > 0 || recorder.uploads.count === 0) return null;
  return recorder.lastUploadEnd - firstUpload(run);
}

/** Uploads that arrived after the warm-up: those over which percentiles are taken. */
function countedArrivals({ recorder }: Replayed): number {
  const { count, start } = recorder.uploads;
  let counted = 0;
  for (let upload = 0; upload < count; upload++) if (recorder.counts(start[upload]!)) counted++;
  return counted;
}

function gatewayResult({ gateway }: TopologySpec): GatewayResult | null {
  if (gateway === null) return null;
  const limit = (value: number) => (Number.isFinite(value) ? value : null);
  const { maxBody, timeout, idle } = gateway;
  return { ...gateway, maxBody: limit(maxBody), timeout: limit(timeout), idle: limit(idle) };
}

function storageResult({ storage: { network } }: TopologySpec, run: Replayed): StorageResult {
  const { recorder, simulation, hosts } = run;
  let bytes = 0;
  for (const path of hosts.paths) {
    if (path.toStorage) bytes += simulation.network.routeCarried(path.index);
  }
  const its = { indices: [0], there: 1, usage: (gauge: FleetGauge) => usageOf(gauge.fleet, run) };
  const { storageIn, storageOut } = recorder;
  return {
    networkIn: directionUsage('storageIn', usageOf(storageIn, run), network, run, its),
    networkOut: directionUsage('storageOut', usageOf(storageOut, run), network, run, its),
    bytes,
    requests: recorder.storageRequests,
    slowDowns: recorder.slowDowns,
    rejectedTokens: recorder.rejectedTokens,
    partitions: partitionsOf(run),
    requestKinds: recorder.parts && { ...recorder.parts.requests },
    abandonedParts: recorder.parts?.abandonedParts ?? null,
    abandonedBytes: recorder.parts?.abandonedBytes ?? null,
    orphans: recorder.remains?.orphans ?? null,
    orphanBytes: recorder.remains?.orphanBytes ?? null,
  };
}

function partitionsOf({ hosts, to, epoch }: Replayed): StorageResult['partitions'] {
  const partitions = hosts.storage.partitionsAt(to);
  return partitions && { ...partitions, splits: partitions.splits.map(at => at + epoch) };
}

function tokenResult({ issued, presented, age, life, left }: TokenLog): TokenResult {
  return { issued, presented, age: distributionOf(age), life: life.toResult(), left: left.toResult() };
}

function backgroundResult(log: RequestLog, alone: RequestLog): BackgroundResult {
  const latency = distributionOf(log.latency);
  const baseline = distributionOf(alone.latency);
  return {
    name: log.name,
    offered: log.offered,
    succeeded: log.succeeded,
    failed: log.failed,
    unfinished: log.offered - log.succeeded - log.failed,
    failures: log.failures.toRecord(),
    latency,
    baseline,
    slowdown: { p50: ratio(latency.p50, baseline.p50), p99: ratio(latency.p99, baseline.p99) },
  };
}

function seriesOf({ server, storage }: TopologySpec, { recorder, to, from, epoch }: Replayed): Series {
  const { bins, series, disk, fleet, changing } = recorder;
  for (const gauge of recorder.gauges()) gauge.fleet.integral(to);
  recorder.active.integral(to);
  recorder.storageIn.integral(to);
  fleet?.inRotation.integral(to);
  for (const { capacity, credit } of Object.values(changing)) {
    capacity.fleet.integral(to);
    credit?.fleet.integral(to);
  }
  const read = (number: number): number[] => [...bins.read(number, to)];
  const sums = (name: keyof typeof series): number[] => read(series[name]);
  const { length } = sums('active');
  const { width } = bins;
  const spans = Array.from({ length }, (_, bin) => Math.min(width, to - from - bin * width));
  const averaged = (of: readonly number[]): number[] =>
    of.map((sum, bin) => (spans[bin]! > 0 ? sum / spans[bin]! : 0));
  const averages = (name: keyof typeof series): number[] => averaged(sums(name));
  const capacityOf = (name: DirectionName): number[] | null => {
    const its = changing[name];
    return its === undefined ? null : averaged(read(its.capacitySeries));
  };
  const creditOf = (name: DirectionName, { efficiency }: NetworkParameters): number[] | null => {
    const its = changing[name];
    if (its === undefined || its.credit === null) return null;
    return averaged(read(its.creditSeries)).map(level => level / efficiency);
  };
  return {
    binWidth: width,
    time: spans.map((_, bin) => from + epoch + bin * width),
    active: averages('active'),
    threads: averages('threads'),
    backlog: averages('backlog'),
    memory: averages('memory'),
    cpu: averages('cpu'),
    networkIn: averages('networkIn'),
    networkOut: averages('networkOut'),
    storageIn: averages('storageIn'),
    disk: disk && averages('disk'),
    networkInCapacity: capacityOf('networkIn'),
    networkOutCapacity: capacityOf('networkOut'),
    storageInCapacity: capacityOf('storageIn'),
    networkInCredit: creditOf('networkIn', server.network),
    networkOutCredit: creditOf('networkOut', server.network),
    storageInCredit: creditOf('storageIn', storage.network),
    servers: fleet && averaged(read(fleet.series)),
    completed: sums('completed'),
    failed: sums('failed'),
  };
}
