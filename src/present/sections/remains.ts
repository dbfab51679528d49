import { bytes, count } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import { remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import { type Section, titled } from './section.js';

type Col = Column<TopologyResult>;

/** What failed uploads have left in storage; nothing where they left nothing. */
export const remains: Section = result => {
  const rows = result.topologies.filter(
    ({ storage }) => (storage.abandonedParts ?? 0) > 0 || (storage.orphans ?? 0) > 0,
  );
  if (rows.length === 0) return [];
  const inParts = rows.some(({ storage }) => (storage.abandonedParts ?? 0) > 0);
  const groups = [
    ...(inParts ? [{ title: 'parts of failed uploads', columns: parts }] : []),
    ...(rows.some(({ storage }) => (storage.orphans ?? 0) > 0)
      ? [{ title: 'files nobody was told of', columns: files }]
      : []),
  ];
  return titled('Left in storage', [...table(rows, { key, groups }), ...(inParts ? [remark(billed)] : [])]);
};

const billed = 'Parts are billed until the upload is completed or aborted: set a lifecycle rule that aborts.';

const key: Key<TopologyResult> = { head: 'topology', cell: t => t.name };

const parts: readonly Col[] = [
  { head: 'parts', cell: t => count(t.storage.abandonedParts), tone: () => 'warn' },
  { head: 'bytes', cell: t => bytes(t.storage.abandonedBytes), tone: () => 'warn' },
];

const files: readonly Col[] = [
  { head: 'files', cell: t => count(t.storage.orphans), tone: () => 'warn' },
  { head: 'bytes', cell: t => bytes(t.storage.orphanBytes), tone: () => 'warn' },
];
