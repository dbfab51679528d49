import { LogHistogram } from './histogram.js';

/** Up to this many values order statistics are exact. */
export const EXACT_LIMIT = 1_000_000;

/**
 * Values of which the mean and order statistics are wanted: kept and sorted up to a million, beyond that counted
 * in a histogram of at most 0.1% relative error.
 */
export class Sample {
  count = 0;
  private sum = 0;
  private correction = 0;
  private least = Number.POSITIVE_INFINITY;
  private largest = Number.NEGATIVE_INFINITY;
  private values = new Float64Array(64);
  private sorted = false;
  private histogram: LogHistogram | null = null;

  /** A finite value >= 0. */
  add(value: number): void {
    // Neumaier's compensated sum: a million small latencies beside a few long ones keep all their digits.
    const sum = this.sum + value;
    this.correction += Math.abs(this.sum) >= value ? this.sum - sum + value : value - sum + this.sum;
    this.sum = sum;
    if (value < this.least) this.least = value;
    if (value > this.largest) this.largest = value;
    if (this.histogram !== null) {
      this.histogram.add(value);
    } else if (this.count === EXACT_LIMIT) {
      this.histogram = new LogHistogram();
      for (const kept of this.values.subarray(0, this.count)) this.histogram.add(kept);
      this.histogram.add(value);
      this.values = new Float64Array(0);
    } else {
      if (this.count === this.values.length) {
        const larger = new Float64Array(Math.min(EXACT_LIMIT, 2 * this.count));
        larger.set(this.values);
        this.values = larger;
      }
      this.values[this.count] = value;
      this.sorted = false;
    }
    this.count++;
  }

  get exact(): boolean {
    return this.histogram === null;
  }

  get total(): number {
    return this.sum + this.correction;
  }

  get mean(): number | null {
    return this.count === 0 ? null : this.total / this.count;
  }

  get max(): number | null {
    return this.count === 0 ? null : this.largest;
  }

  /** The rank-th smallest value, 1 <= rank <= count. */
  smallest(rank: number): number {
    if (rank === this.count) return this.largest;
    if (this.histogram !== null) {
      return Math.min(this.largest, Math.max(this.least, this.histogram.smallest(rank)));
    }
    if (!this.sorted) {
      this.values.subarray(0, this.count).sort();
      this.sorted = true;
    }
    return this.values[rank - 1]!;
  }

  /**
   * Nearest rank: the ceil(q n)-th smallest of `outOf` values, those beyond `count` being infinite; null where
   * the rank falls on one of them, or there is none.
   */
  quantile(q: number, outOf = this.count): number | null {
    const rank = nearestRank(q, outOf);
    return rank >= 1 && rank <= this.count ? this.smallest(rank) : null;
  }
}

/** ceil(q n), exact for q in per mille: 0.07 x 100 is 7.000000000000001 in doubles, whose ceiling is 8. */
export function nearestRank(q: number, n: number): number {
  return Math.max(n > 0 ? 1 : 0, Math.ceil((Math.round(q * 1000) * n) / 1000));
}
