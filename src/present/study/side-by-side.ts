import type { MetricPair, Side, SideBySide } from '../../parameter-study.js';
import { count, ratio, signed } from '../../readable.js';
import { type Block, heading, paragraph, remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import { csvCell } from '../export/csv-cell.js';
import { formatOf } from '../metrics.js';
import { wordFor } from '../sections/difference-word.js';
import { between } from '../sections/interval.js';

/** What has become better or worse from the first to the second, and whether it is more than luck. */
export function sideBySideBlocks({ a, b, pairs, unmatched }: SideBySide): readonly Block[] {
  const rows = pairs.flatMap(({ topologies: [own, other], metrics }): Row[] => [
    { name: own === other ? own : `${own} → ${other}` },
    ...metrics.filter(known).map(pair => ({ name: pair.metric, pair })),
  ]);
  const intervals = rows.some(({ pair }) => (pair?.ci95 ?? null) !== null);
  const all = rows.flatMap(({ pair }) => (pair === undefined || pair.ci95 === null ? [] : [pair]));
  const missing = [...unmatched.a.map(name => `${name} (a)`), ...unmatched.b.map(name => `${name} (b)`)];
  return [
    heading(1, 'Side by side'),
    paragraph(`a: ${describe(a)}`),
    paragraph(`b: ${describe(b)}`),
    ...table(rows, { key, groups: [{ columns: intervals ? [...figures, interval, word] : figures }] }),
    remark(basis(all)),
    ...(missing.length === 0 ? [] : [remark(`Only on one side: ${missing.join(', ')}.`)]),
  ];
}

type Row = { readonly name: string; readonly pair?: MetricPair };

const known = ({ a, b }: MetricPair): boolean => a !== null || b !== null;

function describe({ file, name, seed, replications }: Side): string {
  const often = replications === 1 ? 'one run' : `${count(replications)} replications`;
  return `${file} (${name}, seed ${seed}, ${often})`;
}

function basis(pairs: readonly MetricPair[]): string {
  if (pairs.length === 0)
    return 'Without replications on both sides nobody knows whether a difference is more than luck.';
  if (pairs.every(({ paired }) => paired))
    return 'Intervals are of the differences of the same replication, which share their luck (same seed).';
  return 'Intervals take the two sides for independent (Welch): give both the same seed and number of replications, and luck drops out.';
}

const key: Key<Row> = {
  head: 'topology',
  cell: ({ name }) => name,
  nested: ({ pair }) => pair !== undefined,
};

const figures: readonly Column<Row>[] = [
  { head: 'a', cell: ({ pair }) => (pair ? formatOf(pair.metric)(pair.a) : '') },
  { head: 'b', cell: ({ pair }) => (pair ? formatOf(pair.metric)(pair.b) : '') },
  { head: 'b / a', cell: ({ pair }) => (pair ? ratio(pair.ratio) : '') },
  { head: 'b − a', cell: ({ pair }) => (pair ? signed(formatOf(pair.metric))(pair.difference) : '') },
];

const interval: Column<Row> = {
  head: '95% interval',
  cell: ({ pair }) => (pair ? between(pair.ci95, signed(formatOf(pair.metric))) : ''),
};

const word: Column<Row> = {
  head: 'so b is',
  cell: ({ pair }) => (pair?.ci95 ? wordFor(pair, pair.ci95) : ''),
};

/** One row per pair of topologies and metric. */
export function sideBySideCsv({ pairs }: SideBySide): string {
  const head = ['a', 'b', 'metric', 'value a', 'value b', 'ratio', 'difference', 'low', 'high', 'paired'];
  const rows = pairs.flatMap(({ topologies, metrics }) =>
    metrics.map(({ metric, a, b, ratio: factor, difference, ci95, paired }) => [
      ...topologies,
      metric,
      ...[a, b, factor, difference, ci95?.[0], ci95?.[1]],
      paired,
    ]),
  );
  return [head, ...rows]
    .map(cells => `${cells.map(cell => csvCell(String(cell ?? ''))).join(',')}\n`)
    .join('');
}
