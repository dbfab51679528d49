import { percent } from '../../readable.js';
import type { CompletionCurve, Result, TopologyResult } from '../../result.js';
import type { Line } from '../chart/chart.js';
import { edgeOf, roundBelow, type TimeAxis } from '../chart/time-axis.js';
import { shareAxis } from '../chart/value-axis.js';
import { remark } from '../document/block.js';
import { hasWarmup } from '../verdict/words.js';
import { chartBlocks } from './chart-blocks.js';
import { type Section, titled } from './section.js';

/** How many of the uploads were complete how long after the user's click. */
export const distribution: Section = result => {
  const axis = axisOf(result);
  if (axis === null) return [];
  const chart = {
    value: shareAxis(percent),
    time: axis,
    lines: result.topologies.flatMap((t, index) => (hasTimes(t) ? [lineOf(t, index, axis)] : [])),
  };
  return titled('Time to completion', [
    ...chartBlocks(
      `Share of the uploads${hasWarmup(result) ? ' after the warm-up' : ''} that are complete, by the time since the user's click`,
      chart,
    ),
    ...(result.topologies.filter(hasTimes).some(loses) ? [remark(lost)] : []),
  ]);
};

const lost = 'A line that ends below 100% has lost the rest: they failed, or were unfinished at the horizon.';

/** Without a steady state there is nothing to draw. */
function hasTimes({ steady }: TopologyResult): boolean {
  return steady?.stable !== false;
}

function loses({ completionCurve }: TopologyResult): boolean {
  return completionCurve.seconds.at(-1) === null;
}

/** "proxy-buffered (60% complete)": the level on which its line stays, in whole percents that it reaches. */
function nameOf(t: TopologyResult): string {
  if (!loses(t)) return t.name;
  const { share, seconds } = t.completionCurve;
  const reached = share.findLast((_, i) => seconds[i] !== null) ?? 0;
  const some = reached === 0 && t.uploads.succeeded > 0;
  return `${t.name} (${some ? 'under 1%' : percent(reached)} complete)`;
}

/** Logarithmic where times differ by more than this factor. */
const wide = 20;

/** From the first to the last completion of all; null where a curve would have nothing to say. */
function axisOf({ topologies }: Result): TimeAxis | null {
  const times = topologies.flatMap(t => t.completionCurve.seconds.filter(s => s !== null && s > 0));
  if (times.length === 0 || topologies.every(t => t.uploads.offered <= 1)) return null;
  const first = Math.min(...times.map(Number));
  const last = Math.max(...times.map(Number));
  const log = last > wide * first;
  // Room for the level on which a line stays that never reaches the top.
  const more = topologies.filter(hasTimes).some(loses) ? (log ? 1.5 : 1.1) : 1;
  return { from: log ? roundBelow(first) : 0, to: last * more, log };
}

function lineOf(t: TopologyResult, index: number, axis: TimeAxis): Line {
  return {
    name: nameOf(t),
    index,
    limit: null,
    values: columns => sharesBy(t.completionCurve, axis, columns),
  };
}

/** The share that is complete at the right edge of each column; a line ends where it has reached the top. */
function sharesBy({ share, seconds }: CompletionCurve, axis: TimeAxis, columns: number): (number | null)[] {
  let done = 0;
  let reached = 0;
  return Array.from({ length: columns }, (_, column) => {
    if (reached === 1) return null;
    const edge = edgeOf(axis, column + 1, columns) * (1 + 1e-9);
    while (done < share.length && seconds[done] !== null && seconds[done]! <= edge) reached = share[done++];
    return reached;
  });
}
