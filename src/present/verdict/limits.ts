import type { Result, TopologyResult } from '../../result.js';
import { type ResourceUse, resourcesUsed } from '../resources.js';
import { count, duration, percent } from '../units.js';
import { listed, when } from './words.js';

/** A resource that is full for less of the window than this is a passing moment. */
const MOMENT = 0.01;
/** A resource that is used less than this in the mean is not worth a word. */
const USED = 0.05;

/** A clause on the resources of a design that are full, the first one first. */
export function limits(topology: TopologyResult, result: Result): string {
  const [from, to] = topology.window;
  const uses = resourcesUsed(topology);
  const full = uses.filter(use => use.saturatedAt !== null);
  const [first, ...later] = full
    .filter(use => use.saturatedFor! > 0 && use.saturatedFor! >= MOMENT * (to - from))
    .sort((a, b) => a.saturatedAt! - b.saturatedAt!);
  if (first === undefined) return calm(full, uses);
  const then = later.length === 0 ? '' : `, then ${listed(later.map(also))}`;
  const { saturatedAt, saturatedFor } = first;
  return `${described(first, topology)} ${when(saturatedAt!, topology, result)} (for ${duration(saturatedFor)} in all)${then}`;
}

function also({ name, saturatedFor }: ResourceUse): string {
  return `${named(name)} (${duration(saturatedFor)})`;
}

/** Of a fleet, one server is enough. */
function described({ name, capacity }: ResourceUse, { server: { servers } }: TopologyResult): string {
  const several = servers.length > 1;
  const ofOne = several && !name.startsWith('storage') ? ' of a server' : '';
  if (name === 'threads' || name === 'upstream') {
    if (capacity === 1) return `the only ${named(name).replace('s', '')} is busy`;
    return `all ${several ? '' : `${count(capacity)} `}${named(name)}${ofOne} are busy`;
  }
  // "Full" would be its space.
  if (name === 'disk') return `the disk${ofOne} is as busy as it can be`;
  return name === 'CPU cores' ? `all CPU cores${ofOne} are busy` : `${name}${ofOne} is full`;
}

function named(resource: string): string {
  return resource === 'upstream' ? 'connections to storage' : resource;
}

/** Nothing lasts; what lasts longest, or comes nearest to its limit in the mean. */
function calm(full: readonly ResourceUse[], uses: readonly ResourceUse[]): string {
  if (full.length > 0) {
    const longest = full.reduce((a, b) => (b.saturatedFor! > a.saturatedFor! ? b : a));
    const { saturatedFor, name } = longest;
    return saturatedFor === 0
      ? `nothing is full for longer than an instant (${named(name)})`
      : `nothing is full for longer than ${duration(saturatedFor)} in all (${named(name)})`;
  }
  const [most] = uses
    .filter(({ utilization }) => (utilization ?? 0) >= USED)
    .sort((a, b) => b.utilization! - a.utilization!);
  const used =
    most === undefined ? '' : ` (most used: ${named(most.name)}, ${percent(most.utilization)} in the mean)`;
  return `nothing is ever full${used}`;
}
