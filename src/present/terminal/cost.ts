import type { TopologyResult } from '../../result.js';
import { dollars } from '../units.js';
import { type Section, titled } from './section.js';
import { type Column, table } from './table.js';

/** What each topology costs, where prices are known. */
export const cost: Section = (result, theme) => {
  const rows = result.topologies.filter(t => Object.values(t.cost).some(price => price !== null));
  return titled('Cost', table(rows, { key, groups: [{ columns }] }, theme), theme);
};

const key: Column<TopologyResult> = { head: 'topology', cell: t => t.name };

const columns: readonly Column<TopologyResult>[] = [
  { head: 'servers', cell: t => dollars(t.cost.servers) },
  { head: 'requests', cell: t => dollars(t.cost.requests) },
  { head: 'transfer', cell: t => dollars(t.cost.transfer) },
  { head: 'total', cell: t => dollars(t.cost.total) },
  { head: 'per million uploads', cell: t => dollars(t.cost.perMillionUploads) },
];
