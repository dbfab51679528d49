import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { meanInterval } from '../../src/statistics/mean-interval.js';

describe('the interval of a mean', () => {
  it('is the worked example of Law, Simulation Modeling and Analysis, 4.5: ten observations, 90%', () => {
    const observations = [1.2, 1.5, 1.68, 1.89, 0.95, 1.49, 1.58, 1.55, 0.5, 1.09];
    const interval = meanInterval(observations, 0.9)!;
    // Mean 1.34, variance 0.17; 1.34 +- 1.83 sqrt(0.17 / 10) = 1.34 +- 0.24.
    expect(interval.n).toBe(10);
    expect(interval.mean).toBeCloseTo(1.343, 10);
    expect(interval.halfWidth).toBeCloseTo(0.24, 2);
  });

  it('two values, 95% and 99%: half their distance x t(1)', () => {
    expect(meanInterval([1, 3])!.halfWidth).toBeCloseTo(12.7062, 4);
    expect(meanInterval([1, 3], 0.99)!.halfWidth).toBeCloseTo(63.6567, 4);
    expect(meanInterval([1, 3])).toMatchObject({ n: 2, mean: 2 });
  });

  it('does not exist for fewer than two', () => {
    expect(meanInterval([])).toBeNull();
    expect(meanInterval([5])).toBeNull();
  });

  it('equal values have no width, and exactly their mean', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-9, max: 1e9, noNaN: true }),
        fc.integer({ min: 2, max: 50 }),
        (value, n) => {
          const interval = meanInterval(Array(n).fill(value))!;
          expect([interval.low, interval.mean, interval.high]).toEqual([value, value, value]);
        },
      ),
    );
  });

  it('moves and stretches with its values', () => {
    const values = fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 2, maxLength: 20 });
    fc.assert(
      fc.property(values, fc.integer({ min: -50, max: 50 }), (list, shift) => {
        const plain = meanInterval(list)!;
        const moved = meanInterval(list.map(value => 2 * value + shift))!;
        expect(moved.mean).toBeCloseTo(2 * plain.mean + shift, 8);
        expect(moved.halfWidth).toBeCloseTo(2 * plain.halfWidth, 6);
      }),
    );
  });
});
