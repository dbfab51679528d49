/**
 * How much a design can carry: the largest value of a field at which it still meets its objectives (or the smallest,
 * such as servers for a load), by bisection between a value at which it does and one at which it does not.
 */
import type { Point, Span } from './range.js';

export type Verdict = 'pass' | 'fail' | 'inconclusive';

/** One value that was tried. */
export interface Trial<Evidence> {
  readonly point: Point;
  readonly verdict: Verdict;
  readonly evidence: Evidence;
}

export interface Capacity<Evidence> {
  /** The last value that meets the objectives; null where not even the end of the range does. */
  readonly met: Trial<Evidence> | null;
  /** The nearest value beyond that does not, for certain; null where the whole range does. */
  readonly missed: Trial<Evidence> | null;
  /** Values between them at which the interval still held the limit when the budget was spent. */
  readonly open: readonly Trial<Evidence>[];
  /** In the order in which they were tried. */
  readonly trials: readonly Trial<Evidence>[];
}

export interface Search {
  /** Look for the smallest value instead of the largest. */
  readonly smallest: boolean;
  /** How near the two values shall be, as a share of the smaller one; whole numbers never nearer than 1. */
  readonly tolerance: number;
}

/** Beyond this factor between the ends, the middle is the geometric one. */
const WIDE = 4;

/**
 * Needs a design whose objectives are met on one side of some value and missed on the other. A value that stays
 * undecided counts as not met, so that what is called met is so; the search goes on below it (or above).
 */
export async function findCapacity<Evidence>(
  span: Span,
  { smallest, tolerance }: Search,
  judge: (point: Point) => Promise<{ readonly verdict: Verdict; readonly evidence: Evidence }>,
): Promise<Capacity<Evidence>> {
  const trials: Trial<Evidence>[] = [];
  const attempt = async (value: number): Promise<Trial<Evidence>> => {
    const point = span.at(value);
    const trial = { point, ...(await judge(point)) };
    trials.push(trial);
    return trial;
  };
  const [easy, hard] = smallest ? [span.high, span.low] : [span.low, span.high];
  let met = await attempt(easy);
  if (met.verdict !== 'pass') return outcome(null, met, trials);
  let short = await attempt(hard);
  if (short.verdict === 'pass') return outcome(short, null, trials);
  for (;;) {
    const middle = between(met.point.value!, short.point.value!, span.whole, tolerance);
    if (middle === null) return outcome(met, short, trials);
    const trial = await attempt(middle);
    if (trial.point.text === met.point.text || trial.point.text === short.point.text) {
      return outcome(met, short, trials);
    }
    if (trial.verdict === 'pass') met = trial;
    else short = trial;
  }
}

/** The value to try next; null where the two are near enough. */
function between(a: number, b: number, whole: boolean, tolerance: number): number | null {
  const [low, high] = a < b ? [a, b] : [b, a];
  const near = Math.max(whole ? 1 : 0, tolerance * low);
  if (high - low <= near) return null;
  const middle = low > 0 && high > WIDE * low ? Math.sqrt(low * high) : (low + high) / 2;
  return whole ? Math.min(high - 1, Math.max(low + 1, Math.round(middle))) : middle;
}

/** What was undecided between the two, and, where the nearest value short of the mark is such a one, the nearest sure miss. */
function outcome<Evidence>(
  met: Trial<Evidence> | null,
  short: Trial<Evidence> | null,
  trials: readonly Trial<Evidence>[],
): Capacity<Evidence> {
  const open = trials.filter(({ verdict }) => verdict === 'inconclusive');
  const sure = trials.filter(({ verdict }) => verdict === 'fail');
  const from = met?.point.value ?? short?.point.value ?? 0;
  const distance = ({ point }: Trial<Evidence>) => Math.abs(point.value! - from);
  const missed =
    short === null || short.verdict === 'fail'
      ? short
      : (sure.toSorted((a, b) => distance(a) - distance(b))[0] ?? null);
  return { met, missed, open, trials };
}
