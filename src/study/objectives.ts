import { figureOf, type Interval, type ObjectiveResult } from '../result.js';
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
      const values = replications.map(figures => figureOf(figures, objective.metric));
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
