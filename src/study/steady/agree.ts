import type { CompletionCurve, Distribution, Percentiles, Steady, TopologyResult } from '../../result.js';
import { STORAGE_IN } from './growth.js';

/**
 * A steady state is a property of the design, not of one run: what at least half of its replications say holds for all
 * of them. Where there is none, there are no latencies: the longer the run, the longer they would be.
 * @param runs replications of one design
 */
export function agreed(runs: readonly TopologyResult[]): readonly TopologyResult[] {
  const unstable = runs.filter(({ steady }) => steady?.stable === false);
  const [first] = unstable;
  if (first !== undefined && 2 * unstable.length >= runs.length) {
    return runs.map(run => withoutTimes(run, run.steady!.stable ? first.steady! : run.steady!));
  }
  return first === undefined ? runs : runs.map(run => ({ ...run, steady: stable }));
}

const stable: Steady = { stable: true, reason: null, resource: null, offered: null, capacity: null };

const noPercentiles: Percentiles = { p50: null, p90: null, p95: null, p99: null, max: null };
const noTimes: Distribution = { mean: null, ...noPercentiles };

function withoutTimes(run: TopologyResult, steady: Steady): TopologyResult {
  return {
    ...run,
    steady,
    latency: noTimes,
    completion: noPercentiles,
    completionCurve: noCurve(run.completionCurve),
    timeToToken: run.timeToToken && noTimes,
    background: waitsToo(run, steady)
      ? run.background.map(its => ({ ...its, latency: noTimes, slowdown: { p50: null, p99: null } }))
      : run.background,
    byHand: run.byHand.map(check => (check.kind === 'alone' ? { ...check, simulated: null } : check)),
  };
}

/** Other requests come to the servers, and wait where uploads do; a queue before storage is not theirs. */
function waitsToo({ server }: TopologyResult, { reason, resource }: Steady): boolean {
  return reason === 'overload' && (resource !== STORAGE_IN || server.bytes > 0);
}

function noCurve({ share }: CompletionCurve): CompletionCurve {
  return { share, seconds: share.map(() => null) };
}
