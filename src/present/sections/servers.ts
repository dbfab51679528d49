import { count, duration, percent } from '../../readable.js';
import type { ServerResult, TopologyResult } from '../../result.js';
import { remark } from '../document/block.js';
import { type Column, type Group, type Key, table } from '../document/table.js';
import { serverResources } from '../resources.js';
import { aboutOrigin, originOf } from './clock.js';
import { type Section, titled } from './section.js';

type Row = { readonly topology: TopologyResult; readonly index?: number; readonly server?: ServerResult };

/** More rows than this say less, not more; the result file has them all. */
const shown = 8;

/** The servers one by one, where a topology has several; counted from 1, as faults and the trace count them. */
export const servers: Section = result => {
  const several = result.topologies.filter(t => t.server.servers.length > 1);
  const hidden = several.filter(t => t.server.servers.length > shown);
  const origin = originOf(result.topologies);
  const instants = several.some(t => t.server.servers.some(s => firstSaturation(s, origin) !== null));
  return titled('Servers', [
    ...table(several.flatMap(rowsOf), { key, groups: groupsFrom(origin, several) }),
    ...hidden.map(t => remark(omitted(t))),
    ...(instants ? aboutOrigin(origin) : []),
  ]);
};

function rowsOf(topology: TopologyResult): Row[] {
  const some = topology.server.servers.slice(0, shown);
  return [{ topology }, ...some.map((server, index) => ({ topology, index, server }))];
}

function omitted(topology: TopologyResult): string {
  const more = topology.server.servers.length - shown;
  return `${topology.name}: ${count(more)} more ${more === 1 ? 'server' : 'servers'} in the JSON result.`;
}

const key: Key<Row> = {
  head: 'topology',
  cell: row => (row.server ? `server ${row.index! + 1}` : row.topology.name),
  nested: row => row.server !== undefined,
};

const groupsFrom = (origin: number, several: readonly TopologyResult[]): readonly Group<Row>[] => [
  {
    title: 'used',
    columns: serverResources
      .filter(({ name, usage }) => name !== 'upstream' && several.some(t => usage(t.server) !== null))
      .map(resource => figure(resource.name, server => percent(resource.usage(server)?.utilization))),
  },
  {
    columns: [
      figure('peak threads', server => count(server.threads.peak)),
      figure('saturated at', server => duration(firstSaturation(server, origin))),
      figure('crashes', server => count(server.crashes)),
      figure('down', server => duration(server.down)),
    ],
  },
];

function figure(head: string, text: (server: ServerResult) => string): Column<Row> {
  return { head, cell: row => (row.server ? text(row.server) : '') };
}

/** The first instant at which any of a server's resources had no more to give. */
function firstSaturation(server: ServerResult, origin: number): number | null {
  const instants = serverResources.map(r => r.usage(server)?.saturatedAt ?? null).filter(t => t !== null);
  return instants.length === 0 ? null : Math.min(...instants) - origin;
}
