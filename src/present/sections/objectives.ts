import type { ObjectiveResult, TopologyResult } from '../../result.js';
import { type Column, type Key, table } from '../document/table.js';
import { formatOf, metricOf } from '../metrics.js';
import { type Section, titled } from './section.js';

/** A topology's heading, or one of its objectives beneath it. */
type Row = { readonly topology: TopologyResult; readonly objective?: ObjectiveResult };

/** What was asked of each topology, and whether it was met. */
export const objectives: Section = result => {
  const rows = result.topologies.filter(t => t.slo.length > 0).flatMap(rowsOf);
  return titled('Objectives', table(rows, { key, groups: [{ columns }] }));
};

function rowsOf(topology: TopologyResult): Row[] {
  return [{ topology }, ...topology.slo.map(objective => ({ topology, objective }))];
}

const key: Key<Row> = {
  head: 'topology',
  cell: row => row.objective?.expr ?? row.topology.name,
  nested: row => row.objective !== undefined,
};

const columns: readonly Column<Row>[] = [
  {
    head: 'value',
    cell: ({ objective }) => (objective ? formatOf(metricOf(objective.expr))(objective.value) : ''),
  },
  {
    head: 'verdict',
    cell: ({ objective }) => (objective ? (objective.ok ? 'met' : 'MISSED') : ''),
    tone: ({ objective }) => (objective?.ok === false ? 'bad' : 'good'),
  },
];
