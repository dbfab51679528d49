/** Order statistics (nearest rank) of durations in seconds; null where there is no value. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface Distribution extends Percentiles {
  readonly mean: number | null;
}

/** The distribution of completion over all uploads offered; both lists are equally long. */
export interface CompletionCurve {
  /** Shares of the uploads that count, ascending: 0.01 to 0.99 in steps of 0.01, 0.999, 1. */
  readonly share: readonly number[];
  /** Within how many seconds of their arrival so many were complete; null where the rank falls on one that was not. */
  readonly seconds: readonly (number | null)[];
}
