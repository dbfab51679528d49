import { describe, expect, it } from 'vitest';
import { KeyedUniforms, standardNormal } from '../../src/kernel/random.js';
import { meanInterval } from '../../src/statistics/mean-interval.js';
import { welchInterval } from '../../src/statistics/welch.js';

describe('the difference of two means', () => {
  it('by hand: 1, 2, 3 against 4, 6, 8, 10', () => {
    // Means 2 and 7; variances 1 and 20/3. 1/3 + 5/3 = 2; v = 4 / ((1/9)/2 + (25/9)/3) = 4 / (53/54) = 4.075, so
    // t(4) = 2.77645 and the half-width 2.77645 sqrt(2) = 3.92649.
    const { difference, low, high } = welchInterval([1, 2, 3], [4, 6, 8, 10])!;
    expect(difference).toBe(5);
    expect(low).toBeCloseTo(5 - 3.92649, 4);
    expect(high).toBeCloseTo(5 + 3.92649, 4);
  });

  it('has no width where nothing varies, and does not exist for single values', () => {
    expect(welchInterval([2, 2], [5, 5, 5])).toEqual({ difference: 3, low: 3, high: 3 });
    expect(welchInterval([1], [2, 3])).toBeNull();
    expect(welchInterval([1, 2], [])).toBeNull();
  });

  // 3,000 experiments: the standard deviation of the share is 0.4%; bounds 3.5 of them from 95%.
  it('is covered in 95% of cases, and wider than the paired one where luck is shared', () => {
    const draws = new KeyedUniforms('welch', 'coverage');
    const normal = (experiment: number, i: number, of: number) => standardNormal(draws.at(experiment, i, of));
    let covered = 0;
    let narrower = 0;
    for (let experiment = 0; experiment < 3000; experiment++) {
      const ten = Array.from({ length: 10 }, (_, i) => i);
      const first = ten.map(i => 10 + normal(experiment, i, 0));
      const apart = ten.map(i => 12 + 3 * normal(experiment, i, 1));
      const { low, high } = welchInterval(first, apart)!;
      if (low <= 2 && 2 <= high) covered++;
      const together = first.map((value, i) => value + 2 + 0.3 * normal(experiment, i, 2));
      const paired = meanInterval(together.map((value, i) => value - first[i]!))!;
      const unpaired = welchInterval(first, together)!;
      if (2 * paired.halfWidth < unpaired.high - unpaired.low) narrower++;
    }
    expect(covered / 3000).toBeGreaterThan(0.936);
    expect(covered / 3000).toBeLessThan(0.964);
    expect(narrower / 3000).toBeGreaterThan(0.99);
  });
});
