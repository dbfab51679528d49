import type { JobStream } from '../workload/workload.js';

/**
 * Share of a stream's work that is done, about: arrivals are one half of it and ends the other, so that a burst that
 * ends all at once moves on, too. Of a closed loop nobody knows the number of turns, but when the last one begins.
 *
 * @param now the scenario's instant, seconds
 */
export function progressOf(
  closed: JobStream['closed'],
  count: number,
  toCome: number,
  running: number,
  now: number,
): number {
  if (closed !== null) return Math.min(1, now / closed.until);
  return count === 0 ? 1 : 1 - (toCome + running / 2) / count;
}
