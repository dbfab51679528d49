/** Whether a design has a steady state, in a scenario that asks for its figures in one. */
import type { Replayed } from '../../replay/replay.js';
import type { Steady, TopologyResult } from '../../result.js';
import type { Arrivals, TimedScenario, TopologySpec } from '../../scenario/types.js';
import { passagesOf } from '../by-hand.js';
import type { Offered } from '../offered.js';
import { type Flow, steadyFlow } from './arrivals.js';
import { growthOf } from './growth.js';

type Overload = Pick<Steady, 'resource' | 'offered' | 'capacity'>;

const none: Overload = { resource: null, offered: null, capacity: null };

/** Null where no steady state is asked for: there is no warm-up. */
export function steadinessOf(
  scenario: TimedScenario,
  spec: TopologySpec,
  topology: Replayed['topology'],
  offered: Offered | null,
  result: TopologyResult,
): Steady | null {
  const { warmup, pilot, workload } = scenario;
  if (warmup === 0 && pilot === null) return null;
  const flow = flowOf(workload.uploads.arrivals);
  if (flow !== null && spec.server.autoscale === null) {
    const byHand = offered && overloadByHand(flow, spec, topology, offered, result);
    const over = (losesLittle(result) ? byHand : null) ?? overloadSeen(flow, result, warmup, byHand);
    if (over !== null) return { stable: false, reason: 'overload', ...over };
  }
  if (pilot?.unsettled.includes(spec.name)) return { stable: false, reason: 'unsettled', ...none };
  return { stable: true, reason: null, ...none };
}

function flowOf(arrivals: Arrivals): Flow | null {
  if (arrivals.kind === 'spread') return { rate: arrivals.count / arrivals.over, until: arrivals.over };
  return steadyFlow(arrivals);
}

/** A load that is 1 but for rounding. */
const ROUNDING = 1e-9;
/** A resource that is overloaded is full for most of the arrivals' time: what is computed was simulated, too. */
const MOSTLY = 0.5;
/** Fewer failures than this share of the uploads leave the load as it is. */
const LITTLE = 0.01;

/** Of uploads that fail, nobody knows how much of the work they have brought. */
function losesLittle({ uploads, server }: TopologyResult): boolean {
  return uploads.failed < LITTLE * uploads.offered && server.crashes === 0;
}

/** The work that uploads bring in a second is more than the tightest resource does in one. */
function overloadByHand(
  { rate, until }: Flow,
  spec: TopologySpec,
  topology: Replayed['topology'],
  offered: Offered,
  result: TopologyResult,
): Overload | null {
  const [from, to] = result.window;
  const span = Math.min(until, to) - from;
  const [tightest] = passagesOf(spec, topology, offered, result)
    // Of what burst credit carries there is no one load.
    .filter(({ terms, usage }) => !('credit' in terms) && usage.saturatedFor >= MOSTLY * span)
    .toSorted((a, b) => b.seconds - a.seconds);
  if (tightest === undefined) return null;
  const capacity = offered.uploads / tightest.seconds;
  if (rate <= capacity * (1 + ROUNDING)) return null;
  return { resource: tightest.resource, offered: rate, capacity };
}

/** The queue is seen to grow, and the arithmetic may say how little can be served. */
function overloadSeen(
  flow: Flow,
  result: TopologyResult,
  warmup: number,
  byHand: Overload | null,
): Overload | null {
  const growth = growthOf(flow, result, warmup, false);
  if (growth === null) return null;
  const seen = { resource: growth.full[0]!.resource, offered: flow.rate, capacity: growth.most };
  return growth.most === null ? (byHand ?? seen) : seen;
}
