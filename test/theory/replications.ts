import { expect } from 'vitest';
import { meanInterval } from '../../src/statistics/mean-interval.js';

/**
 * The closed form lies in the 99% Student interval over independent replications (a false alarm for one set of seeds
 * in a hundred), and the interval is narrow enough to say something: its half width at most `precision` of the mean.
 */
export function agree(values: readonly number[], expected: number, precision: number): void {
  expect(values.length).toBeGreaterThanOrEqual(20);
  const { mean, halfWidth, low, high } = meanInterval(values, 0.99)!;
  expect(halfWidth / mean).toBeLessThan(precision);
  expect(expected).toBeGreaterThanOrEqual(low);
  expect(expected).toBeLessThanOrEqual(high);
}
