import { standardNormal, type Uniforms } from '../kernel/random.js';
import type { Distribution } from '../scenario/types.js';

/** Draws one value. Inverse transform where there is one, so each kind but the lognormal takes one uniform. */
export function sample(distribution: Distribution, uniforms: Uniforms): number {
  switch (distribution.kind) {
    case 'constant':
      return distribution.value;
    case 'uniform':
      return distribution.a + (distribution.b - distribution.a) * uniforms.double();
    case 'exponential':
      return -distribution.mean * Math.log(1 - uniforms.double());
    case 'lognormal':
      return Math.exp(distribution.mu + distribution.sigma * standardNormal(uniforms));
    case 'pareto': {
      const { min, alpha, max } = distribution;
      // Inverse of the distribution function of the Pareto truncated at max; max = Infinity is the plain one.
      const beyond = (min / max) ** alpha;
      return Math.min(max, min * (1 - uniforms.double() * (1 - beyond)) ** (-1 / alpha));
    }
    case 'choice':
      return distribution.values[pickWeighted(distribution.weights, uniforms)]!;
    case 'empirical':
      return distribution.values[Math.floor(uniforms.double() * distribution.values.length)]!;
  }
}

/** Index drawn in proportion to positive weights; takes no draw where there is no choice. */
export function pickWeighted(weights: readonly number[], uniforms: Uniforms): number {
  if (weights.length === 1) return 0;
  let total = 0;
  for (const weight of weights) total += weight;
  let left = uniforms.double() * total;
  for (let i = 0; i < weights.length - 1; i++) {
    left -= weights[i]!;
    if (left < 0) return i;
  }
  return weights.length - 1;
}
