import type { Sweep, SweepPoint, SweptTopology } from '../../parameter-study.js';
import { type Figure, noValue, percent } from '../../readable.js';
import { figureOf, intervalOf } from '../../result.js';
import type { Line } from '../chart/chart.js';
import { valueAxis } from '../chart/value-axis.js';
import { type Block, list, paragraph, remark } from '../document/block.js';
import { type Column, type Key, table } from '../document/table.js';
import { csvCell } from '../export/csv-cell.js';
import { formatOf } from '../metrics.js';
import { chartBlocks } from '../sections/chart-blocks.js';
import { between } from '../sections/interval.js';
import { titled } from '../sections/section.js';
import type { Wishes } from '../view.js';
import { studyHeader } from './header.js';
import { named } from './resource-names.js';

/** What a sweep shows: the figure at each point, where it bends, and what is pressed hardest. */
export function sweepBlocks(sweep: Sweep, { chart }: Pick<Wishes, 'chart'>): readonly Block[] {
  const { points, figure, vary, missing } = sweep;
  const replications = new Set(points.map(point => point.replications));
  const facts = [
    `${points.length} points`,
    replications.size === 1 ? plural([...replications][0]!) : 'replications as each point needed',
  ];
  const partial =
    missing > 0 ? [paragraph({ text: `PARTIAL: interrupted; ${missing} points missing`, tone: 'bad' })] : [];
  return [
    ...partial,
    ...studyHeader(`${figure} over ${vary.map(({ path }) => path).join(' and ')}`, sweep, facts),
    ...titled(figure, tables(sweep)),
    ...(chart ? charts(sweep) : []),
    ...titled('Where it bends', knees(sweep)),
  ];
}

function plural(replications: number): string {
  return replications === 1 ? '1 replication' : `${replications} replications`;
}

function namesOf({ points }: Sweep): readonly string[] {
  return points[0]?.topologies.map(({ name }) => name) ?? [];
}

function at(point: SweepPoint, name: string): SweptTopology {
  return point.topologies.find(topology => topology.name === name)!;
}

/** One table for each topology: the figure, how sure it is, and what holds it back. */
function tables(sweep: Sweep): readonly Block[] {
  const { points, figure, vary } = sweep;
  const several = points.some(({ replications }) => replications > 1);
  return namesOf(sweep).flatMap(name => {
    const format = formatOf(figure);
    const knee = sweep.knees.find(({ topology }) => topology === name)?.value ?? null;
    const key: Key<SweepPoint> = {
      head: name,
      cell: ({ values }) =>
        vary.length === 1 ? values[0]! : vary.map(({ path }, i) => `${lastOf(path)} ${values[i]}`).join(', '),
      whole: true,
    };
    const columns: readonly Column<SweepPoint>[] = [
      {
        head: figure,
        cell: point => format(figureOf(at(point, name), figure)),
        tone: ({ values }) => (values[0] === knee ? 'warn' : undefined),
      },
      ...(several
        ? [
            {
              head: '95% interval',
              cell: (point: SweepPoint) => between(intervalOf(at(point, name), figure), format),
            },
          ]
        : []),
      { head: 'incomplete', cell: point => incomplete(at(point, name)) },
      { head: 'pressed hardest', align: 'left', cell: point => pressed(at(point, name)) },
      { head: '', align: 'left', cell: ({ values }) => (values[0] === knee ? '← knee' : '') },
    ];
    const shown = knee === null ? columns.slice(0, -1) : columns;
    return table(points, { key, groups: [{ columns: shown }] });
  });
}

function lastOf(path: string): string {
  return path.split('.').at(-1)!;
}

function incomplete({ uploads }: SweptTopology): string {
  return percent((uploads.failed + uploads.unfinished) / uploads.offered);
}

function pressed({ bottleneck }: SweptTopology): string {
  return bottleneck === null ? noValue : named(bottleneck);
}

/** Of one varied field: the figure against its values, evenly spaced as they were asked for. */
function charts(sweep: Sweep): readonly Block[] {
  const { points, figure, vary } = sweep;
  if (vary.length !== 1 || points.length < 2) return [];
  const names = namesOf(sweep);
  const values = names.map(name => points.map(point => figureOf(at(point, name), figure)));
  const known = values.flat().filter(value => value !== null);
  const top = Math.max(0, ...known);
  if (top === 0) return [];
  const lines = names.map(
    (name, index): Line => ({
      name,
      index,
      limit: null,
      values: columns => along(values[index]!, columns),
    }),
  );
  const axis = { points: points.map(point => point.values[0]!) };
  const title = `${figure} over ${vary[0]!.path}`;
  return chartBlocks(title, { value: valueAxis(top, formatOf(figure)), time: axis, lines });
}

/** The figure between the points, in a straight line from one to the next; nothing beside one that has none. */
function along(values: readonly Figure[], columns: number): (number | null)[] {
  return Array.from({ length: columns }, (_, column) => {
    const place = columns === 1 ? 0 : (column / (columns - 1)) * (values.length - 1);
    const before = values[Math.floor(place)] ?? null;
    const after = values[Math.ceil(place)] ?? null;
    if (before === null || after === null) return null;
    return before + (after - before) * (place - Math.floor(place));
  });
}

function knees({ knees: found, figure, vary }: Sweep): readonly Block[] {
  const climbing = found.filter(({ value }) => value !== null);
  if (climbing.length === 0) return [];
  const path = vary[0]!.path;
  return [
    list(
      climbing.map(
        ({ topology, value }) => `${topology}: from ${path} = ${value} on ${figure} climbs steeply`,
      ),
    ),
    remark('The knee is the point farthest below the line between the ends of the curve (Kneedle, 2011).'),
  ];
}

/** One row per point and topology. */
export function sweepCsv(sweep: Sweep): string {
  const figures = [
    ...['latency', 'completion'].flatMap(name =>
      ['mean', 'p50', 'p90', 'p95', 'p99', 'max'].map(statistic => `${name}.${statistic}`),
    ),
    ...['makespan', 'goodput', 'cost.total', 'cost.perMillionUploads'],
    ...['threads', 'memory', 'cpu', 'networkIn', 'networkOut'].map(part => `server.${part}.utilization`),
    sweep.figure,
  ].filter((name, i, all) => name !== 'completion.mean' && all.indexOf(name) === i);
  const head = [
    ...sweep.vary.map(({ path }) => path),
    'topology',
    'replications',
    'offered',
    'succeeded',
    'failed',
    'unfinished',
    ...figures.flatMap(name => [name, `${name}.low`, `${name}.high`]),
    'bottleneck',
  ];
  const rows = sweep.points.flatMap(({ values, replications, topologies }) =>
    topologies.map(topology => {
      const { offered, succeeded, failed, unfinished } = topology.uploads;
      return [
        ...values,
        topology.name,
        replications,
        ...[offered, succeeded, failed, unfinished],
        ...figures.flatMap(name => [
          figureOf(topology, name),
          ...(intervalOf(topology, name) ?? [null, null]),
        ]),
        topology.bottleneck,
      ];
    }),
  );
  return [head, ...rows]
    .map(cells => `${cells.map(cell => csvCell(String(cell ?? ''))).join(',')}\n`)
    .join('');
}
