import type { Interval, ObjectiveResult } from '../result.js';
import type { Objective } from '../scenario/types.js';
import { meanInterval } from '../statistics/mean-interval.js';
import type { Figures } from './figures.js';

/**
 * Judges the objectives that concern a topology by its replications: by the figure itself where there is one, by the
 * 95% interval of its mean where there are several. A figure that does not exist in all of them meets no objective.
 */
export function judge(objectives: readonly Objective[], replications: readonly Figures[]): ObjectiveResult[] {
  const { name } = replications[0]!;
  return objectives
    .filter(({ topology }) => topology === 'all' || topology === name)
    .map(objective => {
      const values = replications.map(figures => metricOf(figures, objective.metric));
      const { expr } = objective;
      if (values.includes(null)) {
        const unsteady =
          isTime(objective.metric) && replications.every(({ steady }) => steady?.stable === false);
        const reason = unsteady ? 'no-steady-state' : null;
        return { expr, ok: false, outcome: 'fail', value: null, ci95: null, reason };
      }
      const known = values as readonly number[];
      const interval = meanInterval(known);
      const ci95: Interval | null = interval && [interval.low, interval.high];
      const outcome = outcomeOf(ci95 ?? [known[0]!, known[0]!], objective);
      return {
        expr,
        ok: outcome === 'pass',
        outcome,
        value: interval?.mean ?? known[0]!,
        ci95,
        reason: null,
      };
    });
}

/** What a design without a steady state does not have. */
function isTime(metric: string): boolean {
  return /(?:^|\.)(?:latency|completion|timeToToken|slowdown)\./.test(metric);
}

function outcomeOf([low, high]: Interval, { comparison, limit }: Objective): ObjectiveResult['outcome'] {
  const [atLow, atHigh] = [compare(low, comparison, limit), compare(high, comparison, limit)];
  if (atLow !== atHigh) return 'inconclusive';
  return atLow ? 'pass' : 'fail';
}

function compare(value: number, comparison: Objective['comparison'], limit: number): boolean {
  switch (comparison) {
    case '<':
      return value < limit;
    case '<=':
      return value <= limit;
    case '>':
      return value > limit;
    case '>=':
      return value >= limit;
  }
}

/** What metrics are read from. */
export type Measured = Pick<Figures, 'uploads' | 'background'>;

/** The figure that a metric names, null where it does not exist. */
export function metricOf(figures: Measured, metric: string): number | null {
  const { uploads } = figures;
  if (metric === 'failed' || metric === 'succeeded' || metric === 'unfinished') {
    return share(uploads[metric], uploads.offered);
  }
  if (metric === 'amplification') return uploads.amplification;
  if (metric.startsWith('failures.')) {
    return share(uploads.failures[metric.slice('failures.'.length)] ?? 0, uploads.offered);
  }
  if (metric === 'retriesDenied') return uploads.retriesDenied;
  if (metric.startsWith('background.')) return backgroundMetric(figures, metric.slice('background.'.length));
  return at(figures, metric.split('.'));
}

/** Names of background classes may hold dots: the class is the one whose name the metric begins with. */
function backgroundMetric(figures: Measured, metric: string): number | null {
  for (const background of figures.background) {
    if (!metric.startsWith(`${background.name}.`)) continue;
    const rest = metric.slice(background.name.length + 1);
    if (rest === 'failed') return share(background.failed, background.offered);
    const value = at(background, rest.split('.'));
    if (value !== null) return value;
  }
  return null;
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function at(root: unknown, path: readonly string[]): number | null {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'number' ? value : null;
}
