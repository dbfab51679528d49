/**
 * The mean of results over replications. Results are trees of figures; every number in them becomes the mean over
 * the replications that have it, and its 95% interval is kept by its path.
 */
import { meanInterval } from '../../statistics/mean-interval.js';

/** What is known of the figures of a tree beyond their means, by path: `latency.p99`. */
export interface Spread {
  /** 95% Student interval of the mean; none for figures that fewer than two replications have. */
  readonly ci95: Record<string, readonly [number, number]>;
  /** How many replications have a figure, where some lack it. */
  readonly n: Record<string, number>;
}

/**
 * Averages trees of the same shape. A figure that no replication has is null. A key that a replication lacks is a
 * count of something that did not happen in it: 0. Lists of different lengths tell what happened in one run, and
 * stay those of the first; so do words and yes or no.
 */
export function averageOf<Tree>(trees: readonly Tree[], spread: Spread, path = ''): Tree {
  return average(trees, spread, path) as Tree;
}

function average(values: readonly unknown[], spread: Spread, path: string): unknown {
  const some = values.find(value => value !== null);
  if (typeof some === 'number') return averageFigure(values as readonly (number | null)[], spread, path);
  if (Array.isArray(some)) return averageList(values as readonly (readonly unknown[])[], spread, path);
  if (isTree(some)) return averageTree(values.filter(isTree), spread, path);
  return some ?? null;
}

function averageFigure(values: readonly (number | null)[], spread: Spread, path: string): number {
  const known = values.filter(value => value !== null);
  if (known.length < values.length) spread.n[path] = known.length;
  const interval = meanInterval(known);
  if (interval === null) return known[0]!;
  spread.ci95[path] = [interval.low, interval.high];
  return interval.mean;
}

function averageList(
  lists: readonly (readonly unknown[] | null)[],
  spread: Spread,
  path: string,
): readonly unknown[] {
  const [first] = lists.filter(list => list !== null);
  if (lists.some(list => list?.length !== first!.length)) return first!;
  return first!.map((element, i) =>
    average(
      lists.map(list => list![i]),
      spread,
      `${path}.${nameOf(element) ?? i}`,
    ),
  );
}

function averageTree(
  trees: readonly Readonly<Record<string, unknown>>[],
  spread: Spread,
  path: string,
): unknown {
  const keys = new Set(trees.flatMap(Object.keys));
  return Object.fromEntries(
    Array.from(keys, key => {
      const values = trees.map(tree => (Object.hasOwn(tree, key) ? tree[key] : 0));
      return [key, average(values, spread, path === '' ? key : `${path}.${key}`)];
    }),
  );
}

/** Background classes and the like go by their names, as in objectives. */
function nameOf(element: unknown): string | null {
  return isTree(element) && typeof element.name === 'string' ? element.name : null;
}

function isTree(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
