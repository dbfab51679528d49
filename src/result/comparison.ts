import type { Interval } from './precision.js';

export interface Comparison {
  readonly baseline: string;
  readonly topology: string;
  readonly metric: string;
  /** topology / baseline; null where one side is missing or a design fails 1% or more of its uploads. */
  readonly ratio: number | null;
  /** topology - baseline. */
  readonly difference: number | null;
  /** Of the difference, from the differences of the same replication; null for fewer than two. */
  readonly ci95: Interval | null;
  /** Of the ratio, likewise. */
  readonly ratioCi95: Interval | null;
  /**
   * Share of the difference's variance that replaying the same workload has saved, against independent runs of the
   * two; negative where it has added to it.
   */
  readonly varianceSaved: number | null;
}
