/**
 * Confidence intervals for the mean of independent replications (Law, Simulation Modeling and Analysis, 4.5).
 */
import { twoSidedQuantile } from './student-t.js';

export interface MeanInterval {
  /** Number of replications that have the figure. */
  readonly n: number;
  readonly mean: number;
  /** In the unit of the values. */
  readonly halfWidth: number;
  readonly low: number;
  readonly high: number;
}

/**
 * mean +- t(n-1) s / sqrt(n), s^2 the sample variance. Null for fewer than two values: one replication says nothing
 * about its own spread. For paired comparisons give the differences, replication by replication.
 */
export function meanInterval(values: readonly number[], confidence = 0.95): MeanInterval | null {
  const n = values.length;
  if (n < 2) return null;
  const mean = meanOf(values);
  const halfWidth = twoSidedQuantile(confidence, n - 1) * Math.sqrt(varianceOf(values) / n);
  return { n, mean, halfWidth, low: mean - halfWidth, high: mean + halfWidth };
}

/** The sample variance, in the square of the values' unit; 0 for fewer than two. */
export function varianceOf(values: readonly number[]): number {
  const n = values.length;
  if (n < 2) return 0;
  const mean = meanOf(values);
  let squares = 0;
  for (const value of values) squares += (value - mean) ** 2;
  return squares / (n - 1);
}

/** In two passes: the second takes back what rounding lost, so that equal values have exactly their mean. */
function meanOf(values: readonly number[]): number {
  const n = values.length;
  let sum = 0;
  for (const value of values) sum += value;
  const mean = sum / n;
  let rest = 0;
  for (const value of values) rest += value - mean;
  return mean + rest / n;
}
