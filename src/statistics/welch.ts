/**
 * The difference of two means from independent samples of unequal variances (Welch, The generalization of "Student's"
 * problem when several different population variances are involved, Biometrika 34, 1947).
 */
import { meanInterval, varianceOf } from './mean-interval.js';
import { twoSidedQuantile } from './student-t.js';

export interface Difference {
  /** Mean of the second sample less that of the first. */
  readonly difference: number;
  readonly low: number;
  readonly high: number;
}

/**
 * difference +- t(v) sqrt(s1^2/n1 + s2^2/n2), with Satterthwaite's degrees of freedom
 * v = (s1^2/n1 + s2^2/n2)^2 / (s1^4/(n1^2 (n1-1)) + s2^4/(n2^2 (n2-1))), rounded down, so that the interval is rather
 * too wide. Null for fewer than two values on either side.
 */
export function welchInterval(
  first: readonly number[],
  second: readonly number[],
  confidence = 0.95,
): Difference | null {
  const [a, b] = [meanInterval(first), meanInterval(second)];
  if (a === null || b === null) return null;
  const difference = b.mean - a.mean;
  const [own, other] = [varianceOf(first) / a.n, varianceOf(second) / b.n];
  const spread = own + other;
  if (spread === 0) return { difference, low: difference, high: difference };
  const degrees = spread ** 2 / (own ** 2 / (a.n - 1) + other ** 2 / (b.n - 1));
  const halfWidth = twoSidedQuantile(confidence, Math.max(1, Math.floor(degrees))) * Math.sqrt(spread);
  return { difference, low: difference - halfWidth, high: difference + halfWidth };
}
