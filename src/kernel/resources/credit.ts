/**
 * Credit that is spent above a baseline and earned below it: a token bucket with a peak rate, in its fluid limit (RFC
 * 2215, the TOKEN_BUCKET_TSPEC: no interval of length T carries more than min(peak T, credit + baseline T)). The
 * level is a straight line between changes of the use, so the instants at which it is empty or full are solved for:
 * 283.5 GB that are spent at (6 - 0.6) Gbps, 675 MB/s, last for 420 s.
 *
 * While anything is left, the peak may be carried; when nothing is, the baseline. A link that has run out and is full
 * at its baseline spends what it earns: it stays where it is. As soon as less is asked of it than the baseline, it
 * earns, and may carry its peak again, however little that is: since it was not full, nobody moves faster at that
 * instant. So the capacity falls at most once between two changes that come from elsewhere, and never flutters.
 */

/** A use nearer than this share to the baseline is the baseline, seen through rounding. */
const SAME = 1e-9;

export class Credit {
  /** Nothing is left, and nothing is earned. */
  exhausted = false;
  /** The level at `since`, and by how much it grows per second from there. */
  level: number;
  slope = 0;
  private since = 0;
  private use = 0;

  /** Starts full at time 0. `size` in units, `baseline` in units per second. */
  constructor(
    readonly size: number,
    private baseline: number,
  ) {
    this.level = size;
  }

  at(now: number): number {
    return Math.min(this.size, Math.max(0, this.level + this.slope * (now - this.since)));
  }

  /** From `now` on so much is used (units per second), which is known to be no more than it may. */
  setUse(now: number, use: number): void {
    this.use = use;
    if (this.earned() > 0) this.exhausted = false;
    this.follow(now);
  }

  /** From `now` on so much is earned (units per second); what is used then is yet to be told. */
  setBaseline(now: number, baseline: number): void {
    this.baseline = baseline;
    this.follow(now);
  }

  /** The instant at which the level meets an end and its line changes; Infinity where it never does. */
  nextTime(): number {
    if (this.slope === 0) return Number.POSITIVE_INFINITY;
    const room = this.slope > 0 ? this.size - this.level : this.level;
    return this.since + room / Math.abs(this.slope);
  }

  /** The level has met the end to which its line leads. */
  meetEnd(now: number): void {
    this.exhausted = this.slope < 0;
    this.level = this.exhausted ? 0 : this.size;
    this.since = now;
    this.slope = 0;
  }

  private earned(): number {
    const { baseline, use } = this;
    return Math.abs(use - baseline) <= SAME * baseline ? 0 : baseline - use;
  }

  private follow(now: number): void {
    this.level = this.at(now);
    this.since = now;
    const earned = this.earned();
    const atEnd = this.exhausted || (earned > 0 && this.level === this.size);
    this.slope = atEnd ? 0 : earned;
  }
}
