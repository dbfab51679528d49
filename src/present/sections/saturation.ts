import { capacity, count, duration, noValue, percent } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { type Remark, remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import { type ResourceUse, resourcesUsed } from '../resources.js';
import { aboutOrigin, originOf } from './clock.js';
import { type Section, titled } from './section.js';

/** A topology's heading, or one of its resources beneath it. */
type Row = { readonly topology: TopologyResult; readonly use?: ResourceUse };

/** What each topology used of the servers and of the storage, when it had no more, and what became of it. */
export const saturation: Section = result => {
  const origin = originOf(result.topologies);
  const rows = result.topologies.flatMap(rowsOf);
  const instants = rows.some(row => row.use !== undefined && row.use.saturatedAt !== null);
  return titled('Resources', [
    ...table(rows, { key, groups: [{ columns: columnsFrom(origin) }] }),
    ...result.topologies.flatMap(crashes),
    ...scaledFleets(result),
    ...(instants ? aboutOrigin(origin) : []),
  ]);
};

function scaledFleets({ topologies }: Result): Remark[] {
  const scaled = topologies.some(({ server }) => server.autoscale !== null);
  return scaled ? [remark('Capacities of a scaled fleet are means over time; peaks may exceed them.')] : [];
}

function crashes({ name, server }: TopologyResult): Remark[] {
  if (server.crashes === 0) return [];
  const times = server.crashes === 1 ? 'one crash' : `${count(server.crashes)} crashes`;
  const text = `${name}: ${times} of a server, ${duration(server.down)} down in all`;
  return [remark({ text, tone: 'bad' })];
}

function rowsOf(topology: TopologyResult): Row[] {
  return [{ topology }, ...resourcesUsed(topology).map(use => ({ topology, use }))];
}

const key: Key<Row> = {
  head: 'topology',
  cell: row => row.use?.name ?? row.topology.name,
  nested: row => row.use !== undefined,
};

/** A resource that is full for less of the window than this is full for a moment. */
const MOMENT = 0.01;

/** What lasted, and the memory of a server that crashed. */
const whenSaturated: NonNullable<Column<Row>['tone']> = ({ topology, use }) => {
  if (use === undefined || use.saturatedAt === null) return undefined;
  const [from, to] = topology.window;
  const lasts = use.saturatedFor! >= MOMENT * (to - from);
  return lasts || use.name === 'memory' ? 'warn' : undefined;
};

function columnsFrom(origin: number): readonly Column<Row>[] {
  const since = ({ saturatedAt }: ResourceUse) =>
    duration(saturatedAt === null ? null : saturatedAt - origin);
  return [
    figure('capacity', use => capacity(use.format)(use.capacity)),
    figure('peak', use => use.format(use.peak)),
    figure('mean', use => use.format(use.mean)),
    figure('used', use => percent(use.utilization)),
    { ...figure('saturated at', since), tone: whenSaturated },
    { ...figure('for', saturatedFor), tone: whenSaturated },
  ];
}

function figure(head: string, text: (use: ResourceUse) => string): Column<Row> {
  return { head, cell: row => (row.use ? text(row.use) : '') };
}

/** For how long in all; nothing where the resource never was saturated. */
function saturatedFor(use: ResourceUse): string {
  if (use.saturatedAt === null) return noValue;
  return use.saturatedFor === 0 ? 'an instant' : duration(use.saturatedFor);
}
