import { describe, expect, it } from 'vitest';
import { centralProbability, twoSidedQuantile } from '../../src/statistics/student-t.js';

describe('Student t', () => {
  // NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2, columns 0.95, 0.975 and 0.995.
  it.each([
    [1, 6.314, 12.706, 63.657],
    [2, 2.92, 4.303, 9.925],
    [3, 2.353, 3.182, 5.841],
    [4, 2.132, 2.776, 4.604],
    [5, 2.015, 2.571, 4.032],
    [9, 1.833, 2.262, 3.25],
    [10, 1.812, 2.228, 3.169],
    [19, 1.729, 2.093, 2.861],
    [20, 1.725, 2.086, 2.845],
    [29, 1.699, 2.045, 2.756],
    [30, 1.697, 2.042, 2.75],
    [60, 1.671, 2.0, 2.66],
    [100, 1.66, 1.984, 2.626],
  ])('%i degrees of freedom: 90%%, 95%% and 99%% as tabulated', (degrees, t90, t95, t99) => {
    expect(Math.abs(twoSidedQuantile(0.9, degrees) - t90)).toBeLessThan(5.1e-4);
    expect(Math.abs(twoSidedQuantile(0.95, degrees) - t95)).toBeLessThan(5.1e-4);
    expect(Math.abs(twoSidedQuantile(0.99, degrees) - t99)).toBeLessThan(5.1e-4);
  });

  it('one and two degrees of freedom have closed forms', () => {
    expect(twoSidedQuantile(0.95, 1)).toBeCloseTo(Math.tan((0.95 * Math.PI) / 2), 10);
    expect(twoSidedQuantile(0.95, 2)).toBeCloseTo((0.95 * Math.SQRT2) / Math.sqrt(1 - 0.95 ** 2), 12);
  });

  it('many degrees of freedom are the normal distribution', () => {
    expect(twoSidedQuantile(0.95, 100_000)).toBeCloseTo(1.959964, 4);
    expect(twoSidedQuantile(0.99, 99_999)).toBeCloseTo(2.575829, 4);
  });

  it('is a distribution: 0 at 0, 1 at infinity, ascending', () => {
    for (const degrees of [1, 2, 3, 4, 7, 50]) {
      expect(centralProbability(0, degrees)).toBe(0);
      expect(centralProbability(Number.POSITIVE_INFINITY, degrees)).toBe(1);
      let last = 0;
      for (let t = 0.1; t < 20; t += 0.1) {
        const p = centralProbability(t, degrees);
        expect(p).toBeGreaterThan(last - 1e-14);
        last = p;
      }
    }
  });

  it('refuses what is no distribution', () => {
    expect(() => twoSidedQuantile(0.95, 0)).toThrow(RangeError);
    expect(() => twoSidedQuantile(0.95, 1.5)).toThrow(RangeError);
    expect(() => twoSidedQuantile(1, 5)).toThrow(RangeError);
  });
});
