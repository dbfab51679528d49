import type { RequestLog } from '../measure/recorder.js';
import type { Replayed } from '../replay/replay.js';
import type { BackgroundResult, GatewayResult, Series, StorageResult, TopologyResult } from '../result.js';
import type { Objective, TopologySpec } from '../scenario/types.js';
import { byHand } from './by-hand.js';
import { bytesOver } from './carried.js';
import { costOf, usedBy } from './cost.js';
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
    latency: distributionOf(recorder.latency),
    completion: percentilesOf(recorder.latency, counted),
    completionCurve: curveOf(recorder.latency, counted),
    timeToToken: run.topology.issuesTokens ? distributionOf(recorder.timeToToken) : null,
    quantiles: recorder.samples().every(sample => sample.exact) ? 'exact' : 'histogram',
    makespan,
    window: [from + epoch, to + epoch],
    goodput: span > 0 ? recorder.succeededBytes / span : null,
    server,
    storage: storageResult(run),
    background: recorder.background.map((log, index) => backgroundResult(log, alone[index]!)),
    recovery: calm && recoveryOf(spec.faults, run, calm),
    cost: costOf(spec, usedBy(spec, run), loadSpan),
    series: seriesOf(run),
    checks: selfChecks(run, run.offered),
    ci95: null,
    n: null,
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

function storageResult(run: Replayed): StorageResult {
  const { recorder } = run;
  return {
    networkIn: usageOf(recorder.storageIn, run),
    networkOut: usageOf(recorder.storageOut, run),
    bytes: bytesOver(run, path => path.toStorage),
    requests: recorder.storageRequests,
    slowDowns: recorder.slowDowns,
    rejectedTokens: recorder.rejectedTokens,
    requestKinds: recorder.parts && { ...recorder.parts.requests },
    abandonedParts: recorder.parts?.abandonedParts ?? null,
    abandonedBytes: recorder.parts?.abandonedBytes ?? null,
    orphans: recorder.remains?.orphans ?? null,
    orphanBytes: recorder.remains?.orphanBytes ?? null,
  };
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

function seriesOf({ recorder, to, from, epoch }: Replayed): Series {
  const { bins, series, disk, fleet } = recorder;
  for (const gauge of recorder.gauges()) gauge.fleet.integral(to);
  recorder.active.integral(to);
  recorder.storageIn.integral(to);
  fleet?.inRotation.integral(to);
  const read = (number: number): number[] => [...bins.read(number, to)];
  const sums = (name: keyof typeof series): number[] => read(series[name]);
  const { length } = sums('active');
  const { width } = bins;
  const spans = Array.from({ length }, (_, bin) => Math.min(width, to - from - bin * width));
  const averaged = (of: readonly number[]): number[] =>
    of.map((sum, bin) => (spans[bin]! > 0 ? sum / spans[bin]! : 0));
  const averages = (name: keyof typeof series): number[] => averaged(sums(name));
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
    servers: fleet && averaged(read(fleet.series)),
    completed: sums('completed'),
    failed: sums('failed'),
  };
}
