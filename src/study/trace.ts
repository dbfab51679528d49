import { UserError } from '../errors.js';
import { type Journey, type JourneyStep, type Phase, type Play, phases, type Trace } from '../journey.js';
import { type Replayed, replay } from '../replay/replay.js';
import { TokenRules } from '../replay/token.js';
import { Watch } from '../replay/watch.js';
import { failureReasons, uploadStatus } from '../result.js';
import type { Scenario, TopologySpec } from '../scenario/types.js';
import { timeZero } from '../signing/clock.js';
import { LONGEST_LIFE } from '../signing/presign.js';
import { topologyOf } from '../topologies/registry.js';
import { version } from '../version.js';
import { drawWorkload } from '../workload/draw.js';
import type { Workload } from '../workload/workload.js';
import { Mistake } from '../workload/workload.js';
import { heldOf } from './held.js';
import { stepsOf, type Watched } from './journey.js';
import type { Loaded } from './loaded.js';
import { tokensOf } from './tokens.js';

export interface TraceOptions {
  /** Number of the upload, as in the uploads CSV. */
  readonly upload: number;
  readonly play: Play | null;
}

/**
 * Follows one upload through every topology of the scenario, among all the others that the scenario has.
 * @throws UserError where there is no such upload, or nothing that could go wrong in the way that is to be played.
 */
export async function traceUpload(loaded: Loaded, { upload, play }: TraceOptions): Promise<Trace> {
  const { scenario, file, sha256, warnings } = loaded;
  const seed = `${scenario.seed}/0`;
  const workload = drawWorkload(scenario, seed);
  if (workload.uploads.closed === null) checkRange(upload, workload.uploads.count);
  checkPlay(play, scenario);
  checkLives(scenario);
  const journeys: Journey[] = [];
  for (const spec of scenario.topologies) {
    const watch = watchOf(upload, play, spec);
    const { horizon } = scenario;
    // What is left out of percentiles happens all the same.
    const warmup = scenario.warmup === 'auto' ? 0 : scenario.warmup;
    const run = replay(spec, workload, { seed, horizon, warmup, watch });
    // How many uploads a closed loop has is an outcome.
    checkRange(upload, run.offered, spec.name);
    if (watch.upload === null) throw new UserError(neverArrived(upload, workload, horizon));
    journeys.push(await journeyOf(spec, run, watch, workload));
  }
  return {
    format: 'valet-sim/trace@1',
    version,
    scenario: { name: scenario.name, file, sha256 },
    seed: scenario.seed,
    upload,
    play,
    timeZero,
    journeys,
    warnings,
  };
}

const mistakes: Readonly<Record<Play, number>> = {
  expired: 0,
  'wrong-bucket': Mistake.bucket,
  'wrong-key': Mistake.key,
  'wrong-method': Mistake.method,
  tampered: Mistake.signature,
};

/** Played on the one upload only, so that it goes wrong among others that do not. */
function watchOf(upload: number, play: Play | null, { valetKey }: TopologySpec): Watch {
  // Later than the URL's life by a fifteenth of it: after 16 minutes where it lives 15.
  const life = Math.max(0, valetKey.ttl - valetKey.clockSkew);
  const lateUse = play === 'expired' ? (life * 16) / 15 : null;
  return new Watch(upload, play === null ? 0 : mistakes[play], lateUse);
}

