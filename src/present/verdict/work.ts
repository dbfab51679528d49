import { count, rate, ratio } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { at } from '../resolved.js';
import { ALIKE, called, listed } from './words.js';

/** How much a closed loop gets done: users who wait for one upload before the next offer a fast design more. */
export function work(busy: readonly TopologyResult[], result: Result): string {
  if (at(result.scenario.resolved, 'workload', 'uploads', 'arrivals', 'users') === undefined) return '';
  const [first, ...others] = busy
    .filter(t => t.uploads.succeeded > 0)
    .sort((a, b) => b.uploads.succeeded - a.uploads.succeeded);
  if (first === undefined) return '';
  const most = first.uploads.succeeded;
  if (others.length === 0) return `The users complete ${done(first)} with ${called(first)}.`;
  if (others.every(t => ALIKE * t.uploads.succeeded >= most)) {
    const each = [first, ...others].map(t => `${done(t)} with ${called(t)}`);
    return `The users complete about as many uploads: ${listed(each)}.`;
  }
  const than = others.map(
    t => `${ratio(most / t.uploads.succeeded)} as many as with ${called(t)} (${done(t)})`,
  );
  return `The users complete ${done(first)} with ${called(first)}: ${listed(than)}.`;
}

/** "1,062 uploads, 704 MB/s". */
function done({ uploads: { succeeded }, goodput }: TopologyResult): string {
  const uploads = `${count(succeeded)} upload${succeeded === 1 ? '' : 's'}`;
  return goodput === null ? uploads : `${uploads} at ${rate(goodput)}`;
}
