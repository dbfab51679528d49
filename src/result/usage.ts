/** A resource over the window. */
export interface Usage {
  readonly capacity: number | null;
  readonly mean: number;
  readonly peak: number;
  /** mean / capacity. */
  readonly utilization: number | null;
  readonly saturatedAt: number | null;
  readonly saturatedFor: number;
}

/**
 * A network direction over the window. Where its capacity changes, `capacity` is the time average of what it could
 * carry, so that `utilization` is still mean / capacity; `peak` may be above it.
 */
export interface DirectionUsage extends Usage {
  /** Null where it has no burst credit. */
  readonly burst: BurstUsage | null;
}

/** The burst credit of a direction; bytes, and bytes per second, on the wire. Of a fleet, sums of its servers'. */
export interface BurstUsage {
  /** Of one server: what lasts, and what it may carry while credit is left. */
  readonly baseline: number;
  readonly rate: number;
  /** At the start, and at the end of the window. */
  readonly credit: number;
  readonly left: number;
  /** The first instant at which none was left and it fell to its baseline (of any server); null where it never did. */
  readonly exhaustedAt: number | null;
  /** Seconds for which none was left (to at least one server). */
  readonly exhaustedFor: number;
}

export interface ThreadUsage extends Usage {
  readonly holdTime: {
    readonly mean: number | null;
    readonly p50: number | null;
    readonly p99: number | null;
  };
}
