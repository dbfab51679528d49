import { describe, expect, it } from 'vitest';
import type { Distribution } from '../../src/scenario/types.js';
import { mean, meanOf, median, typical } from '../../src/study/typical.js';
import { sample } from '../../src/workload/sample.js';

/** Those that are drawn by their inverse distribution function, of which one uniform number makes a quantile. */
const invertible: readonly Distribution[] = [
  { kind: 'constant', value: 7 },
  { kind: 'uniform', a: 2, b: 10 },
  { kind: 'exponential', mean: 3 },
  { kind: 'pareto', min: 1, alpha: 3, max: Number.POSITIVE_INFINITY },
  { kind: 'pareto', min: 2, alpha: 1, max: 50 },
  { kind: 'pareto', min: 2, alpha: 0.5, max: 50 },
  { kind: 'pareto', min: 5, alpha: 3, max: 5 },
];

const quantile = (distribution: Distribution, share: number): number =>
  sample(distribution, { double: () => share } as Parameters<typeof sample>[1]);

describe.each(invertible.map(d => [JSON.stringify(d), d] as const))('%s', (_, distribution) => {
  it('has the median that half of all draws stay below', () => {
    expect(median(distribution) / quantile(distribution, 0.5)).toBeCloseTo(1, 12);
    expect(typical(distribution)).toEqual({ kind: 'constant', value: median(distribution) });
  });

  it('has the mean of its quantiles', () => {
    // Of the unlimited Pareto, the last step is the integral of u^(-1/3) from 0 to 1 / steps.
    const steps = 1_000_000;
    const all = Array.from({ length: steps - 1 }, (_, i) => quantile(distribution, (i + 0.5) / steps));
    const unlimited = distribution.kind === 'pareto' && distribution.max === Number.POSITIVE_INFINITY;
    const last = unlimited ? 1.5 * (1 / steps) ** (2 / 3) : quantile(distribution, 1 - 0.5 / steps) / steps;
    expect((all.reduce((sum, x) => sum + x, 0) / steps + last) / mean(distribution)).toBeCloseTo(1, 4);
  });
});

it('of a lognormal: its parameter, and half its variance more', () => {
  // median 10, cv 1: the variance of the logarithm is ln 2, so the mean is 10 sqrt 2.
  const lognormal: Distribution = { kind: 'lognormal', mu: Math.log(10), sigma: Math.sqrt(Math.LN2) };
  expect(median(lognormal)).toBeCloseTo(10, 12);
  expect(mean(lognormal)).toBeCloseTo(10 * Math.SQRT2, 12);
});

it('of a choice: by weight, whatever the order', () => {
  const choice: Distribution = { kind: 'choice', values: [100, 1, 10], weights: [1, 2, 3] };
  expect(median(choice)).toBe(10);
  expect(mean(choice)).toBeCloseTo((100 + 2 + 30) / 6, 12);
  expect(median({ kind: 'choice', values: [100, 1], weights: [1, 1] })).toBe(1);
});

it('of measured values: the nearest rank, and their sum over their number', () => {
  const empirical: Distribution = { kind: 'empirical', values: [5, 1, 3, 9] };
  expect(median(empirical)).toBe(3);
  expect(mean(empirical)).toBe(4.5);
  expect(meanOf([5, 1, 3, 9])).toBe(4.5);
});

it('a tail without a mean has none', () => {
  const { POSITIVE_INFINITY: max } = Number;
  expect(mean({ kind: 'pareto', min: 1, alpha: 1, max })).toBe(max);
  expect(mean({ kind: 'pareto', min: 1, alpha: 0.8, max })).toBe(max);
});
