/**
 * How often something has happened in the last `window` seconds: at instants in (now - window, now]. Brought up to date
 * when it is asked, so it causes no events; those of one instant take one place. O(1) for each, amortised.
 */
export class SlidingCount {
  /** Ascending; what lies before `first` has left the window. */
  private times: number[] = [];
  private counts: number[] = [];
  private first = 0;
  private total = 0;

  constructor(private readonly window: number) {}

  /** It happens at `now` (seconds, never decreasing). */
  add(now: number): void {
    this.total++;
    const { times, counts } = this;
    if (times.length > this.first && times[times.length - 1] === now) {
      counts[counts.length - 1]!++;
      return;
    }
    times.push(now);
    counts.push(1);
  }

  at(now: number): number {
    const { times, counts } = this;
    while (this.first < times.length && times[this.first]! <= now - this.window) {
      this.total -= counts[this.first]!;
      this.first++;
    }
    if (this.first > 1000 && this.first > times.length / 2) this.forget();
    return this.total;
  }

  private forget(): void {
    this.times = this.times.slice(this.first);
    this.counts = this.counts.slice(this.first);
    this.first = 0;
  }
}
