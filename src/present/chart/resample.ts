/** A function of time that is constant between instants: `values[i]` holds from `time[i]` to the next, or `end`. */
export interface Steps {
  readonly time: readonly number[];
  readonly values: readonly number[];
  /** Seconds, as `time`. */
  readonly end: number;
}

/** Columns side by side, each as wide in seconds. */
export interface Columns {
  readonly from: number;
  readonly width: number;
  readonly count: number;
}

/** Less of a column than this is an error of rounding, and no reason to draw it. */
const sliver = 1e-6;

/**
 * The average of the function over the part of each column for which it is known; null where it is not. Averages
 * times these parts add up to the integral of the function: nothing is sampled.
 */
export function averages({ time, values, end }: Steps, columns: Columns): (number | null)[] {
  const sums = Array.from({ length: columns.count }, () => 0);
  const known = Array.from({ length: columns.count }, () => 0);
  const edge = (column: number) => columns.from + column * columns.width;
  values.forEach((value, i) => {
    const from = Math.max(time[i], columns.from);
    const to = Math.min(time[i + 1] ?? end, edge(columns.count));
    const first = Math.max(0, Math.floor((from - columns.from) / columns.width) - 1);
    for (let column = first; column < columns.count && edge(column) < to; column++) {
      const span = Math.min(to, edge(column + 1)) - Math.max(from, edge(column));
      if (span <= 0) continue;
      sums[column] += span * value;
      known[column] += span;
    }
  });
  return sums.map((sum, i) => (known[i] > sliver * columns.width ? sum / known[i] : null));
}
