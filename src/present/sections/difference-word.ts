import { duration } from '../../readable.js';
import type { Interval } from '../../result.js';
import { formatOf } from '../metrics.js';

/** Relative difference of figures that are equal but for rounding. */
const SAME = 1e-9;

/** What may be said of a difference with this interval: only what that bears out. */
export function wordFor(
  { metric, ratio: factor }: { readonly metric: string; readonly ratio: number | null },
  [low, high]: Interval,
): string {
  // Sums of the same bytes in another order differ in their last digits.
  if ((low === 0 && high === 0) || Math.abs((factor ?? 0) - 1) < SAME) return 'the same';
  if (low <= 0 && high >= 0) return 'not distinguishable';
  const isTime = formatOf(metric) === duration;
  if (isTime) return high < 0 ? 'faster' : 'slower';
  return high < 0 ? 'less' : 'more';
}
