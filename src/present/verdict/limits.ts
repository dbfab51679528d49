import type { TopologyResult } from '../../result.js';
import { type ResourceUse, resourcesUsed } from '../resources.js';
import { capacity, duration, percent } from '../units.js';

/** A resource that is full for less of the window than this is a passing moment. */
const MOMENT = 0.01;
const MOST = 3;

/** A clause on the resources of a design that are full, the first one first. */
export function limits(topology: TopologyResult, since: (instant: number) => string): string {
  const [from, to] = topology.window;
  const uses = resourcesUsed(topology).filter(use => use.name !== 'storage out');
  const full = uses.filter(use => use.saturatedAt !== null);
  const [first, ...later] = full
    .filter(use => use.saturatedFor! >= MOMENT * (to - from))
    .sort((a, b) => b.saturatedFor! - a.saturatedFor!)
    .slice(0, MOST)
    .sort((a, b) => a.saturatedAt! - b.saturatedAt!);
  if (first === undefined) return calm(full.length > 0, uses);
  const then = later.length === 0 ? '' : `, then ${later.map(use => use.name).join(' and ')} too`;
  return `${described(first)} ${since(first.saturatedAt!)} (for ${duration(first.saturatedFor)} in all)${then}`;
}

function described(use: ResourceUse): string {
  if (use.name === 'threads') return `all ${capacity(use.format)(use.capacity)} threads are busy`;
  // "Full" would be its space.
  if (use.name === 'disk') return 'the disk is as busy as it can be';
  return use.name === 'CPU cores' ? 'all CPU cores are busy' : `${use.name} is full`;
}

/** Nothing lasts; what comes nearest to its limit, in the mean. */
function calm(moments: boolean, uses: readonly ResourceUse[]): string {
  const limited = uses.filter(use => use.utilization !== null);
  const nothing = moments ? 'nothing is full for longer than a moment' : 'nothing is ever full';
  if (limited.length === 0) return nothing;
  const most = limited.reduce((a, b) => (b.utilization! > a.utilization! ? b : a));
  return `${nothing} (most used: ${most.name}, ${percent(most.utilization)})`;
}
