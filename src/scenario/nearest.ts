/** Which known name a misspelt one probably stands for. */

/**
 * Damerau-Levenshtein distance (optimal string alignment: insert, delete, replace, swap neighbours), or `limit` + 1
 * where it is more than `limit`.
 */
export function distance(a: string, b: string, limit: number): number {
  if (Math.abs(a.length - b.length) > limit) return limit + 1;
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, column) => column);
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    let least = i;
    for (let j = 1; j <= b.length; j += 1) {
      const same = a[i - 1] === b[j - 1];
      let cost = Math.min(last[j]! + 1, row[j - 1]! + 1, last[j - 1]! + (same ? 0 : 1));
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1])
        cost = Math.min(cost, beforeLast[j - 2]! + 1);
      row.push(cost);
      least = Math.min(least, cost);
    }
    if (least > limit) return limit + 1;
    beforeLast = last;
    last = row;
  }
  return Math.min(last[b.length]!, limit + 1);
}

/** No one misspells a name this long; comparing it would only cost time. */
const longest = 80;

/**
 * The known name nearest to `name`, or undefined where none is near: at most one edit for every three letters
 * of the longer one.
 * Case and the marks between words do not count (`base_memory` is `baseMemory`); the first of equals wins. Failing
 * that, the one of which it is the beginning.
 */
export function nearest(name: string, known: Iterable<string>): string | undefined {
  if (name.length > longest) return undefined;
  const plain = bare(name);
  if (plain === '') return undefined;
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of known) {
    const limit = Math.max(1, Math.floor(Math.max(plain.length, bare(candidate).length) / 3));
    const far = distance(plain, bare(candidate), limit);
    if (far > limit) continue;
    // Turning one or two letters into others is a different name, not a typing error.
    if (far < bestDistance && far < candidate.length - (candidate.length <= 2 ? 1 : 0)) {
      best = candidate;
      bestDistance = far;
    }
  }
  return best ?? abbreviated(plain, known);
}

/** The one known name that starts with what was written; of several, that with which all others start. */
function abbreviated(plain: string, known: Iterable<string>): string | undefined {
  const longer = plain.length < 2 ? [] : [...known].filter(name => bare(name).startsWith(plain));
  return longer.find(name => longer.every(other => bare(other).startsWith(bare(name))));
}

const bare = (name: string): string => name.toLowerCase().replace(/[\s_.-]/g, '');

/** ` (did you mean X?)`, or nothing. */
export function didYouMean(name: string, known: Iterable<string>): string {
  const near = nearest(name, known);
  return near === undefined ? '' : ` (did you mean ${near}?)`;
}
