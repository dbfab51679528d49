/**
 * A level that grows continuously, such as memory into which bodies are received. Between events it is a straight
 * line, level(t) = level + growth * (t - since), so the instant at which it meets its limit is solved for and
 * not noticed at the next event: 500 MB of 16 GB in use, growing at 117.7 MB/s, meets it after
 * (16e9 - 500e6) / 117.7e6 = 131.7 s. Every operation costs O(1).
 */

/**
 * Reaching the limit is not exceeding it. Levels and limits are computed by different sums, so what counts as
 * exceeded lies this share higher: far above their rounding, far below anything that is measured.
 */
const LIMIT_TOLERANCE = 1e-12;

export interface LevelObserver {
  /** The level jumped or its growth (units per second) changed; called after the change. */
  levelChanged(now: number, level: number, growth: number): void;
}

export class Level {
  /** The highest level at any change, and the most that was left over when nobody held anything any more. */
  highest: number;
  largestResidue = 0;
  private level: number;
  private growth = 0;
  private since = 0;
  private readonly tolerated: number;

  /** Starts at `base`, to which it returns when emptied. `limit` may be Infinity. */
  constructor(
    readonly limit: number,
    readonly base: number,
    private readonly observer: LevelObserver,
  ) {
    this.level = base;
    this.highest = base;
    this.tolerated = limit * (1 + LIMIT_TOLERANCE);
  }

  at(now: number): number {
    return this.level + this.growth * (now - this.since);
  }

  /** Would a jump by `amount` at `now` exceed the limit? */
  wouldExceed(now: number, amount: number): boolean {
    return this.at(now) + amount > this.tolerated;
  }

  /** Jumps by `amount`, which may be negative. */
  step(now: number, amount: number): void {
    this.level = this.at(now);
    this.highest = Math.max(this.highest, this.level, this.level + amount);
    this.level += amount;
    this.since = now;
    this.observer.levelChanged(now, this.level, this.growth);
  }

  setGrowth(now: number, growth: number): void {
    if (growth === this.growth) return;
    this.level = this.at(now);
    this.since = now;
    this.growth = growth;
    this.observer.levelChanged(now, this.level, growth);
  }

  /** Nobody holds anything any more: what rounding has left over goes, too. */
  empty(now: number): void {
    const left = this.at(now) - this.base;
    if (left === 0) return;
    this.largestResidue = Math.max(this.largestResidue, Math.abs(left));
    this.step(now, -left);
  }

  /** The instant at which growth as it is now meets the limit; Infinity when it never does. */
  meetsLimitAt(): number {
    return this.reaches(this.limit);
  }

  /** The instant at which growth as it is now has beyond doubt exceeded the limit; Infinity when it never does. */
  exceedsLimitAt(): number {
    return this.reaches(this.tolerated);
  }

  private reaches(level: number): number {
    if (!(this.growth > 0) || level === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    return this.since + Math.max(0, (level - this.level) / this.growth);
  }
}
