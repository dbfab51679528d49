import { bits, bytes, duration } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import { type BurstUse, burstsUsed } from '../bursts.js';
import { remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import { aboutOrigin, originOf } from './clock.js';
import { type Section, titled } from './section.js';

/** A topology's heading, or one of its directions beneath it. */
type Row = { readonly topology: TopologyResult; readonly use?: BurstUse };

/** What became of the burst credit of networks that have any. */
export const bursts: Section = ({ topologies }) => {
  const rows = topologies.flatMap(rowsOf);
  if (rows.length === 0) return [];
  const origin = originOf(topologies);
  const instants = rows.some(({ use }) => (use?.burst.exhaustedAt ?? null) !== null);
  return titled('Burst credit', [
    ...table(rows, { key, groups: [{ columns: columnsFrom(origin) }] }),
    remark(
      'Burst, baseline and credit count what is on the wire; other tables count payload, and show the mean of such a capacity.',
    ),
    ...(instants ? aboutOrigin(origin) : []),
  ]);
};

function rowsOf(topology: TopologyResult): Row[] {
  const uses = burstsUsed(topology);
  return uses.length === 0 ? [] : [{ topology }, ...uses.map(use => ({ topology, use }))];
}

const key: Key<Row> = {
  head: 'topology',
  cell: row => row.use?.name ?? row.topology.name,
  nested: row => row.use !== undefined,
};

const isGone: NonNullable<Column<Row>['tone']> = ({ use }) =>
  use === undefined || use.burst.exhaustedAt === null ? undefined : 'warn';

function columnsFrom(origin: number): readonly Column<Row>[] {
  const since = ({ burst: { exhaustedAt } }: BurstUse) =>
    duration(exhaustedAt === null ? null : exhaustedAt - origin);
  const lasting = ({ burst: { exhaustedAt, exhaustedFor } }: BurstUse) =>
    duration(exhaustedAt === null ? null : exhaustedFor);
  return [
    figure('burst', use => bits(use.burst.rate)),
    figure('baseline', use => bits(use.burst.baseline)),
    figure('credit', use => bytes(use.burst.credit)),
    figure('left', use => bytes(use.burst.left)),
    { ...figure('gone at', since), tone: isGone },
    { ...figure('for', lasting), tone: isGone },
  ];
}

function figure(head: string, text: (use: BurstUse) => string): Column<Row> {
  return { head, cell: row => (row.use ? text(row.use) : '') };
}
