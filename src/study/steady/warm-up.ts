/**
 * `warmup: auto`: a pilot, the workload of replication 0 through every topology with no warm-up and no faults (a fault
 * is no start-up), gives the latencies of the uploads that succeed in the order of their arrivals, and MSER-5 says with
 * which of them the start-up is over. The latest of these arrivals ends the warm-up of all topologies and
 * replications, so that all are measured over the same arrivals.
 */
import { type Replayed, replayInSteps } from '../../replay/replay.js';
import { uploadStatus } from '../../result.js';
import type { TimedScenario } from '../../scenario/types.js';
import { startUpLength } from '../../statistics/mser5.js';
import { drawWorkload } from '../../workload/draw.js';
import type { Workload } from '../../workload/workload.js';
import type { Loaded, Ready } from '../loaded.js';
import { withoutFaults } from '../recovery.js';
import { type RunProgress, type Stop, Work } from '../replications/work.js';

const SUCCEEDED = uploadStatus.indexOf('succeeded');

/** The scenario with its warm-up, looked for where it has to be; null where the pilot was given up. */
export function* warmedUp(loaded: Loaded, stop: Stop): Generator<RunProgress, Ready | null, void> {
  const { scenario } = loaded;
  if (scenario.warmup !== 'auto') return withWarmup(loaded, scenario.warmup);
  const seed = `${scenario.seed}/0`;
  const workload = drawWorkload(scenario, seed);
  const work = new Work(scenario, workload, stop);
  const options = { seed, horizon: scenario.horizon, warmup: 0 };
  const ends = new Map<string, number | null>();
  for (const spec of scenario.topologies) {
    const steps = replayInSteps(withoutFaults(spec), workload, options);
    const run = yield* work.follow(steps, `warm-up of ${spec.name}`, work.whole);
    if (run === null) return null;
    ends.set(spec.name, startUpEnd(run, workload));
  }
  const seconds = Math.max(0, ...[...ends.values()].filter(end => end !== null));
  return withWarmup(loaded, seconds, { given: 'auto', seconds, byTopology: Object.fromEntries(ends) });
}

/** The scenario with a warm-up of so long. */
export function withWarmup(loaded: Loaded, seconds: number, warmup: Ready['warmup'] = null): Ready {
  const unsettled = Object.entries(warmup?.byTopology ?? {}).filter(([, end]) => end === null);
  const pilot = warmup && { unsettled: unsettled.map(([name]) => name) };
  const scenario: TimedScenario = { ...loaded.scenario, warmup: seconds, pilot };
  return { ...loaded, scenario, warmup };
}

/** The arrival of the first upload that counts; 0 where all of them do, null where the latencies do not settle. */
function startUpEnd({ recorder: { uploads: log }, epoch }: Replayed, { uploads }: Workload): number | null {
  const latencies = new Float64Array(log.count);
  const arrivals = new Uint32Array(log.count);
  let observed = 0;
  for (let upload = 0; upload < log.count; upload++) {
    if (log.status[upload] !== SUCCEEDED) continue;
    latencies[observed] = log.end[upload]! - log.start[upload]!;
    arrivals[observed++] = upload;
  }
  const cut = startUpLength(latencies.subarray(0, observed));
  if (cut === null || cut === 0) return cut;
  const first = arrivals[cut]!;
  // An open stream's arrivals are known as they were given, without the rounding of a change of clocks.
  return uploads.closed === null ? uploads.start[first]! : log.start[first]! + epoch;
}
