export interface Series {
  /** Seconds; the last bin may be cut short by the end of the window. */
  readonly binWidth: number;
  /** Start of each bin. */
  readonly time: readonly number[];
  /** Time averages over each bin. */
  readonly active: readonly number[];
  readonly threads: readonly number[];
  readonly backlog: readonly number[];
  readonly memory: readonly number[];
  readonly cpu: readonly number[];
  readonly networkIn: readonly number[];
  readonly networkOut: readonly number[];
  readonly storageIn: readonly number[];
  /** Null for topologies that do not spool. */
  readonly disk: readonly number[] | null;
  /** What directions could carry, where that changes; null elsewhere. */
  readonly networkInCapacity: readonly number[] | null;
  readonly networkOutCapacity: readonly number[] | null;
  readonly storageInCapacity: readonly number[] | null;
  /** Burst credit that was left, bytes on the wire; null where there is none. */
  readonly networkInCredit: readonly number[] | null;
  readonly networkOutCredit: readonly number[] | null;
  readonly storageInCredit: readonly number[] | null;
  /** Servers that the balancer sends requests to; null where they never change. */
  readonly servers: readonly number[] | null;
  /** Uploads that ended well in each bin (a count). */
  readonly completed: readonly number[];
  /** Uploads that ended in failure in each bin (a count). */
  readonly failed: readonly number[];
}
