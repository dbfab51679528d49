import { count, duration, ratio } from '../../readable.js';
import type { BackgroundResult, TopologyResult } from '../../result.js';
import { remark } from '../document/block.js';
import { type Column, type Group, type Key, table } from '../document/table.js';
import { type Section, titled } from './section.js';

/** A topology's heading, or one class of requests beneath it. */
type Row = { readonly topology: TopologyResult; readonly requests?: BackgroundResult };

/** What the uploads did to the other requests of the servers. */
export const background: Section = result => {
  const rows = result.topologies.filter(t => t.background.length > 0).flatMap(rowsOf);
  const note = '"Alone": the same requests with no uploads at all.';
  const tables = table(rows, { key, groups: groupsFor(rows) });
  return titled('Background requests', tables.length === 0 ? [] : [...tables, remark(note)]);
};

function rowsOf(topology: TopologyResult): Row[] {
  return [{ topology }, ...topology.background.map(requests => ({ topology, requests }))];
}

const key: Key<Row> = {
  head: 'topology',
  cell: row => row.requests?.name ?? row.topology.name,
  nested: row => row.requests !== undefined,
};

function groupsFor(rows: readonly Row[]): readonly Group<Row>[] {
  const outcome: Column<Row>[] = [
    figure('offered', b => count(b.offered)),
    { ...figure('failed', b => count(b.failed)), tone: whenFailed },
  ];
  if (rows.some(row => (row.requests?.unfinished ?? 0) > 0))
    outcome.push(figure('unfinished', b => count(b.unfinished)));
  return [
    { title: 'requests', columns: outcome },
    { title: 'latency', columns: percentiles(b => b.latency, duration) },
    { title: 'alone', columns: percentiles(b => b.baseline, duration) },
    { title: 'slow-down', columns: percentiles(b => b.slowdown, ratio) },
  ];
}

function percentiles(
  from: (requests: BackgroundResult) => { readonly p50: number | null; readonly p99: number | null },
  format: typeof duration,
): readonly Column<Row>[] {
  return (['p50', 'p99'] as const).map(name => figure(name, b => format(from(b)[name])));
}

function figure(head: string, text: (requests: BackgroundResult) => string): Column<Row> {
  return { head, cell: row => (row.requests ? text(row.requests) : '') };
}

const whenFailed: NonNullable<Column<Row>['tone']> = row =>
  (row.requests?.failed ?? 0) > 0 ? 'bad' : undefined;
