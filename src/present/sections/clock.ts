import { count } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import { type Remark, remark } from '../document/block.js';

/** A clock that stands so many times its own run away from 0 has more digits than a reader wants. */
const farAway = 10;

/** The instant of the scenario's clock from which instants are counted where they are shown, mostly 0. */
export function originOf(topologies: readonly TopologyResult[]): number {
  const begin = Math.min(...topologies.map(t => t.window[0]));
  const end = Math.max(...topologies.map(t => t.window[1]));
  return Math.abs(begin) > farAway * (end - begin) ? begin : 0;
}

/** What has to be said where instants are not those of the scenario's clock. */
export function aboutOrigin(origin: number): readonly Remark[] {
  return origin === 0
    ? []
    : [remark(`Instants are counted from ${count(origin)} s on the scenario's clock.`)];
}
