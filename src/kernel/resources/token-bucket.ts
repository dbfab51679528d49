/**
 * A token bucket: `rate` tokens a second up to `burst`, full at the beginning; a request takes one or is
 * refused. The level is brought up to date when it is asked, so the bucket causes no events.
 */
export class TokenBucket {
  private level: number;
  private since = 0;

  /** `rate` in requests per second (Infinity: never refuses), `burst` >= 1 in requests. */
  constructor(
    private readonly rate: number,
    private readonly burst: number,
  ) {
    this.level = burst;
  }

  /** Takes a token at `now` (seconds, never decreasing); false when there is none. */
  take(now: number): boolean {
    if (this.rate === Number.POSITIVE_INFINITY) return true;
    this.level = Math.min(this.burst, this.level + (now - this.since) * this.rate);
    this.since = now;
    // A token that is due at this very instant counts, whatever the rounding of the sum says.
    if (this.level < 1 - 1e-9) return false;
    this.level = Math.max(0, this.level - 1);
    return true;
  }
}
