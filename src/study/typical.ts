import type { Distribution } from '../scenario/types.js';

/** The median of a distribution: what a typical draw is, and exists even where a mean does not. */
export function median(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.value;
    case 'uniform':
      return (distribution.a + distribution.b) / 2;
    case 'exponential':
      return Math.LN2 * distribution.mean;
    case 'lognormal':
      return Math.exp(distribution.mu);
    case 'pareto': {
      const { min, alpha, max } = distribution;
      return min * (1 - (1 - (min / max) ** alpha) / 2) ** (-1 / alpha);
    }
    case 'choice':
      return weightedMedian(distribution.values, distribution.weights);
    case 'empirical':
      return weightedMedian(
        distribution.values,
        distribution.values.map(() => 1),
      );
  }
}

/** The mean of a distribution: what many draws add up to; Infinity for a Pareto whose tail has none. */
export function mean(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.value;
    case 'uniform':
      return (distribution.a + distribution.b) / 2;
    case 'exponential':
      return distribution.mean;
    case 'lognormal':
      return Math.exp(distribution.mu + distribution.sigma ** 2 / 2);
    case 'pareto':
      return meanOfPareto(distribution.min, distribution.alpha, distribution.max);
    case 'choice':
      return weightedMean(distribution.values, distribution.weights);
    case 'empirical':
      return meanOf(distribution.values);
  }
}

/** The arithmetic mean of some values, of which there is at least one. */
export function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** The distribution that always draws the median. */
export function typical(distribution: Distribution): Distribution {
  return { kind: 'constant', value: median(distribution) };
}

/** The integral of x f(x) from `min` to `max` over the share that lies there. */
function meanOfPareto(min: number, alpha: number, max: number): number {
  if (min === max) return min;
  const within = 1 - (min / max) ** alpha;
  if (alpha === 1) return (min * Math.log(max / min)) / within;
  if (alpha < 1 && max === Number.POSITIVE_INFINITY) return max;
  return ((alpha * min) / (alpha - 1)) * ((1 - (min / max) ** (alpha - 1)) / within);
}

function weightedMean(values: readonly number[], weights: readonly number[]): number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  return values.reduce((sum, value, index) => sum + (value * weights[index]!) / total, 0);
}

function weightedMedian(values: readonly number[], weights: readonly number[]): number {
  const order = values.map((_, index) => index).sort((a, b) => values[a]! - values[b]!);
  const half = weights.reduce((sum, weight) => sum + weight, 0) / 2;
  let below = 0;
  for (const index of order) {
    below += weights[index]!;
    if (below >= half) return values[index]!;
  }
  return values[order.at(-1)!]!;
}
