import { expect } from 'vitest';

/**
 * A number of successes in n independent trials of probability p lies within 4 standard deviations of n p: a false
 * alarm in 16,000 by the normal approximation. It is sharp enough for n p (1 - p) of 9 and more, as is asserted.
 */
export function expectBinomial(successes: number, n: number, p: number): void {
  const deviation = Math.sqrt(n * p * (1 - p));
  expect(deviation).toBeGreaterThanOrEqual(3);
  expect(Math.abs(successes - n * p)).toBeLessThanOrEqual(4 * deviation);
}
