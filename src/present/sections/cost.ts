import { dollars } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import { remark } from '../document/block.js';
import { type Column, table } from '../document/table.js';
import { type Section, titled } from './section.js';

/** What each topology costs, where prices are known. */
export const cost: Section = result => {
  const rows = result.topologies.filter(t => Object.values(t.cost).some(price => price !== null));
  const shown = columns.filter(({ price }) => rows.some(t => price(t) !== null));
  const note = rows.some(t => t.cost.requests === null || t.cost.transfer === null);
  return titled('Cost', [
    ...table(rows, { key, groups: [{ columns: shown.map(figure) }] }),
    ...(note && rows.length > 0 ? [remark(incomplete)] : []),
  ]);
};

const incomplete = 'Prices of requests and traffic are not part of this version.';

const key: Column<TopologyResult> = { head: 'topology', cell: t => t.name };

interface Price {
  readonly head: string;
  readonly price: (topology: TopologyResult) => number | null;
}

const columns: readonly Price[] = [
  { head: 'servers', price: t => t.cost.servers },
  { head: 'requests', price: t => t.cost.requests },
  { head: 'transfer', price: t => t.cost.transfer },
  { head: 'total', price: t => t.cost.total },
  { head: 'per million uploads', price: t => t.cost.perMillionUploads },
];

function figure({ head, price }: Price): Column<TopologyResult> {
  return { head, cell: t => dollars(price(t)) };
}
