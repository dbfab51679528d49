import type { ObjectiveResult, TopologyResult } from '../../result.js';
import { type Column, type Key, table } from '../document/table.js';
import { formatOf, metricOf } from '../metrics.js';
import { between } from './interval.js';
import { type Section, titled } from './section.js';

/** A topology's heading, or one of its objectives beneath it. */
type Row = { readonly topology: TopologyResult; readonly objective?: ObjectiveResult };

/** What was asked of each topology, and whether it was met. */
export const objectives: Section = result => {
  const rows = result.topologies.filter(t => t.slo.length > 0).flatMap(rowsOf);
  const intervals = rows.some(({ objective }) => (objective?.ci95 ?? null) !== null);
  const columns = intervals ? [value, interval, verdict] : [value, verdict];
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

const value: Column<Row> = {
  head: 'value',
  cell: ({ objective }) => (objective ? formatOf(metricOf(objective.expr))(objective.value) : ''),
};

const interval: Column<Row> = {
  head: '95% interval',
  cell: ({ objective }) => (objective ? between(objective.ci95, formatOf(metricOf(objective.expr))) : ''),
};

const verdict: Column<Row> = {
  head: 'verdict',
  cell: ({ objective }) => (objective ? verdictOn(objective) : ''),
  tone: ({ objective }) => tones[objective?.outcome ?? 'pass'],
};

function verdictOn({ outcome, reason }: ObjectiveResult): string {
  return reason === 'no-steady-state' ? `${words[outcome]}: no steady state` : words[outcome];
}

const words = { pass: 'met', fail: 'MISSED', inconclusive: 'undecided' } as const;
const tones = { pass: 'good', fail: 'bad', inconclusive: 'warn' } as const;
