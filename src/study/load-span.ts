import type { Scenario } from '../scenario/types.js';

/**
 * Seconds over which the uploads of a scenario arrive, which is what it takes to say how many there are in a month.
 * Null where they come at one instant: a burst says nothing of how often there is one.
 */
export function loadSpanOf({ workload, horizon }: Scenario): number | null {
  const { arrivals } = workload.uploads;
  if (arrivals.kind === 'burst') return null;
  if (arrivals.kind === 'trace') {
    const { start } = arrivals.trace;
    let [first, last] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
    for (const instant of start) {
      first = Math.min(first, instant);
      last = Math.max(last, instant);
    }
    return positive(Math.min(last, horizon) - first);
  }
  return positive(Math.min(endOf(arrivals), horizon));
}

type Steady = Exclude<Scenario['workload']['uploads']['arrivals'], { kind: 'burst' | 'trace' }>;

function endOf(arrivals: Steady): number {
  switch (arrivals.kind) {
    case 'spread':
      return arrivals.over;
    case 'poisson':
      return arrivals.pieces.at(-1)?.until ?? 0;
    case 'constant':
    case 'closed':
      return arrivals.for;
  }
}

function positive(span: number): number | null {
  return span > 0 && Number.isFinite(span) ? span : null;
}
