/** `warmup: auto`. Instants are seconds on the scenario's clock, as a warm-up that is given. */
export interface FoundWarmup {
  readonly given: 'auto';
  /** The latest of those of the topologies: earlier arrivals are in no percentile of any. 0: none is left out. */
  readonly seconds: number;
  /** The arrival with which the start-up of each is over; null where its latencies have not settled. */
  readonly byTopology: Readonly<Record<string, number | null>>;
}

/** Whether there is anything that the times of a steady-state scenario, one with a warm-up, could be times of. */
export interface Steady {
  readonly stable: boolean;
  /**
   * Why not; null where nothing speaks against it.
   * - overload: more uploads are offered than a resource can serve, and the queue before it grows without end;
   * - unsettled: in the pilot of `warmup: auto` the latencies had not settled, or there were too few of them.
   */
  readonly reason: 'overload' | 'unsettled' | null;
  /** What is overloaded, with the uploads per second that are offered and that it can serve; null where unknown. */
  readonly resource: string | null;
  readonly offered: number | null;
  readonly capacity: number | null;
}
