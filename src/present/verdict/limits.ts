import { count, duration, percent } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { type ResourceUse, resourcesUsed } from '../resources.js';
import { makesWait } from './waiting.js';
import { listed, when } from './words.js';

/** A resource that is full for less of the window than this is a passing moment. */
const MOMENT = 0.01;
/** A resource that is used less than this in the mean is not worth a word. */
const USED = 0.05;

/** Clauses on the resources of a design that are full: those that somebody waits for, in order, then the others; none where nothing is for long. */
export function limits(topology: TopologyResult, result: Result): readonly string[] {
  const lasting = lastingUntil(topology.window[1], topology);
  const waited = lasting.filter(use => makesWait(use, topology));
  return [
    inOrder(waited, topology, result),
    ...lasting.filter(use => !waited.includes(use)).map(use => atTimes(use, topology)),
  ].filter(clause => clause !== null);
}

/** A clause on what somebody waits for since before an instant; null where that is nothing. */
export function limitsBefore(instant: number, topology: TopologyResult, result: Result): string | null {
  const earlier = lastingUntil(instant, topology).filter(
    use => use.saturatedAt! < instant && makesWait(use, topology),
  );
  return inOrder(earlier, topology, result);
}

/** Resources that are full for more than a moment of the time up to an instant, the first one first. */
function lastingUntil(instant: number, topology: TopologyResult): readonly ResourceUse[] {
  return resourcesUsed(topology)
    .filter(({ saturatedAt }) => saturatedAt !== null)
    .filter(use => use.saturatedFor! > 0 && use.saturatedFor! >= MOMENT * (instant - topology.window[0]))
    .sort((a, b) => a.saturatedAt! - b.saturatedAt!);
}

function inOrder(full: readonly ResourceUse[], topology: TopologyResult, result: Result): string | null {
  const [first, ...later] = full;
  if (first === undefined) return null;
  const since = ({ saturatedAt }: ResourceUse) => when(saturatedAt!, topology, result);
  const also = later.map(use => `${named(use.name)} (${since(use)}, for ${duration(use.saturatedFor)})`);
  const then = also.length === 0 ? '' : `, then ${listed(also)}`;
  return `${described(first, topology)} ${since(first)} (for ${duration(first.saturatedFor)} in all)${then}`;
}

function atTimes(use: ResourceUse, topology: TopologyResult): string {
  const used = use.utilization === null ? '' : `, ${percent(use.utilization)} used in the mean`;
  return `${described(use, topology)} at times (${duration(use.saturatedFor)} in all${used})`;
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

/** A clause for where nothing is full for long: what lasts longest, or comes nearest to its limit in the mean. */
export function calm(topology: TopologyResult): string {
  const uses = resourcesUsed(topology);
  const full = uses.filter(({ saturatedAt }) => saturatedAt !== null);
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
