import type { Uniforms } from '../kernel/random.js';
import type { Arrivals, Distribution, NameChoice, Trace } from '../scenario/types.js';
import type { NameTable } from './names.js';
import { pickWeighted, sample } from './sample.js';

/** One property of all jobs, by job. A constant takes no memory: a workload may hold 10^8 jobs. */
export interface Column {
  readonly at: (job: number) => number;
}

export function traceOf(arrivals: Arrivals): Trace | undefined {
  return arrivals.kind === 'trace' ? arrivals.trace : undefined;
}

/** Draws a property; where the trace has a value for the job's row (`id`), that holds. */
export function drawColumn(
  distribution: Distribution,
  count: number,
  uniforms: Uniforms,
  traced: Float64Array | undefined,
  id: Uint32Array,
): Column {
  if (traced === undefined && distribution.kind === 'constant') {
    const { value } = distribution;
    return { at: () => value };
  }
  const values = new Float64Array(count);
  for (let job = 0; job < count; job++) {
    const known = traced === undefined ? Number.NaN : traced[id[job]!]!;
    values[job] = Number.isNaN(known) ? sample(distribution, uniforms) : known;
  }
  return { at: job => values[job]! };
}

/** A name of each job, as an index into a table. */
export interface NameColumn extends Column {
  /** The scenario's choice, for jobs that are drawn one by one. */
  readonly choice: { readonly indices: readonly number[]; readonly weights: readonly number[] };
}

export function drawNames(
  choice: NameChoice,
  table: NameTable,
  count: number,
  uniforms: Uniforms,
  trace: Trace | undefined,
  column: 'bucket' | 'fileName',
  id: Uint32Array,
): NameColumn {
  const indices = choice.values.map(name => table.indexOf(name));
  const own = { indices, weights: choice.weights };
  const traced = trace?.[column];
  if (traced === undefined && indices.length === 1) {
    const only = indices[0]!;
    return { choice: own, at: () => only };
  }
  const values = new Uint32Array(count);
  for (let job = 0; job < count; job++) {
    const known = traced === undefined ? -1 : traced[id[job]!]!;
    values[job] =
      known >= 0 ? table.indexOf(trace!.names[known]!) : indices[pickWeighted(choice.weights, uniforms)]!;
  }
  return { choice: own, at: job => values[job]! };
}
