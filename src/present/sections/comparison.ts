import { ratio, signed } from '../../readable.js';
import type { Comparison } from '../../result.js';
import { remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import { formatOf } from '../metrics.js';
import { isSame, wordFor } from './difference-word.js';
import { between } from './interval.js';
import { type Section, titled } from './section.js';

/** A pair of topologies, or one metric beneath it. */
type Row = { readonly pair: Comparison; readonly metric?: Comparison };

/** How each topology stands against the baseline. */
export const comparison: Section = result => {
  const known = result.comparison.filter(entry => entry.ratio !== null || entry.difference !== null);
  const rows = known.flatMap((entry, i): Row[] =>
    i > 0 && samePair(entry, known[i - 1])
      ? [{ pair: entry, metric: entry }]
      : [{ pair: entry }, { pair: entry, metric: entry }],
  );
  const [baseline, ...others] = new Set(result.comparison.map(entry => entry.baseline));
  const intervals = result.comparison.some(entry => entry.ci95 !== null);
  const columns = intervals ? [...figures, interval, word] : figures;
  const to = others.length > 0 ? '' : `Ratios and differences are to ${baseline}. `;
  const lost =
    known.length < result.comparison.length
      ? 'What is not listed cannot be compared: uploads that do not complete have no times.'
      : '';
  const remarks = known.length > 0 && to + lost !== '' ? [remark((to + lost).trim())] : [];
  return titled('Comparison', [
    ...table(rows, { key: others.length > 0 ? bothKey : key, groups: [{ columns }] }),
    ...remarks,
  ]);
};

function samePair(a: Comparison, b: Comparison): boolean {
  return a.baseline === b.baseline && a.topology === b.topology;
}

const key: Key<Row> = {
  head: 'topology',
  cell: ({ pair, metric }) => metric?.metric ?? pair.topology,
  nested: row => row.metric !== undefined,
};

/** Where baselines differ, each pair has to name its own. */
const bothKey: Key<Row> = {
  ...key,
  cell: ({ pair, metric }) => metric?.metric ?? `${pair.topology} against ${pair.baseline}`,
};

const figures: readonly Column<Row>[] = [
  { head: 'ratio', cell: ({ metric }) => (metric ? ratio(metric.ratio) : '') },
  {
    head: 'difference',
    cell: ({ metric }) =>
      metric ? signed(formatOf(metric.metric))(isSame(metric) ? 0 : metric.difference) : '',
  },
];

const interval: Column<Row> = {
  head: '95% interval',
  cell: ({ metric }) => (metric ? between(metric.ci95, signed(formatOf(metric.metric))) : ''),
};

/** What may be said of the difference: only what its interval bears out. */
const word: Column<Row> = {
  head: 'so it is',
  cell: ({ metric }) => (metric?.ci95 ? wordFor(metric, metric.ci95) : ''),
};
