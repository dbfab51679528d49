/** When a bucket splits. */
export interface Splitting {
  /** Seconds for which requests have been refused again and again before it does. */
  readonly after: number;
  /** So many seconds without a refusal, and all begins anew. */
  readonly calm: number;
  /** The most parts that it splits into; may be Infinity. */
  readonly upTo: number;
}

/**
 * A token bucket of several equal parts that doubles their number while more is asked of it than it gives: what an
 * object store does that moves a busy range of keys to more machines. Each part adds `rate` tokens a second, and room
 * for `burst`; the keys are taken for spread evenly, so the parts are one bucket together.
 *
 * Overload begins with the first refusal and lasts until nothing has been refused for `calm`. When it has lasted for
 * `after`, the parts double at that very instant, with the tokens that there are; the next refusal begins another
 * overload. Example: rate 2, burst 3, `after` 10 s, and a request every 0.2 s. The level falls by 3 a second, and
 * the first refusal comes after about 1 s. From 11 s on there are 4 tokens a second, one too few; the next refusal
 * comes at once, and from about 21 s on there are 8.
 *
 * Everything is brought up to date when it is asked, so the bucket causes no events; O(1) for a request.
 */
export class SplittingBucket {
  /** The instants at which it split. */
  readonly splits: number[] = [];
  private level: number;
  private since = 0;
  /** NaN while there is no overload. */
  private overloadSince = Number.NaN;
  private lastRefusal = Number.NaN;

  /** `rate` in requests per second and `burst` >= 1 in requests, of one part; both finite or the rate Infinity. */
  constructor(
    private readonly rate: number,
    private readonly burst: number,
    /** Now. */
    public parts: number,
    private readonly splitting: Splitting,
  ) {
    this.level = burst * parts;
  }

  /** Takes a token at `now` (seconds, never decreasing); false when there is none. */
  take(now: number): boolean {
    if (this.rate === Number.POSITIVE_INFINITY) return true;
    this.pass(now);
    // A token that is due at this very instant counts, whatever the rounding of the sum says.
    if (this.level >= 1 - 1e-9) {
      this.level = Math.max(0, this.level - 1);
      return true;
    }
    this.lastRefusal = now;
    if (Number.isNaN(this.overloadSince)) this.overloadSince = now;
    return false;
  }

  /** Brings it up to date. */
  pass(now: number): void {
    const { after, calm, upTo } = this.splitting;
    const due = this.overloadSince + after;
    const over = this.lastRefusal + calm;
    if (over < due ? over < now : due <= now) {
      this.overloadSince = Number.NaN;
      if (over >= due && 2 * this.parts <= upTo) {
        this.fill(due);
        this.parts *= 2;
        this.splits.push(due);
      }
    }
    this.fill(now);
  }

  private fill(now: number): void {
    const { rate, burst, parts } = this;
    this.level = Math.min(burst * parts, this.level + (now - this.since) * rate * parts);
    this.since = now;
  }
}
