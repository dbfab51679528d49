import { bits, bytes, count, duration, type Format } from '../../readable.js';
import type { FleetResult, Result, Series, TopologyResult } from '../../result.js';
import type { Line } from '../chart/chart.js';
import { averages } from '../chart/resample.js';
import { valueAxis } from '../chart/value-axis.js';
import { type Block, type Remark, remark } from '../document/block.js';
import { chartBlocks } from './chart-blocks.js';
import { aboutOrigin } from './clock.js';
import { type Section, titled } from './section.js';
import { type TimeSpan, timeSpan } from './time-span.js';

/** What is drawn over time. */
interface Quantity {
  readonly title: string;
  readonly format: Format;
  /** What a value is multiplied by where it is written. */
  readonly factor?: number;
  readonly series: (series: Series) => readonly number[];
  /** Whether a topology has any; all have, where it is not said. */
  readonly has?: (topology: TopologyResult) => boolean;
  readonly limit?: (topology: TopologyResult) => number | null;
  /** Values up to this are not worth a chart. */
  readonly trifle?: number;
}

/** A limit that holds all the time: the capacity of a scaled fleet does not. */
const fixed =
  (capacity: (server: FleetResult) => number | null) =>
  ({ server }: TopologyResult): number | null =>
    server.autoscale === null ? capacity(server) : null;

const quantities: readonly Quantity[] = [
  { title: 'Uploads in flight', format: count, series: s => s.active, trifle: 1 },
  {
    title: 'Servers that requests are sent to',
    format: count,
    series: s => s.servers ?? [],
    has: t => t.series.servers !== null,
  },
  {
    title: 'Busy threads',
    format: count,
    series: s => s.threads,
    limit: fixed(s => s.threads.capacity),
    trifle: 1,
  },
  {
    title: 'Requests that wait for a thread',
    format: count,
    series: s => s.backlog,
    limit: fixed(s => s.backlog.capacity),
    trifle: 1,
  },
  {
    title: 'Memory of the servers',
    format: bytes,
    series: s => s.memory,
    limit: fixed(s => s.memory.capacity),
  },
  {
    title: 'Network into the servers',
    format: bits,
    factor: 8,
    series: s => s.networkIn,
    limit: fixed(s => s.networkIn.capacity),
  },
  {
    title: 'Network out of the servers',
    format: bits,
    factor: 8,
    series: s => s.networkOut,
    limit: fixed(s => s.networkOut.capacity),
  },
];

/** How the uploads, and the resources that they compete for, went over time. */
export const timeCharts: Section = result => {
  const span = timeSpan(result.topologies);
  if (span === null) return [];
  const charts = quantities.flatMap(quantity => chartOf(quantity, result, span));
  return titled('Over time', charts.length === 0 ? [] : [...charts, ...remarks(span)]);
};

function remarks({ axis, origin, cutFrom }: TimeSpan): readonly Remark[] {
  const list = [
    'Each column is an average over its span of time: short peaks look lower than in the tables. Lines in one place take turns.',
  ];
  if (cutFrom !== null)
    list.push(
      `Drawn up to ${duration(axis.to)}, when 99% of the uploads of each topology are over; what follows, up to ${duration(cutFrom - origin)}, is left out.`,
    );
  return [...list.map(remark), ...aboutOrigin(origin)];
}

function chartOf(quantity: Quantity, { topologies }: Result, span: TimeSpan): readonly Block[] {
  const { title, format, factor, series, has = () => true } = quantity;
  const shown = topologies.filter(has);
  if (!shown.some(t => saysSomething(quantity, t, span))) return [];
  const heights = shown.map(t => heightOf(quantity, t, span));
  const axis = valueAxis(Math.max(...heights), format, factor);
  const lines = shown.map(t => ({
    ...lineOf(t, topologies.indexOf(t), series(t.series), span),
    limit: quantity.limit?.(t) ?? null,
  }));
  return chartBlocks(title, { value: axis, time: span.axis, lines });
}

/** The highest value, or the limit above it where that is not too far away. */
function heightOf({ series, limit }: Quantity, t: TopologyResult, span: TimeSpan): number {
  const highest = Math.max(...drawn(series(t.series), t, span));
  const bound = limit?.(t) ?? null;
  return bound !== null && bound <= tooFar * highest ? Math.max(bound, highest) : highest;
}

/** A limit so many times higher than what was used would press the lines to the bottom. */
const tooFar = 5;

/** Whether a line moves at all, and comes anywhere near its limit where there is one. */
function saysSomething({ series, limit, trifle = 0 }: Quantity, t: TopologyResult, span: TimeSpan): boolean {
  const values = drawn(series(t.series), t, span);
  const highest = Math.max(...values);
  const moves = highest - Math.min(...values) > 0.01 * highest;
  const bound = limit?.(t) ?? null;
  return values.length > 1 && moves && highest > trifle && (bound === null || highest >= bound / outOfSight);
}

/** A limit so many times higher than what was used is no constraint: the tables say that better. */
const outOfSight = 20;

/** The bins that lie on the axis. */
function drawn(values: readonly number[], { series }: TopologyResult, { axis, origin }: TimeSpan): number[] {
  return values.filter((_, i) => series.time[i] - origin < axis.to);
}

function lineOf(
  t: TopologyResult,
  index: number,
  values: readonly number[],
  span: TimeSpan,
): Omit<Line, 'limit'> {
  const { axis, origin } = span;
  const steps = { time: t.series.time.map(at => at - origin), values, end: t.window[1] - origin };
  return {
    name: t.name,
    index,
    values: columns =>
      averages(steps, { from: axis.from, width: (axis.to - axis.from) / columns, count: columns }),
  };
}
