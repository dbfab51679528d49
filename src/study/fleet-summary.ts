import type { Replayed } from '../replay/replay.js';
import type { AutoscalingResult, HealthResult } from '../result.js';
import type { TopologySpec } from '../scenario/types.js';

/** More events than this say less, not more. */
const MOST_EVENTS = 1000;

/** Server-hours inside the window: of those that start, serve or drain where the fleet is scaled, of all else. */
export function hoursOf({ server }: TopologySpec, { recorder, from, to }: Replayed): number {
  if (server.autoscale === null || recorder.fleet === null) return (server.count * (to - from)) / 3600;
  return recorder.fleet.billed.integral(to) / 3600;
}

export function autoscalingResult({ server }: TopologySpec, run: Replayed): AutoscalingResult | null {
  const { fleet } = run.recorder;
  if (server.autoscale === null || fleet === null) return null;
  const { epoch, to } = run;
  const { steps, inRotation, highest, heldBack } = fleet;
  const mean = inRotation.mean(to);
  const added = steps.filter(({ ready }) => ready !== null).length;
  return {
    initial: Math.max(server.count, server.autoscale.min),
    peak: inRotation.peak,
    mean,
    added,
    removed: steps.length - added,
    steps: steps.slice(0, MOST_EVENTS).map(step => ({
      ...step,
      at: step.at + epoch,
      ready: step.ready === null ? null : step.ready + epoch,
      arrived: step.ready === null ? null : arrivedBy(step.ready, run),
    })),
    highest,
    heldBack,
  };
}

/** Share of the offered uploads that had arrived by an instant. */
function arrivedBy(instant: number, { recorder }: Replayed): number {
  const { count, start } = recorder.uploads;
  let arrived = 0;
  for (let upload = 0; upload < count; upload++) if (start[upload]! <= instant) arrived++;
  return count === 0 ? 1 : arrived / count;
}

export function healthResult({ server }: TopologySpec, { recorder, epoch }: Replayed): HealthResult | null {
  if (server.health === null || recorder.fleet === null) return null;
  const { removals } = recorder.fleet;
  return {
    removals: removals.length,
    events: removals.slice(0, MOST_EVENTS).map(({ server, at, back }) => ({
      server,
      at: at + epoch,
      back: back === null ? null : back + epoch,
    })),
  };
}
