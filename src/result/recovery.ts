import type { Percentiles } from './durations.js';

/** How uploads came through scheduled faults, against the same workload replayed without them. */
export interface Recovery {
  /** The longest of the times of the incidents; null where one of them has none. */
  readonly time: number | null;
  /** Goodput never comes back although the last fault has ended; null where that cannot be told. */
  readonly metastable: boolean | null;
  /** In order; faults that overlap, or follow each other at once, are one. */
  readonly incidents: readonly Incident[];
  readonly undisturbed: {
    readonly offered: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly amplification: number | null;
    readonly completion: Percentiles;
  };
}

export interface Incident {
  /** Seconds on the scenario's clock. */
  readonly from: number;
  readonly until: number;
  /** Bytes delivered while it lasts, of those without the faults; null where there are none. */
  readonly share: number | null;
  /** Seconds from its start to the delivery from which on at least 90% of those bytes are delivered. */
  readonly time: number | null;
  /**
   * - recovered: `time` says when;
   * - overtaken: not before the next fault;
   * - metastable: never, although the load goes on after its end;
   * - cut-short: not, and the load does not go on for long enough to tell;
   * - no-load: nothing arrives from its start on.
   */
  readonly outcome: 'recovered' | 'overtaken' | 'metastable' | 'cut-short' | 'no-load';
}
