import { KeyedUniforms } from '../kernel/random.js';
import type { Arrivals } from '../scenario/types.js';
import { sample } from './sample.js';
import type { JobStream } from './workload.js';

/** The think times of a closed loop, keyed by (user, turn): they do not depend on how long anything took. */
export function closedLoop(arrivals: Arrivals, seed: string): JobStream['closed'] {
  if (arrivals.kind !== 'closed') return null;
  const { think } = arrivals;
  const uniforms = new KeyedUniforms(seed, 'think');
  return {
    users: arrivals.users,
    until: arrivals.for,
    think: (user, turn) => sample(think, uniforms.at(user, turn)),
  };
}
