/** A 95% confidence interval. */
export type Interval = readonly [low: number, high: number];

/** Replicating until a figure is known well enough. */
export interface PrecisionReached {
  /** Path of the figure: `latency.p99`. */
  readonly figure: string;
  /** Half-width of the interval as a share of the mean: the largest that was allowed. */
  readonly wanted: number;
  /** The same as it is, by topology; null where fewer than two replications have the figure. */
  readonly halfWidths: Readonly<Record<string, number | null>>;
  readonly reached: boolean;
}
