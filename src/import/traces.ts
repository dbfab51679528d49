/** The trace CSVs, in pieces: rows in the order of the log, starts in seconds since the first request. */
import { csvCell } from '../present/export/csv-cell.js';
import type { BackgroundClass } from './background.js';
import type { Collector } from './collector.js';

/** Rows that are written at once. */
const rowsPerPiece = 4096;

/** Bytes of a request where the log does not tell: the default of a scenario. */
export const assumedRequest = 1000;

export function* uploadTrace(collected: Collector): Generator<string> {
  const { starts, sizes, uplinks, bucketOf, buckets, keys, first } = collected;
  const named = [
    ...(buckets.length > 1 ? ['bucket'] : []),
    ...(keys.some(key => key !== '') ? ['file'] : []),
  ];
  const rated = anyKnown(uplinks);
  yield `${['start', 'size', ...(rated ? ['uplink'] : []), ...named].join(',')}\n`;
  yield* inPieces(starts.length, row => {
    const uplink = uplinks.at(row);
    return [
      secondsSince(first, starts.at(row)),
      String(sizes.at(row)),
      ...(rated ? [Number.isNaN(uplink) ? '' : String(uplink)] : []),
      ...(named.includes('bucket') ? [csvCell(buckets[bucketOf.at(row)]!)] : []),
      ...(named.includes('file') ? [csvCell(keys[row] ?? '')] : []),
    ];
  });
}

export function* backgroundTrace(collected: Collector, { rows }: BackgroundClass): Generator<string> {
  yield 'start,size\n';
  yield* inPieces(rows.length, i => {
    const row = rows[i]!;
    const size = collected.requestSizes.at(row);
    return [
      secondsSince(collected.first, collected.requestStarts.at(row)),
      String(Number.isNaN(size) ? assumedRequest : size),
    ];
  });
}

function* inPieces(rows: number, cells: (row: number) => readonly string[]): Generator<string> {
  for (let from = 0; from < rows; from += rowsPerPiece) {
    let piece = '';
    for (let row = from; row < Math.min(rows, from + rowsPerPiece); row += 1)
      piece += `${cells(row).join(',')}\n`;
    yield piece;
  }
}

function anyKnown(column: { length: number; at: (row: number) => number }): boolean {
  for (let row = 0; row < column.length; row += 1) if (!Number.isNaN(column.at(row))) return true;
  return false;
}

/** Whole microseconds as seconds, with no digit that a division might make up: 1500000 is `1.5`. */
export function secondsSince(first: number, at: number): string {
  const micros = at - first;
  const seconds = Math.floor(micros / 1e6);
  const rest = micros - seconds * 1e6;
  if (rest === 0) return String(seconds);
  return `${seconds}.${String(rest).padStart(6, '0').replace(/0+$/, '')}`;
}
