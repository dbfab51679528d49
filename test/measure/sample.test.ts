/** Order statistics against sorting; above a million values, within a thousandth of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeyedUniforms, sequence, standardNormal } from '../../src/kernel/random.js';
import { LogHistogram } from '../../src/measure/histogram.js';
import { nearestRank, Sample } from '../../src/measure/sample.js';

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);

describe('nearest rank', () => {
  it.each([
    [0.5, 4, 2],
    [0.5, 5, 3],
    [0.99, 100, 99],
    [0.99, 101, 100],
    [0.07, 100, 7],
    [1, 17, 17],
    [0.001, 3, 1],
    [0.5, 0, 0],
  ])('the %d-quantile of %d values is number %d', (q, n, rank) => {
    expect(nearestRank(q, n)).toBe(rank);
  });

  it('is ceil(q n) in whole numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 1e9 }), (perMille, n) => {
        const exact = (BigInt(perMille) * BigInt(n) + 999n) / 1000n;
        expect(nearestRank(perMille / 1000, n)).toBe(Number(exact));
      }),
      { numRuns: 1000, seed: 65 },
    );
  });
});

describe('a sample', () => {
  it('has the order statistics of the sorted values, asked at any time', () => {
    const values = fc.array(fc.double({ min: 0, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(values, fc.nat(), (list, when) => {
        const sample = new Sample();
        for (const [i, value] of list.entries()) {
          sample.add(value);
          // A quantile in between must not disturb what comes after.
          if (i === when % list.length) sample.quantile(0.5);
        }
        const sorted = ascending(list);
        for (const q of [0.001, 0.25, 0.5, 0.9, 0.95, 0.99, 1]) {
          expect(sample.quantile(q)).toBe(sorted[nearestRank(q, list.length) - 1]);
        }
        expect([sample.max, sample.count, sample.exact]).toEqual([sorted.at(-1), list.length, true]);
        const total = sorted.reduce((sum, x) => sum + x, 0);
        expect(sample.mean! / (total / list.length) || 1).toBeCloseTo(1, 12);
      }),
      { numRuns: 300, seed: 66 },
    );
  });

  it('counts those that are missing as infinite', () => {
    const sample = new Sample();
    for (const value of [3, 1, 2]) sample.add(value);
    expect([0.25, 0.5, 0.75].map(q => sample.quantile(q, 4))).toEqual([1, 2, 3]);
    expect(sample.quantile(0.76, 4)).toBeNull();
    expect(sample.quantile(0.5, 6)).toBe(3);
    expect(sample.quantile(0.5, 7)).toBeNull();
  });

  it('is empty to begin with', () => {
    const sample = new Sample();
    expect([sample.mean, sample.max, sample.quantile(0.5)]).toEqual([null, null, null]);
    expect(sample.quantile(0.5, 10)).toBeNull();
  });

  it('adds a thousand million small values to one large without losing any', () => {
    const sample = new Sample();
    sample.add(1e9);
    for (let i = 0; i < 100_000; i++) sample.add(1e-8);
    expect(sample.total).toBe(1e9 + 1e-3);
  });
});

describe('more than a million values', () => {
  const n = 1_200_000;
  const keyed = new KeyedUniforms('sample', 'lognormal');
  const values = Float64Array.from({ length: n }, (_, i) => Math.exp(2 * standardNormal(keyed.at(i))));
  const sample = new Sample();
  for (const value of values) sample.add(value);
  const sorted = values.slice().sort();

  it('are counted in a histogram, and the sample says so', () => {
    expect([sample.exact, sample.count]).toEqual([false, n]);
  });

  it.each([0.001, 0.01, 0.5, 0.9, 0.99, 0.999])('the %d-quantile is within 0.1%', q => {
    expect(Math.abs(sample.quantile(q)! / sorted[Math.ceil(q * n) - 1]! - 1)).toBeLessThan(0.001);
  });

  it('mean and maximum are exact', () => {
    const total = sorted.reduce((sum, x) => sum + x, 0);
    expect(sample.mean! / (total / n)).toBeCloseTo(1, 12);
    expect(sample.max).toBe(sorted[n - 1]);
  });

  it('a million are still exact', () => {
    const exact = new Sample();
    for (const value of values.subarray(0, 1_000_000)) exact.add(value);
    expect(exact.exact).toBe(true);
    expect(exact.quantile(0.99)).toBe(values.slice(0, 1_000_000).sort()[990_000 - 1]);
  });
});

it('a histogram is within 0.1% of any value, from the smallest to the largest', () => {
  const uniforms = sequence('histogram', 'values');
  for (let i = 0; i < 20_000; i++) {
    const value = 10 ** (600 * uniforms.double() - 300);
    const histogram = new LogHistogram();
    histogram.add(value);
    expect(Math.abs(histogram.smallest(1) / value - 1)).toBeLessThan(0.001);
  }
  const zero = new LogHistogram();
  zero.add(0);
  zero.add(5);
  expect(zero.smallest(1)).toBe(0);
  expect(zero.smallest(2) / 5).toBeCloseTo(1, 3);
});
