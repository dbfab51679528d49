import { count, duration, noValue, percent } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import { type Column, table } from '../document/table.js';
import { originOf } from './clock.js';
import { type Section, titled } from './section.js';

/** How many requests storage turned away, and when it adapted; nothing where it took them all. */
export const storageRequests: Section = result => {
  const rows = result.topologies.filter(
    ({ storage }) => storage.slowDowns > 0 || storage.partitions !== null,
  );
  const origin = originOf(result.topologies);
  const splits: readonly Column<TopologyResult>[] = [
    { head: 'partitions', cell: ({ storage }) => count(storage.partitions?.count ?? null) },
    { head: 'they double at', cell: ({ storage }) => instants(storage.partitions?.splits ?? [], origin) },
  ];
  const adapts = rows.some(({ storage }) => storage.partitions !== null);
  return titled(
    'Requests to storage',
    table(rows, { key, groups: [{ columns }, ...(adapts ? [{ columns: splits }] : [])] }),
  );
};

const key: Column<TopologyResult> = { head: 'topology', cell: t => t.name };

const columns: readonly Column<TopologyResult>[] = [
  { head: 'requests', cell: ({ storage }) => count(storage.requests) },
  {
    head: 'slow-downs',
    cell: ({ storage }) => count(storage.slowDowns),
    tone: ({ storage }) => (storage.slowDowns > 0 ? 'warn' : undefined),
  },
  {
    head: 'of requests',
    cell: ({ storage }) => percent(storage.requests > 0 ? storage.slowDowns / storage.requests : null),
  },
];

function instants(splits: readonly number[], origin: number): string {
  return splits.length === 0 ? noValue : splits.map(at => duration(at - origin)).join(', ');
}
