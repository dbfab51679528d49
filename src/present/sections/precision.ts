import { count, type Format, noValue, percent } from '../../readable.js';
import { type Interval, intervalOf, type Result, type TopologyResult } from '../../result.js';
import { type Block, remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import { formatOf } from '../metrics.js';
import { between } from './interval.js';
import { type Section, titled } from './section.js';

/** A topology's heading, or one of its figures. */
type Row = { readonly topology: TopologyResult; readonly figure?: string };

/** The figures that a review quotes. */
const quoted = ['latency.mean', 'completion.p50', 'completion.p95', 'completion.p99', 'makespan', 'goodput'];

/** How well the means over the replications are known. */
export const precision: Section = result => {
  if (result.replications === 1) return [];
  const figures = new Set([...quoted, ...(result.precision ? [result.precision.figure] : [])]);
  const rows = result.topologies.flatMap((topology): Row[] => {
    const known = [...figures].filter(figure => intervalOf(topology, figure) !== null);
    return known.length === 0 ? [] : [{ topology }, ...known.map(figure => ({ topology, figure }))];
  });
  const several = rows.some(row => countOf(row, result) < result.replications);
  const columns = several ? [...means, replications(result)] : means;
  return titled('Precision of the means', [
    ...table(rows, { key, groups: [{ columns }] }),
    remark(
      `Means of ${count(result.replications)} replications with 95% Student intervals. Other figures are means, too; their intervals are in the saved result.`,
    ),
    ...reached(result),
  ]);
};

/** What was asked for, and whether it came. */
function reached({ precision: goal, replications: made }: Result): readonly Block[] {
  if (goal === null) return [];
  const { figure, wanted, halfWidths } = goal;
  const asked = `A half-width of at most ${percent(wanted)} of the mean was wanted for ${figure}`;
  if (goal.reached) return [remark(`${asked}; ${count(made)} replications were enough.`)];
  const short = Object.entries(halfWidths)
    .filter(([, width]) => width === null || width > wanted)
    .map(([name, width]) =>
      width === null ? `${name} has no such figure` : `${name} has ${percent(width)}`,
    );
  return [remark({ text: `NOT REACHED: ${asked}: ${short.join(', ')}.`, tone: 'warn' })];
}

function countOf({ topology, figure }: Row, { replications: all }: Result): number {
  return figure === undefined ? all : (topology.n?.[figure] ?? all);
}

function meanOf({ topology, figure }: Row): number | null {
  const interval = figure === undefined ? null : intervalOf(topology, figure);
  return interval && middle(interval);
}

function halfWidth({ topology, figure }: Row): string {
  const [low, high] = (figure === undefined ? null : intervalOf(topology, figure)) ?? [0, 0];
  const mean = middle([low, high]);
  return mean === 0 ? noValue : `±${percent((high - low) / 2 / Math.abs(mean))}`;
}

function middle([low, high]: Interval): number {
  return (low + high) / 2;
}

const key: Key<Row> = {
  head: 'topology',
  cell: row => row.figure ?? row.topology.name,
  nested: row => row.figure !== undefined,
};

const format = (row: Row): Format => formatOf(row.figure ?? '');

const means: readonly Column<Row>[] = [
  { head: 'mean', cell: row => (row.figure ? format(row)(meanOf(row)) : '') },
  {
    head: '95% interval',
    cell: row => (row.figure ? between(intervalOf(row.topology, row.figure), format(row)) : ''),
  },
  { head: 'half-width', cell: row => (row.figure ? halfWidth(row) : '') },
];

/** Where some replications lack a figure: of how many its mean is. */
const replications = (result: Result): Column<Row> => ({
  head: 'replications',
  cell: row => (row.figure ? count(countOf(row, result)) : ''),
});
