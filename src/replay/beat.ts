/**
 * The multiples of a period on the scenario's clock, as instants of the replay's, whose zero is the scenario's `epoch`.
 * Each is computed anew, so that no rounding adds up.
 */
export class Beat {
  private last: number;

  /** Seconds. The first beat is the first one after `epoch`, or at it where that counts. */
  constructor(
    private readonly period: number,
    private readonly epoch: number,
    atEpoch: boolean,
  ) {
    this.last = atEpoch ? Math.ceil(epoch / period) - 1 : Math.floor(epoch / period);
  }

  /** The next beat that is not before `now`; none is given twice. */
  next(now: number): number {
    const { period, epoch } = this;
    let beat = Math.max(this.last + 1, Math.floor((now + epoch) / period));
    while (beat * period - epoch < now) beat++;
    this.last = beat;
    return beat * period - epoch;
  }
}

/**
 * Places in the order of an instant behind everything else that happens at it: who looks at the servers sees what
 * became of them, and those who arrive at the instant were sent before.
 */
export const LAST = { healthChecks: Number.MAX_SAFE_INTEGER - 1, autoscaling: Number.MAX_SAFE_INTEGER };
