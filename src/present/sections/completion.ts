import { count, duration, rate } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { remark } from '../document/block.js';
import { type Column, type Group, table } from '../document/table.js';
import { hasWarmup, listed } from '../verdict/words.js';
import { type Section, titled } from './section.js';

type Col = Column<TopologyResult>;

/** How the uploads of each topology fared, and how long they took. */
export const completion: Section = result => {
  const rows = result.topologies;
  const groups: Group<TopologyResult>[] = [
    { title: 'uploads', columns: outcome(rows) },
    { title: 'time to completion', columns: times(t => t.completion, ['p50', 'p95', 'p99', 'max']) },
    { title: 'latency of successes', columns: times(t => t.latency, ['mean', 'p50', 'p99']) },
  ];
  if (rows.some(t => t.timeToToken !== null))
    groups.push({
      title: 'time to the signed URL',
      columns: times(t => t.timeToToken, ['mean', 'p50', 'p99']),
    });
  groups.push({ columns: throughput });
  const remarks: string[] = [];
  remarks.push(...aboutMissing(result));
  if (rows.some(t => t.quantiles === 'histogram'))
    remarks.push('Percentiles are from a histogram, with at most 0.1% relative error.');
  return titled('Uploads', [...table(rows, { key, groups }), ...remarks.map(remark)]);
};

/** Why times are missing: a rank falls on a failure, or no upload counts since all arrived within the warm-up. */
function aboutMissing(result: Result): readonly string[] {
  const unsteady = result.topologies.filter(t => t.steady?.stable === false).map(t => t.name);
  const without =
    unsteady.length === 0
      ? []
      : [
          `${listed(unsteady)}: — in place of times, since there is no steady state that they could be times of.`,
        ];
  return [...without, ...aboutFailures(result)];
}

function aboutFailures(result: Result): readonly string[] {
  const missing = result.topologies.filter(
    t => t.completion.max === null && t.uploads.offered > 0 && t.steady?.stable !== false,
  );
  if (missing.length === 0) return [];
  const none = missing.filter(t => t.uploads.succeeded === t.uploads.offered);
  if (none.length === missing.length)
    return ['All uploads arrived within the warm-up, so none counts: — in place of times.'];
  const failure = '— where the rank falls on one that did not succeed';
  return [
    hasWarmup(result)
      ? `Completion counts every upload that arrived after the warm-up; ${failure}, or where there is none.`
      : `Completion counts every upload offered; ${failure}.`,
  ];
}

const key: Col = { head: 'topology', cell: t => t.name };

const throughput: readonly Col[] = [
  { head: 'makespan', cell: t => duration(t.makespan) },
  { head: 'goodput', cell: t => rate(t.goodput) },
];

function outcome(rows: readonly TopologyResult[]): readonly Col[] {
  const columns: Col[] = [
    { head: 'offered', cell: t => count(t.uploads.offered) },
    { head: 'succeeded', cell: t => count(t.uploads.succeeded) },
    {
      head: 'failed',
      cell: t => count(t.uploads.failed),
      tone: t => (t.uploads.failed > 0 ? 'bad' : undefined),
    },
  ];
  if (rows.some(t => t.uploads.unfinished > 0))
    columns.push({
      head: 'unfinished',
      cell: t => count(t.uploads.unfinished),
      tone: t => (t.uploads.unfinished > 0 ? 'warn' : undefined),
    });
  return columns;
}

function times<Name extends string>(
  from: (topology: TopologyResult) => Readonly<Record<Name, number | null>> | null,
  names: readonly Name[],
): readonly Col[] {
  return names.map(name => ({ head: name, cell: t => duration(from(t)?.[name]) }));
}
