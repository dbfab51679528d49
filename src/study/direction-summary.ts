import type { ChangingDirection, DirectionName } from '../measure/directions.js';
import type { FleetGauge } from '../measure/gauge.js';
import type { Replayed } from '../replay/replay.js';
import type { BurstUsage, DirectionUsage, Usage } from '../result.js';
import type { NetworkParameters } from '../scenario/types.js';

/** Whose figures are wanted: the hosts with these indices; `usage` takes theirs out of a gauge. */
export interface Those {
  readonly indices: readonly number[];
  /** The share of the time for which they were there. */
  readonly there: number;
  readonly usage: (gauge: FleetGauge) => Usage;
}

/** The measured usage of a direction, with what is known of its capacity where that changes. */
export function directionUsage(
  name: DirectionName,
  measured: Usage,
  network: NetworkParameters,
  run: Replayed,
  those: Those,
): DirectionUsage {
  const changing = run.recorder.changing[name];
  if (changing === undefined) return { ...measured, burst: null };
  const capacity = those.usage(changing.capacity).mean * those.there;
  return {
    ...measured,
    capacity,
    utilization: capacity > 0 ? measured.mean / capacity : null,
    burst: burstUsage(name, changing, network, run, those),
  };
}

function burstUsage(
  name: DirectionName,
  { credit, exhausted }: ChangingDirection,
  network: NetworkParameters,
  { to }: Replayed,
  { indices, usage }: Those,
): BurstUsage | null {
  const { rate, burst } = network[name.endsWith('In') ? 'in' : 'out'];
  if (burst === null || credit === null || exhausted === null) return null;
  const { saturatedAt, saturatedFor } = usage(exhausted);
  const left = indices.reduce((sum, index) => sum + credit.servers[index]!.at(to), 0);
  return {
    baseline: rate,
    rate: burst.rate,
    credit: burst.credit * indices.length,
    left: left / network.efficiency,
    exhaustedAt: saturatedAt,
    exhaustedFor: saturatedFor,
  };
}
