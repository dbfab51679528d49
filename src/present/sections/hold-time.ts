import { duration } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import { type Column, table } from '../document/table.js';
import { type Section, titled } from './section.js';

/** For how long one upload keeps a thread of the server from others. */
export const holdTime: Section = result => {
  const rows = result.topologies.filter(t => t.server.threads.holdTime.mean !== null);
  return titled('Thread hold time of an upload', table(rows, { key, groups: [{ columns }] }));
};

const key: Column<TopologyResult> = { head: 'topology', cell: t => t.name };

const columns = (['mean', 'p50', 'p99'] as const).map(
  (name): Column<TopologyResult> => ({ head: name, cell: t => duration(t.server.threads.holdTime[name]) }),
);
