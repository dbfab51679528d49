import { duration } from '../../readable.js';
import type { Interval } from '../../result.js';
import { formatOf } from '../metrics.js';

/** Relative difference of figures that are equal but for rounding. */
const SAME = 1e-9;

/** Sums of the same bytes in another order differ in their last digits. */
export function isSame({ ratio }: { readonly ratio: number | null }): boolean {
  return ratio !== null && Math.abs(ratio - 1) < SAME;
}

/** What may be said of a difference with this interval: only what that bears out. */
export function wordFor(
  { metric, ratio: factor }: { readonly metric: string; readonly ratio: number | null },
  [low, high]: Interval,
): string {
  if ((low === 0 && high === 0) || isSame({ ratio: factor })) return 'the same';
  if (low <= 0 && high >= 0) return 'not distinguishable';
  const isTime = formatOf(metric) === duration;
  if (isTime) return high < 0 ? 'faster' : 'slower';
  return high < 0 ? 'less' : 'more';
}
