/** Burst credit in the slow twin: written from the text of the model reference ("Networks that change") alone. */
import type { NetworkDirection } from '../../src/scenario/types.js';
import type { Engine, Link, Watcher } from './slow-engine.js';

/** A use so near to the baseline is the baseline, but for rounding. */
const same = 1e-9;

/** The credit of one direction, in payload: it sets the capacity of its link. */
export class Bucket implements Watcher {
  left: number;
  private gone = false;
  private readonly full: number;
  private readonly baseline: number;
  private readonly rate: number;

  constructor(
    private readonly engine: Engine,
    private readonly link: Link,
    { rate: baseline, burst }: NetworkDirection,
    efficiency: number,
  ) {
    this.full = burst!.credit * efficiency;
    this.left = this.full;
    this.baseline = baseline * efficiency;
    this.rate = burst!.rate * efficiency;
    link.capacity = this.rate;
    engine.watchers.push(this);
    engine.meters.push(seconds => this.pass(seconds));
  }

  /** What is earned per second; below 0 it is spent. */
  private earning(): number {
    const { baseline } = this;
    const use = this.engine.use(this.link);
    return Math.abs(use - baseline) <= same * baseline ? 0 : baseline - use;
  }

  private pass(seconds: number): void {
    if (this.gone) return;
    this.left = Math.min(this.full, Math.max(0, this.left + this.earning() * seconds));
  }

  /** Earns again, as soon as less than the baseline is used. */
  observe(): void {
    if (!this.gone || this.earning() <= 0) return;
    this.gone = false;
    this.carry(this.rate);
  }

  crossing(): number {
    const spending = -this.earning();
    if (this.gone || spending <= 0) return Number.POSITIVE_INFINITY;
    return this.left <= this.full * 1e-12 ? this.engine.now : this.engine.now + this.left / spending;
  }

  cross(): void {
    this.left = 0;
    this.gone = true;
    this.carry(this.baseline);
  }

  private carry(capacity: number): void {
    this.link.capacity = capacity;
    this.engine.capacityChanged();
  }
}
