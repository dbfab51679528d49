import { count, duration, percent } from '../../readable.js';
import type { AutoscalingResult, ServerResult, TopologyResult, Usage } from '../../result.js';
import type { Autoscaling, ScalingMetric } from '../../scenario/types.js';
import type { Evidence, Finding } from './warning.js';

/** A resource that is full for so much of the window while the metric looks elsewhere is no passing moment. */
const LASTING = 0.05;

/** The rule looks at the wrong thing, has no room, or acts before it sees what it has done. */
export function autoscaling({ spec, result }: Evidence): Finding[] {
  const { autoscale: rule } = spec.server;
  const { autoscale: done } = result.server;
  if (rule === null || done === null) return [];
  return [blind(rule, done, result), noRoom(rule, done), hasty(rule, done), restless(rule, done)].filter(
    finding => finding !== null,
  );
}

/** No server is ever added, though one of their resources is full. */
function blind(
  rule: Autoscaling,
  done: AutoscalingResult,
  { server, window }: TopologyResult,
): Finding | null {
  if (done.added > 0 || done.heldBack > 0 || done.highest === null) return null;
  const span = window[1] - window[0];
  const full = watchable.filter(
    ({ metric, usage }) => metric !== rule.metric && usage(server).saturatedFor >= LASTING * span,
  );
  const [worst] = full.sort((a, b) => b.usage(server).saturatedFor - a.usage(server).saturatedFor);
  if (worst === undefined) return null;
  const most = rule.metric === 'requests' ? count(done.highest) : percent(done.highest);
  return {
    fact: `autoscaling watches ${rule.metric}, of which a period never has more than ${most} in the mean, while ${worst.name} of a server is full for ${duration(worst.usage(server).saturatedFor)}`,
    advice: `No server is added, since what it watches is not what runs out: try server.autoscale.metric=${worst.metric}.`,
  };
}

interface Watchable {
  readonly metric: ScalingMetric;
  readonly name: string;
  readonly usage: (server: ServerResult) => Usage;
}

const watchable: readonly Watchable[] = [
  { metric: 'networkIn', name: 'the network in', usage: s => s.networkIn },
  { metric: 'networkOut', name: 'the network out', usage: s => s.networkOut },
  { metric: 'cpu', name: 'the CPU', usage: s => s.cpu },
  { metric: 'threads', name: 'the pool of threads', usage: s => s.threads },
];

function noRoom({ max, period }: Autoscaling, { heldBack }: AutoscalingResult): Finding | null {
  if (heldBack === 0) return null;
  const times = heldBack === 1 ? 'one period' : `${count(heldBack)} periods`;
  return {
    fact: `after ${times} of ${duration(period)} more servers were wanted than server.autoscale.max=${count(max)} allows`,
    advice: 'The load needs a larger fleet than there may be: raise server.autoscale.max.',
  };
}

/** It has added servers again before the first ones could show what they do. */
function hasty({ cooldown, startup }: Autoscaling, { steps }: AutoscalingResult): Finding | null {
  if (cooldown >= startup) return null;
  const again = steps.filter(({ at, ready }, i) => {
    const before = steps[i - 1]?.ready ?? null;
    return ready !== null && before !== null && at < before;
  });
  if (again.length === 0) return null;
  const times = again.length === 1 ? 'once' : `${count(again.length)} times`;
  return {
    fact: `servers were added again ${times} before those of the decision before took requests`,
    advice: `server.autoscale.cooldown (${duration(cooldown)}) is shorter than startup (${duration(startup)}): what is seen is the load without the servers that are on their way, so that too many are added, and taken away again later. Set cooldown to at least startup, unless speed is worth it.`,
  };
}

/** Servers that are taken away bring the others above the threshold at which some are added. */
function restless({ min, step, above, below }: Autoscaling, done: AutoscalingResult): Finding | null {
  const turns = done.steps.filter(
    ({ ready }, i) => i > 0 && (ready === null) !== (done.steps[i - 1]!.ready === null),
  );
  const factor = (min + step) / min;
  if (turns.length < 3 || below * factor <= above) return null;
  return {
    fact: `the fleet changed its direction ${count(turns.length)} times`,
    advice: `With one step less than ${count(min + step)} servers the rest have up to ${factor.toPrecision(2)} times the load, which is above server.autoscale.above: lower server.autoscale.below to less than above / ${factor.toPrecision(2)}.`,
  };
}
