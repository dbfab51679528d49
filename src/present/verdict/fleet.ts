import { count, percent } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { metricOf, watched } from '../scaling.js';
import { when } from './words.js';

/** A clause on a fleet that was scaled: "the fleet grows from 2 to 6 servers, the first of which helps after 23 min, when 57% of the uploads have come". */
export function scaling(topology: TopologyResult, result: Result): string | null {
  const { autoscale } = topology.server;
  if (autoscale === null) return null;
  const { initial, peak, steps, highest } = autoscale;
  const first = steps.find(({ ready }) => ready !== null);
  if (first === undefined) {
    const { format } = metricOf(autoscale);
    const most = highest === null ? '' : `: at most ${format(highest)} over a period`;
    return `the fleet of ${servers(initial)} never grows (${watched(autoscale)}${most})`;
  }
  if (first.ready! > topology.window[1]) {
    return `the fleet would grow, but no server that is added starts before the last upload has ended`;
  }
  const late = first.arrived === null ? '' : `, when ${percent(first.arrived)} of the uploads have arrived`;
  const growth = `the fleet grows from ${count(initial)} to ${servers(peak)}`;
  return `${growth}; the first that is added takes requests ${when(first.ready!, topology, result)}${late}`;
}

function servers(some: number): string {
  return `${count(some)} server${some === 1 ? '' : 's'}`;
}

/** A clause on servers that health checks took out of the rotation. */
export function removals(topology: TopologyResult, result: Result): string | null {
  const { health } = topology.server;
  const [first] = health?.events ?? [];
  if (health === null || first === undefined) return null;
  const times = health.removals === 1 ? '' : ` (${count(health.removals)} times in all)`;
  return `health checks take a dead server out of the rotation ${when(first.at, topology, result)}${times}`;
}
