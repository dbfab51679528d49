import type { TimeBins } from './bins.js';

/** From this share of its capacity on a resource counts as saturated. */
export const SATURATED_SHARE = 1 - 1e-9;

/**
 * A quantity over time that is a straight line between changes: its exact integral, its peak, and when and for
 * how long it was saturated. Changes at one instant are one: only what holds for some time, or what is noted with
 * `notePeak`, counts for the peak.
 */
export class Usage {
  peak: number;
  saturatedAt: number | null = null;
  private value: number;
  private slope = 0;
  private since: number;
  private area = 0;
  private saturatedTime = 0;

  /** Seconds; `series` is a series of `bins`, or -1 for none. */
  constructor(
    public capacity: number,
    initial: number,
    private readonly origin: number,
    private readonly bins: TimeBins,
    private readonly series: number,
  ) {
    this.value = initial;
    this.since = origin;
    this.peak = initial;
  }

  /** Up to `now` the line went on; from now on it is `value`, growing by `slope` per second. */
  set(now: number, value: number, slope = 0): void {
    // Nothing to note: a level line goes on.
    if (value === this.value && slope === 0 && this.slope === 0) return;
    if (now > this.since) this.advance(now);
    // Before the measured window begins, what counts is where the line will be at its beginning.
    this.value = now < this.since ? value + slope * (this.since - now) : value;
    this.slope = slope;
  }

  /** From `now` on there is so much of it. */
  setCapacity(now: number, capacity: number): void {
    if (now > this.since) this.advance(now);
    this.capacity = capacity;
  }

  /** The line's value at `now`, which is not before its last change. */
  at(now: number): number {
    return this.slope === 0 ? this.value : this.value + this.slope * Math.max(0, now - this.since);
  }

  /** The peak was touched at an instant that did not last. */
  notePeak(now: number, value: number): void {
    if (now >= this.origin && value > this.peak) this.peak = this.withinCapacity(value);
  }

  noteSaturated(now: number): void {
    // It may have been saturated until now, by a line that is not yet accounted for.
    if (now > this.since) this.advance(now);
    if (now >= this.origin) this.saturatedAt ??= now;
  }

  /** Integral of the line up to `now`, in units x seconds. */
  integral(now: number): number {
    if (now > this.since) this.advance(now);
    return this.area;
  }

  mean(now: number): number {
    const area = this.integral(now);
    return now > this.origin ? area / (now - this.origin) : 0;
  }

  saturatedFor(now: number): number {
    if (now > this.since) this.advance(now);
    return this.saturatedTime;
  }

  /** A sum that exceeds the capacity by no more than its rounding is the capacity. */
  private withinCapacity(value: number): number {
    return value > this.capacity && value * SATURATED_SHARE <= this.capacity ? this.capacity : value;
  }

  private advance(now: number): void {
    const { since, value, slope } = this;
    const span = now - since;
    const end = slope === 0 ? value : value + slope * span;
    this.area += 0.5 * span * (value + end);
    const highest = Math.max(end, value);
    if (highest > this.peak) this.peak = this.withinCapacity(highest);
    if (slope === 0 && value >= SATURATED_SHARE * this.capacity && this.capacity > 0) {
      this.saturatedAt ??= since;
      this.saturatedTime += span;
    }
    if (this.series >= 0 && highest !== 0) this.bins.addLine(this.series, since, now, value, slope);
    this.since = now;
    this.value = end;
  }
}