async function journeyOf(
  spec: TopologySpec,
  run: Replayed,
  watch: Watch,
  workload: Workload,
): Promise<Journey> {
  const { recorder, simulation, epoch } = run;
  const log = recorder.uploads;
  const { uploads } = workload;
  const upload = watch.upload!;
  // An arrival is known as it was given, without the rounding of a change of clocks.
  const start = uploads.closed === null ? uploads.start[watch.index]! : log.start[watch.index]! + epoch;
  const clock = (instant: number) =>
    instant === log.start[watch.index] ? start : Math.max(start, instant + epoch);
  const { issuesTokens } = run.topology;
  const tokens = new TokenRules(spec.valetKey, epoch);
  const watched: Watched = { spec, watch, issuesTokens, tokens, clock, over: simulation.now };
  const bucket = workload.buckets[upload.bucket]!;
  const file = workload.files[upload.file]!;
  const status = uploadStatus[log.status[watch.index]!]!;
  const end = status === 'unfinished' ? null : clock(log.end[watch.index]!);
  const steps = stepsOf(watched);
  return {
    topology: spec.name,
    kind: spec.kind,
    offered: run.offered,
    file,
    bucket,
    size: upload.size,
    client: {
      name: workload.clients[upload.client]!,
      uplink: upload.uplink < Number.POSITIVE_INFINITY ? upload.uplink : null,
      rtt: { server: upload.rttServer, storage: upload.rttStorage },
    },
    servers: spec.server.count,
    tls: spec.transport.tls,
    mostAttempts: spec.client.retry.attempts,
    start,
    end,
    status,
    reason: status === 'failed' ? failureReasons[log.reason[watch.index]!]! : null,
    latency: end === null ? null : end - start,
    attempts: log.attempts[watch.index]!,
    steps,
    phases: phasesOf(steps),
    held: heldOf(watched),
    ...(await tokensOf(watched, { bucket, key: file })),
  };
}

function phasesOf(steps: readonly JourneyStep[]): Readonly<Record<Phase, number>> {
  const sums = Object.fromEntries(phases.map(phase => [phase, 0])) as Record<Phase, number>;
  for (const { phase, duration, aside } of steps) if (!aside) sums[phase] += duration;
  return sums;
}

// --- What cannot be traced ---------------------------------------------------------------------------------

function checkRange(upload: number, count: number, topology?: string): void {
  if (upload < count) return;
  const where = topology === undefined ? 'this scenario' : topology;
  const range = count === 0 ? 'no uploads' : count === 1 ? 'one upload: 0' : `uploads 0 to ${count - 1}`;
  throw new UserError(`--upload ${upload}: there is no such upload; ${where} has ${range}`);
}

function neverArrived(upload: number, { uploads }: Workload, horizon: number): string {
  const index = uploads.id.indexOf(upload);
  return `--upload ${upload}: it arrives at ${uploads.start[index]} s, after the horizon (${horizon} s)`;
}

/** Through a proxy a client can only name the wrong bucket; the rest needs a signed URL. */
function checkPlay(play: Play | null, { topologies }: Scenario): void {
  if (play === null || play === 'wrong-bucket') return;
  const issuing = topologies.filter(({ kind }) => topologyOf(kind).issuesTokens);
  if (play === 'expired' && issuing.length > 0 && issuing.every(isSignedLate)) {
    const whose = issuing.map(({ name }) => name).join(', ');
    throw new UserError(
      `--play expired: ${whose} signs its URLs just before they are used (signing: each), so that no client is late; choose another topology`,
    );
  }
  if (issuing.length > 0) return;
  const names = topologies.map(({ name }) => name).join(', ');
  throw new UserError(
    `--play ${play}: only a signed URL can be refused so, and no topology here issues any (${names}); choose a valet-key topology`,
  );
}

/** A client that waits does so before it asks for its URLs. */
function isSignedLate({ kind, options }: TopologySpec): boolean {
  return topologyOf(kind).inParts && options.signing === 'each';
}

function checkLives({ topologies }: Scenario): void {
  for (const { name, kind, valetKey } of topologies) {
    if (!topologyOf(kind).issuesTokens || valetKey.ttl <= LONGEST_LIFE) continue;
    throw new UserError(
      `${name}: valetKey.ttl is ${valetKey.ttl} s, and Signature V4 signs URLs for at most 7 days (${LONGEST_LIFE} s); try --set valetKey.ttl=7d`,
    );
  }
}
