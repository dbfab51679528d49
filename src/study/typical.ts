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

/** The distribution that always draws the median. */
export function typical(distribution: Distribution): Distribution {
  return { kind: 'constant', value: median(distribution) };
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
