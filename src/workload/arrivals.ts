import { sequence, type Uniforms } from '../kernel/random.js';
import type { Arrivals, Trace } from '../scenario/types.js';

export interface ArrivalTimes {
  readonly count: number;
  /** Seconds, ascending. */
  readonly start: Float64Array;
  /** Row of the trace, else the order of arrival. */
  readonly id: Uint32Array;
}

/** The instants at which the jobs of an open stream arrive; a closed one has none yet. */
export function drawArrivals(arrivals: Arrivals, seed: string): ArrivalTimes {
  const uniforms = sequence(seed, 'arrivals');
  switch (arrivals.kind) {
    case 'burst':
      return numbered(new Float64Array(arrivals.count).fill(arrivals.at));
    case 'spread':
      return numbered(spread(arrivals.count, arrivals.over, uniforms));
    case 'poisson':
      return numbered(poisson(arrivals.pieces, uniforms));
    case 'constant':
      return numbered(evenly(arrivals.rate, arrivals.for));
    case 'closed':
      return numbered(new Float64Array(0));
    case 'trace':
      return inOrder(arrivals.trace);
  }
}

function numbered(start: Float64Array): ArrivalTimes {
  const id = new Uint32Array(start.length);
  for (let i = 0; i < id.length; i++) id[i] = i;
  return { count: start.length, start, id };
}

function spread(count: number, over: number, uniforms: Uniforms): Float64Array {
  const start = new Float64Array(count);
  for (let i = 0; i < count; i++) start[i] = over * uniforms.double();
  return start.sort();
}

/** Independent exponential gaps; at the border of two pieces the process, having no memory, begins anew. */
function poisson(pieces: readonly { until: number; rate: number }[], uniforms: Uniforms): Float64Array {
  let start = new Float64Array(1024);
  let count = 0;
  let from = 0;
  for (const { until, rate } of pieces) {
    let at = from;
    while (rate > 0) {
      at -= Math.log(1 - uniforms.double()) / rate;
      if (at >= until) break;
      if (count === start.length) {
        const larger = new Float64Array(2 * count);
        larger.set(start);
        start = larger;
      }
      start[count++] = at;
    }
    from = until;
  }
  return start.slice(0, count);
}

/** At 0, 1/rate, 2/rate, ... before `span`. */
function evenly(rate: number, span: number): Float64Array {
  let count = Math.ceil(rate * span);
  // The product is rounded; what counts is which instants lie before the end.
  while (count > 0 && (count - 1) / rate >= span) count--;
  while (count / rate < span) count++;
  const start = new Float64Array(count);
  for (let i = 0; i < count; i++) start[i] = i / rate;
  return start;
}

function inOrder(trace: Trace): ArrivalTimes {
  const { start } = trace;
  const id = Uint32Array.from(start, (_, row) => row);
  // Ties keep the order of the rows.
  id.sort((a, b) => start[a]! - start[b]! || a - b);
  return { count: start.length, start: Float64Array.from(id, row => start[row]!), id };
}
