import type { ObjectiveResult, TopologyResult } from '../../result.js';
import { formatOf, metricOf } from '../metrics.js';
import { type Section, titled } from './section.js';
import { type Column, table } from './table.js';

/** A topology's heading, or one of its objectives beneath it. */
type Row = { readonly topology: TopologyResult; readonly objective?: ObjectiveResult };

/** What was asked of each topology, and whether it was met. */
export const objectives: Section = (result, theme) => {
  const rows = result.topologies.filter(t => t.slo.length > 0).flatMap(rowsOf);
  return titled('Objectives', table(rows, { key, groups: [{ columns }] }, theme), theme);
};

function rowsOf(topology: TopologyResult): Row[] {
  return [{ topology }, ...topology.slo.map(objective => ({ topology, objective }))];
}

const key: Column<Row> = {
  head: 'topology',
  cell: row => (row.objective ? `  ${row.objective.expr}` : row.topology.name),
  paint: (row, theme) => (row.objective ? undefined : theme.bold),
};

const columns: readonly Column<Row>[] = [
  {
    head: 'value',
    cell: ({ objective }) => (objective ? formatOf(metricOf(objective.expr))(objective.value) : ''),
  },
  {
    head: 'verdict',
    cell: ({ objective }) => (objective ? (objective.ok ? 'met' : 'MISSED') : ''),
    paint: ({ objective }, theme) => (objective?.ok === false ? theme.bad : theme.good),
  },
];
