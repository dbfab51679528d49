/** What moving one parameter does to the figure of a topology: paired, replication by replication. */
import type { Effect, MovedParameter, Standing } from '../../parameter-study.js';
import type { Interval } from '../../result.js';
import { meanInterval } from '../../statistics/mean-interval.js';
import type { Observed } from './observed.js';

/** Relative difference of figures that are equal but for rounding: sums of the same bytes in another order. */
const ROUNDING = 1e-9;

export function standingOf({ topology, figures, succeeded }: Observed): Standing {
  const values = whole(figures);
  return {
    topology,
    figure: values && meanOf(values),
    ci95: values && intervalOf(values),
    succeeded: meanOrNull(succeeded),
  };
}

/** @param moved the same topology at a point; the same replications as `base` */
export function effectOf(base: Observed, moved: Observed): Effect {
  const [before, after] = [whole(base.figures), whole(moved.figures)];
  const pairs = before && after ? before.map((value, r) => [value, after[r]!] as const) : null;
  const differences = pairs?.map(([from, to]) => to - from) ?? null;
  const ratios = pairs?.every(([from]) => from !== 0) ? pairs.map(([from, to]) => to / from) : null;
  return {
    ...standingOf(moved),
    ratio: ratios && meanOf(ratios),
    ratioCi95: ratios && intervalOf(ratios),
    difference: differences && meanOf(differences),
    differenceCi95: differences && intervalOf(differences),
    outcome: outcomeOf(base, moved),
  };
}

function outcomeOf(base: Observed, moved: Observed): Effect['outcome'] {
  const [before, after] = [whole(base.figures), whole(moved.figures)];
  if (before === null && after !== null) return 'gained';
  if (before !== null && after === null) return 'lost';
  const figure = before === null || after === null ? 'none' : change(before, after);
  const share = change(whole(base.succeeded) ?? [], whole(moved.succeeded) ?? []);
  if (figure === 'changed' || share === 'changed') return 'changed';
  return figure === 'uncertain' || share === 'uncertain' ? 'uncertain' : 'none';
}

function change(before: readonly number[], after: readonly number[]): 'none' | 'changed' | 'uncertain' {
  const same = before.every((value, r) => isSame(value, after[r]!));
  if (same) return 'none';
  const interval = intervalOf(after.map((value, r) => value - before[r]!));
  return interval !== null && interval[0] <= 0 && interval[1] >= 0 ? 'uncertain' : 'changed';
}

/** Equal but for rounding. */
export function isSame(a: number, b: number): boolean {
  return Math.abs(a - b) <= ROUNDING * Math.max(Math.abs(a), Math.abs(b));
}

/** A figure that one replication does not have is no figure of the design. */
export function whole(values: readonly (number | null)[]): readonly number[] | null {
  return values.length > 0 && values.every(value => value !== null) ? values : null;
}

/**
 * How strongly a parameter acts, by its effects that are more than luck: |ln ratio| of the figure, so that twice and
 * half are as far from 1, or the change of the share that succeeded. Infinite where a figure appears, disappears or
 * leaves 0.
 */
export function strengthOf(effects: readonly { readonly effect: Effect; readonly base: Standing }[]): number {
  return Math.max(
    0,
    ...effects.map(({ effect, base }) => {
      const { outcome, ratio, difference, succeeded } = effect;
      if (outcome === 'none' || outcome === 'uncertain') return 0;
      if (outcome === 'lost' || outcome === 'gained') return Number.POSITIVE_INFINITY;
      const share = Math.abs((succeeded ?? 0) - (base.succeeded ?? 0));
      if (difference === null) return share;
      if (ratio === null) return difference === 0 ? share : Number.POSITIVE_INFINITY;
      return Math.max(share, Math.abs(Math.log(ratio)));
    }),
  );
}

type Ranked = Pick<MovedParameter, 'strength' | 'topologies'>;

/** The strongest first; of those beyond all numbers the one that changes the most designs, then what succeeds the most. */
export function byStrength(a: Ranked, b: Ranked): number {
  const [first, second] = [a.strength ?? Number.POSITIVE_INFINITY, b.strength ?? Number.POSITIVE_INFINITY];
  if (first !== second) return second - first;
  if (first > 0) return extent(b) - extent(a);
  return count(b, 'uncertain') - count(a, 'uncertain');
}

/** Designs and moves with which a figure comes or goes. */
function extent(parameter: Ranked): number {
  return count(parameter, 'lost') + count(parameter, 'gained');
}

function count({ topologies }: Ranked, outcome: Effect['outcome']): number {
  return topologies.flatMap(({ low, high }) => [low, high]).filter(effect => effect?.outcome === outcome)
    .length;
}

function meanOf(values: readonly number[]): number {
  return meanInterval(values)?.mean ?? values[0]!;
}

function meanOrNull(values: readonly (number | null)[]): number | null {
  const known = whole(values);
  return known && meanOf(known);
}

function intervalOf(values: readonly number[]): Interval | null {
  const interval = meanInterval(values);
  return interval && [interval.low, interval.high];
}
