import { bits } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { type BurstUse, burstsUsed } from '../bursts.js';
import { listed, when } from './words.js';

/** Clauses on networks that fall to their baselines because their burst credit is gone; the same of several is said once. */
export function cliffs(topology: TopologyResult, result: Result): readonly string[] {
  const said = new Map<string, BurstUse[]>();
  for (const use of burstsUsed(topology)) {
    const { rate, baseline, exhaustedAt } = use.burst;
    if (exhaustedAt === null) continue;
    const fall = `from ${bits(rate)} to ${bits(baseline)} ${when(exhaustedAt, topology, result)}, when`;
    said.set(fall, [...(said.get(fall) ?? []), use]);
  }
  return [...said].map(([fall, uses]) => {
    const several = uses.length > 1;
    return `${listed(uses.map(({ name }) => name))}${ofOne(uses, topology)} ${several ? 'fall' : 'falls'} ${fall} ${several ? 'their' : 'its'} burst credit is gone`;
  });
}

/** Of a fleet, one server is enough. */
function ofOne(uses: readonly BurstUse[], { server: { servers } }: TopologyResult): string {
  return servers.length > 1 && uses.every(({ ofServers }) => ofServers) ? ' of a server' : '';
}
