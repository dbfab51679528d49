/** A trace CSV: one row per job, as recorded. */
import { type Column, type CsvProblems, readTable, type TableSpec } from './csv.js';
import { mostJobs } from './schema/arrivals.js';
import type { ValueBounds } from './schema/context.js';
import { mostNames } from './schema/names.js';
import { longestName } from './schema/values.js';
import type { Trace } from './types.js';

const rate = (name: string): Column => ({
  name,
  needed: false,
  kind: 'number',
  positive: true,
  most: 1e15,
  text: `${name} in bytes per second, above 0, or nothing,`,
});

const columns = (use: 'uploads' | 'background'): Column[] => [
  { name: 'start', needed: true, kind: 'number', most: 1e10, text: 'start in seconds, 0 or more,' },
  {
    name: 'size',
    needed: true,
    kind: 'number',
    positive: use === 'uploads',
    most: 2 ** 53,
    text: `size in bytes, ${use === 'uploads' ? 'above 0' : '0 or more'},`,
  },
  rate('uplink'),
  rate('downlink'),
  { name: 'rtt', needed: false, kind: 'number', most: 1e10, text: 'rtt in seconds, 0 or more, or nothing,' },
];

const uploadColumns: Column[] = [
  {
    name: 'weight',
    needed: false,
    kind: 'number',
    positive: true,
    most: 1e12,
    text: 'weight above 0, or nothing,',
  },
  { name: 'bucket', needed: false, kind: 'name', longest: longestName, text: 'the name of a bucket' },
  { name: 'file', needed: false, kind: 'name', text: 'the name of a file' },
];

const specs: Readonly<Record<'uploads' | 'background', TableSpec>> = {
  uploads: {
    noun: 'the trace',
    columns: [...columns('uploads'), ...uploadColumns],
    mostRows: mostJobs,
    others: 'refused',
    mostNames: 10_000_000,
  },
  background: {
    noun: 'the trace',
    columns: columns('background'),
    mostRows: mostJobs,
    others: 'refused',
    senseless: {
      weight: 'a background request has weight 1',
      bucket: 'a background request goes to a server, not to storage',
      file: 'a background request has no file',
    },
    mostNames: 0,
  },
};

/** Columns of a trace with what stands in them, for the reference. */
export const traceColumns = (use: 'uploads' | 'background'): readonly Column[] => specs[use].columns;

/**
 * Reads a trace; what is wrong is added to `problems`.
 * @param file its path as the user wrote it
 */
export function readTrace(
  bytes: Uint8Array,
  file: string,
  use: 'uploads' | 'background',
  problems: CsvProblems,
): Trace | undefined {
  const table = readTable(bytes, specs[use], problems);
  if (table === undefined) return undefined;
  const { numbers, indices, names } = table;
  const optional = ['uplink', 'downlink', 'rtt', 'weight'] as const;
  const bucket = indices.get('bucket');
  const buckets = new Set(bucket).size;
  if (buckets > mostNames) {
    const message = `the trace has ${buckets} different buckets`;
    problems.add(() => ({
      code: 'range',
      line: 1,
      column: 1,
      message,
      allowed: `at most ${mostNames}`,
      excerpt: { text: '', caret: 0 },
    }));
    return undefined;
  }
  const fileName = indices.get('file');
  return {
    file,
    start: numbers.get('start')!,
    size: numbers.get('size')!,
    ...Object.fromEntries(optional.flatMap(name => (numbers.has(name) ? [[name, numbers.get(name)!]] : []))),
    ...(bucket === undefined ? {} : { bucket }),
    ...(fileName === undefined ? {} : { fileName }),
    names,
  };
}

/** Reads the values of an empirical distribution: the column `value` of a CSV, others passed over. */
export function readEmpirical(
  bytes: Uint8Array,
  bounds: ValueBounds,
  problems: CsvProblems,
): readonly number[] | undefined {
  const { noun, positive, most } = bounds;
  const text = `${noun} in SI units, ${positive ? 'above 0' : '0 or more'},`;
  const table = readTable(
    bytes,
    {
      noun: 'the CSV',
      columns: [{ name: 'value', needed: true, kind: 'number', positive, most, text }],
      mostRows: 10_000_000,
      others: 'ignored',
      mostNames: 0,
    },
    problems,
  );
  return table === undefined ? undefined : Array.from(table.numbers.get('value')!);
}
