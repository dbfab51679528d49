/**
 * Distributions: n = 100,000 draws of each with a fixed seed. Means within 5 standard errors (the standard deviations
 * are the true ones), and the share below true quantiles within 5 binomial standard errors: each comparison would be a
 * false alarm for one seed in 1.7 million.
 */
import { describe, expect, it } from 'vitest';
import { sequence } from '../../src/kernel/random.js';
import type { Distribution } from '../../src/scenario/types.js';
import { pickWeighted, sample } from '../../src/workload/sample.js';

const n = 100_000;

function draws(distribution: Distribution): number[] {
  const uniforms = sequence('samples', distribution.kind);
  return Array.from({ length: n }, () => sample(distribution, uniforms));
}

interface Case {
  readonly distribution: Distribution;
  readonly mean: number;
  readonly deviation: number;
  /** The p-quantile. */
  readonly quantile: (p: number) => number;
}

const lognormal = { kind: 'lognormal' as const, mu: Math.log(10), sigma: 0.7 };
/** Quantiles of the standard normal, from tables. */
const normal: Readonly<Record<number, number>> = {
  0.05: -1.6448536269514722,
  0.5: 0,
  0.9: 1.2815515655446004,
  0.99: 2.3263478740408408,
};

/** Pareto on [m, M]: F(x) = (1 - (m/x)^a) / (1 - (m/M)^a); moments by integration. */
function paretoCase(min: number, alpha: number, max: number): Case {
  const whole = 1 - (min / max) ** alpha;
  const moment = (k: number) =>
    ((alpha * min ** alpha) / whole / (k - alpha)) * (max ** (k - alpha) - min ** (k - alpha));
  return {
    distribution: { kind: 'pareto', min, alpha, max },
    mean: moment(1),
    deviation: Math.sqrt(moment(2) - moment(1) ** 2),
    quantile: p => min * (1 - p * whole) ** (-1 / alpha),
  };
}

const cases: readonly Case[] = [
  {
    distribution: { kind: 'uniform', a: 2, b: 6 },
    mean: 4,
    deviation: 4 / Math.sqrt(12),
    quantile: p => 2 + 4 * p,
  },
  {
    distribution: { kind: 'exponential', mean: 3 },
    mean: 3,
    deviation: 3,
    quantile: p => -3 * Math.log(1 - p),
  },
  {
    distribution: lognormal,
    mean: 10 * Math.exp(0.49 / 2),
    deviation: 10 * Math.exp(0.49 / 2) * Math.sqrt(Math.exp(0.49) - 1),
    quantile: p => 10 * Math.exp(0.7 * normal[p]!),
  },
  paretoCase(1, 1.5, 1000),
  paretoCase(2, 3, 50),
  // So short that its end holds much of it: cut off, not piled up there.
  paretoCase(1, 1.2, 3),
  {
    // The one without an upper end; alpha > 4, so that its variance is well behaved.
    distribution: { kind: 'pareto', min: 1, alpha: 5, max: Infinity },
    mean: 5 / 4,
    deviation: Math.sqrt(5 / 3) / 4,
    quantile: p => (1 - p) ** (-1 / 5),
  },
];

describe.each(cases.map(each => [JSON.stringify(each.distribution), each] as const))('%s', (_, one) => {
  const values = draws(one.distribution);

  it('has its mean', () => {
    const mean = values.reduce((sum, x) => sum + x, 0) / n;
    expect(Math.abs(mean - one.mean)).toBeLessThan((5 * one.deviation) / Math.sqrt(n));
  });

  it.each([0.05, 0.5, 0.9, 0.99])('has its %d-quantile', p => {
    const below = values.filter(x => x <= one.quantile(p)).length;
    expect(Math.abs(below / n - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n));
  });
});

it('a Pareto stays between its ends', () => {
  const values = draws({ kind: 'pareto', min: 2, alpha: 0.3, max: 50 });
  expect(Math.min(...values.slice(0, 50_000))).toBeGreaterThanOrEqual(2);
  expect(Math.max(...values.slice(0, 50_000))).toBeLessThanOrEqual(50);
});

it('choices come in proportion to their weights, rows of a file all alike', () => {
  const share = (values: readonly number[], which: number) => values.filter(x => x === which).length / n;
  const chosen = draws({ kind: 'choice', values: [10, 20, 30], weights: [1, 2, 5] });
  for (const [value, p] of [
    [10, 1 / 8],
    [20, 1 / 4],
    [30, 5 / 8],
  ] as const) {
    expect(Math.abs(share(chosen, value) - p)).toBeLessThan(5 * Math.sqrt((p * (1 - p)) / n));
  }
  const rows = draws({ kind: 'empirical', values: [1, 1, 2, 3] });
  expect(Math.abs(share(rows, 1) - 0.5)).toBeLessThan(5 * Math.sqrt(0.25 / n));
  expect(Math.abs(share(rows, 3) - 0.25)).toBeLessThan(5 * Math.sqrt(0.1875 / n));
});

it('a constant takes no draw, and neither does the choice of one', () => {
  const refuse = {
    double: (): number => {
      throw new Error('drew');
    },
  };
  expect(sample({ kind: 'constant', value: 7 }, refuse)).toBe(7);
  expect(pickWeighted([3], refuse)).toBe(0);
});
