/**
 * Time series as exact time averages: what is added is an integral over an interval, split at the borders of
 * bins, so a bin holds no sampling error. When all bins are full, pairs merge (exactly, for sums) and the width
 * doubles; the bins thus depend on the run alone, not on a guess of how long it will be.
 */
const BIN_COUNT = 240;
const FIRST_WIDTH_S = 0.001;

export class TimeBins {
  /** Seconds. */
  width = FIRST_WIDTH_S;
  private readonly sums: Float64Array[] = [];

  /** The first bin begins at `origin` (seconds); nothing is added before it. */
  constructor(readonly origin: number) {}

  /** Returns the number of a new series. */
  addSeries(): number {
    return this.sums.push(new Float64Array(BIN_COUNT)) - 1;
  }

  /** Adds the integral of the line that is `value` at `from` and grows by `slope` per second until `to`. */
  addLine(series: number, from: number, to: number, value: number, slope: number): void {
    while (to - this.origin > BIN_COUNT * this.width) this.mergePairs();
    const bins = this.sums[series]!;
    const { origin, width } = this;
    let bin = Math.floor((from - origin) / width);
    if (slope === 0 && to <= origin + (bin + 1) * width && bin < BIN_COUNT) {
      bins[bin]! += (to - from) * value;
      return;
    }
    let begin = from;
    let level = value;
    for (;;) {
      const border = origin + (bin + 1) * width;
      const last = to <= border || bin >= BIN_COUNT - 1;
      const end = last ? to : border;
      const span = end - begin;
      if (span > 0) bins[bin]! += span * (level + 0.5 * slope * span);
      if (last) return;
      level += slope * span;
      begin = end;
      bin++;
    }
  }

  /** Adds `amount` at one instant; what happens on the border of two bins belongs to the earlier one. */
  addAt(series: number, at: number, amount: number): void {
    while (at - this.origin > BIN_COUNT * this.width) this.mergePairs();
    const bin = Math.ceil((at - this.origin) / this.width) - 1;
    this.sums[series]![Math.min(BIN_COUNT - 1, Math.max(0, bin))]! += amount;
  }

  /** The sums of a series in the bins that begin before `end`, or the first bin alone. */
  read(series: number, end: number): Float64Array {
    while (end - this.origin > BIN_COUNT * this.width) this.mergePairs();
    const used = Math.min(BIN_COUNT, Math.max(1, Math.ceil((end - this.origin) / this.width)));
    return this.sums[series]!.slice(0, used);
  }

  private mergePairs(): void {
    for (const bins of this.sums) {
      for (let i = 0; i < BIN_COUNT / 2; i++) bins[i] = bins[2 * i]! + bins[2 * i + 1]!;
      bins.fill(0, BIN_COUNT / 2);
    }
    this.width *= 2;
  }
}
