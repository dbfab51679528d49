/**
 * A distribution in a few values: those observed, in order, in twenty equal shares, each as its mean. So the mean of
 * all stays what it was; the longest twentieth is one value, and the very longest are not seen any more.
 */
const shares = 20;

/** Means of the shares, ascending; the values themselves where they are at most twenty. */
export function twentieths(values: readonly number[] | Float64Array): readonly number[] {
  const sorted = Float64Array.from(values).sort();
  const parts = Math.min(shares, sorted.length);
  return Array.from({ length: parts }, (_, part) => {
    const from = Math.floor((part * sorted.length) / parts);
    const to = Math.floor(((part + 1) * sorted.length) / parts);
    return sorted.subarray(from, to).reduce((sum, value) => sum + value, 0) / (to - from);
  });
}
