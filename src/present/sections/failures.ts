import { bytes, count, percent } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import { remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import { type Section, titled } from './section.js';

/** A topology's totals, or one reason beneath it. */
type Row = { readonly topology: TopologyResult; readonly reason?: string };

/** Why uploads and attempts failed; nothing where none did. */
export const failures: Section = result => {
  const rows = table(result.topologies.flatMap(rowsOf), { key, groups: [{ columns }] });
  const denied = result.topologies.filter(({ uploads }) => (uploads.retriesDenied ?? 0) > 0);
  if (denied.length === 0) return titled('Failures', rows);
  const each = denied.map(({ name, uploads }) => `${name} ${count(uploads.retriesDenied)}`).join(', ');
  return titled('Failures', [...rows, remark(`Retries for which the budget had no room: ${each}.`)]);
};

function rowsOf(topology: TopologyResult): Row[] {
  const { uploads } = topology;
  const reasons = new Set([...Object.keys(uploads.failures), ...Object.keys(uploads.attemptFailures)]);
  const rows = [...reasons]
    .filter(reason => (uploads.failures[reason] ?? 0) > 0 || (uploads.attemptFailures[reason] ?? 0) > 0)
    .map(reason => ({ topology, reason }));
  return rows.length === 0 ? [] : [{ topology }, ...rows];
}

const key: Key<Row> = {
  head: 'topology',
  cell: row => row.reason ?? row.topology.name,
  nested: row => row.reason !== undefined,
};

const columns: readonly Column<Row>[] = [
  { head: 'failed uploads', cell: row => count(failed(row)) },
  { head: 'of offered', cell: row => percent(failed(row) / row.topology.uploads.offered) },
  { head: 'failed attempts', cell: row => count(failedAttempts(row)) },
  { head: 'of attempts', cell: row => percent(failedAttempts(row) / row.topology.uploads.attempts) },
  {
    head: 'bytes wasted',
    cell: row => (row.reason === undefined ? bytes(row.topology.uploads.wastedBytes) : ''),
  },
];

function failed({ topology, reason }: Row): number {
  return reason === undefined ? topology.uploads.failed : (topology.uploads.failures[reason] ?? 0);
}

function failedAttempts({ topology, reason }: Row): number {
  const { attemptFailures } = topology.uploads;
  if (reason !== undefined) return attemptFailures[reason] ?? 0;
  return Object.values(attemptFailures).reduce((sum, n) => sum + n, 0);
}
