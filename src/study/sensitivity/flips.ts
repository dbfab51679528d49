/** What a design review would decide differently: objectives with another outcome, designs in another order. */
import type { Flip } from '../../parameter-study.js';
import { meanInterval } from '../../statistics/mean-interval.js';
import { isSame, whole } from './effects.js';
import type { Observed } from './observed.js';

/** @param base all topologies; `moved` the same ones, in the same order */
export function flipsOf(
  base: readonly Observed[],
  moved: readonly Observed[],
  figure: string,
): readonly Flip[] {
  return [...objectives(base, moved), ...orders(base, moved, figure)];
}

function objectives(base: readonly Observed[], moved: readonly Observed[]): readonly Flip[] {
  return base.flatMap(({ topology, objectives: before }, i) =>
    before.flatMap(({ expr, outcome: from }, k): Flip[] => {
      const to = moved[i]!.objectives[k]!.outcome;
      return from === to ? [] : [{ kind: 'objective', topology, expr, from, to }];
    }),
  );
}

/** Pairs of designs of which another one is the better, where both are more than luck. */
function orders(base: readonly Observed[], moved: readonly Observed[], figure: string): readonly Flip[] {
  return base.flatMap((first, i) =>
    base.slice(i + 1).flatMap((second, k): Flip[] => {
      const from = betterOf(first, second, figure);
      const to = betterOf(moved[i]!, moved[i + 1 + k]!, figure);
      if (from === undefined || to === undefined || from === to) return [];
      return [{ kind: 'order', topologies: [first.topology, second.topology], from, to }];
    }),
  );
}

/** More of these is better; of all others less is. */
const MORE_IS_BETTER: ReadonlySet<string> = new Set(['succeeded', 'goodput']);

/**
 * The better of two designs by the figure: null where they are equal, undefined where luck may have decided. One that
 * has no such figure, since it fails, is the worse one; the times of designs that lose work are not compared, but
 * what they complete.
 */
export function betterOf(a: Observed, b: Observed, figure: string): string | null | undefined {
  const [own, other] = [whole(a.figures), whole(b.figures)];
  const ofSurvivors = figure.startsWith('latency.') || figure === 'makespan';
  if ((ofSurvivors && !(a.keepsWork && b.keepsWork)) || (own === null && other === null)) {
    return betterBy(whole(a.succeeded) ?? [], whole(b.succeeded) ?? [], true, [a.topology, b.topology]);
  }
  if (own === null || other === null) return own === null ? b.topology : a.topology;
  return betterBy(own, other, MORE_IS_BETTER.has(figure), [a.topology, b.topology]);
}

function betterBy(
  own: readonly number[],
  other: readonly number[],
  moreIsBetter: boolean,
  [a, b]: readonly [string, string],
): string | null | undefined {
  if (own.every((value, r) => isSame(value, other[r]!))) return null;
  const differences = own.map((value, r) => value - other[r]!);
  const { low, high } = meanInterval(differences) ?? { low: differences[0]!, high: differences[0]! };
  if (low <= 0 && high >= 0) return undefined;
  return high < 0 === moreIsBetter ? b : a;
}
