import { failureReasons, type UploadTable, uploadStatus } from '../../result.js';
import { csvCell } from './csv-cell.js';

const header =
  'topology,replication,upload,start,end,latency,status,reason,attempts,size,client,server,bucket\n';
const rowsPerChunk = 1000;

/**
 * Every upload as a row of CSV, in pieces of a thousand rows: a million uploads never stand in one string.
 * Ordered by topology (as the tables come), replication and upload; numbers in full double precision.
 */
export function* uploadsCsv(tables: readonly UploadTable[]): Generator<string, void, undefined> {
  yield header;
  for (const table of inOrder(tables)) yield* rowsOf(table);
}

function inOrder(tables: readonly UploadTable[]): readonly UploadTable[] {
  const names = [...new Set(tables.map(table => table.topology))];
  return names.flatMap(name =>
    tables.filter(table => table.topology === name).sort((a, b) => a.replication - b.replication),
  );
}

function* rowsOf(table: UploadTable): Generator<string, void, undefined> {
  const origin = `${csvCell(table.topology)},${table.replication}`;
  const clients = table.clients.map(csvCell);
  const buckets = table.buckets.map(csvCell);
  for (let from = 0; from < table.count; from += rowsPerChunk) {
    const to = Math.min(from + rowsPerChunk, table.count);
    let chunk = '';
    for (let i = from; i < to; i++) {
      const status = uploadStatus[table.status[i]];
      const start = table.start[i];
      const end = status === 'unfinished' ? Number.NaN : table.end[i];
      const latency = status === 'succeeded' ? end - start : Number.NaN;
      const reason = status === 'failed' ? failureReasons[table.reason[i]] : '';
      const server = table.server[i] < 0 ? '' : table.server[i];
      chunk += `${origin},${i},${number(start)},${number(end)},${number(latency)},${status},${reason},${table.attempts[i]},${number(table.size[i])},${clients[table.client[i]] ?? ''},${server},${buckets[table.bucket[i]] ?? ''}\n`;
    }
    yield chunk;
  }
}

function number(value: number): string {
  return Number.isFinite(value) ? String(value) : '';
}
