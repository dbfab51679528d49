import { type Format, noValue } from '../../readable.js';
import type { Interval } from '../../result.js';

/** "1.2 s to 1.4 s" */
export function between(interval: Interval | null, format: Format): string {
  if (interval === null) return noValue;
  const [low, high] = interval;
  return `${format(low)} to ${format(high)}`;
}
