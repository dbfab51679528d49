import type { Arrivals } from '../../scenario/types.js';

/** Uploads per second, from the beginning until an instant. */
export interface Flow {
  readonly rate: number;
  readonly until: number;
}

/** Arrivals of one rate; null where it changes, or follows from the replay. */
export function steadyFlow(arrivals: Arrivals): Flow | null {
  if (arrivals.kind === 'constant') return { rate: arrivals.rate, until: arrivals.for };
  if (arrivals.kind !== 'poisson' || arrivals.pieces.length !== 1) return null;
  const [{ rate, until }] = arrivals.pieces as [(typeof arrivals.pieces)[0]];
  return { rate, until };
}
