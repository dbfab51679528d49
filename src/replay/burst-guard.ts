import type { Scheduled } from '../kernel/calendar.js';
import { Credit } from '../kernel/resources/credit.js';
import type { Simulation } from '../kernel/simulation.js';
import { BEFORE_ALL, type Capacity } from './capacity.js';

/**
 * Gives a direction the capacity that its burst credit allows, from the very instants at which the credit runs out and
 * is earned again. How fast it is spent depends on what the flows are given, so the guard is told of the load whenever
 * that has changed, once everything at an instant has happened.
 *
 * As with the guard of the memory, its event in the calendar may lie too early, never too late.
 */
export class BurstGuard implements Scheduled {
  private readonly credit: Credit;
  private scheduledFor = Number.POSITIVE_INFINITY;
  private handle = -1;

  /** `rate`, `baseline`: with credit and without, bytes of payload per second; `size`: bytes of payload. */
  constructor(
    private readonly capacity: Capacity,
    private readonly rate: number,
    private readonly baseline: number,
    size: number,
    private readonly simulation: Simulation,
    /** Told of the level of the credit and its growth. */
    private readonly observer: (now: number, level: number, growth: number) => void,
  ) {
    this.credit = new Credit(size, baseline);
  }

  /** The direction's load from this instant on, bytes of payload per second. */
  used(load: number): void {
    const { credit } = this;
    const { slope } = credit;
    credit.setUse(this.simulation.now, load);
    if (!credit.exhausted) this.capacity.set(this.rate);
    if (slope === 0 && credit.slope === 0) return;
    this.tell();
    this.lookAt(credit.nextTime());
  }

  /** From this instant on faults leave so much of its baseline, of which it is earned. */
  scale(factor: number): void {
    const { credit } = this;
    credit.setBaseline(this.simulation.now, this.baseline * factor);
    this.tell();
    this.lookAt(credit.nextTime());
  }

  fire(): void {
    const { credit, simulation } = this;
    this.scheduledFor = Number.POSITIVE_INFINITY;
    this.handle = -1;
    const end = credit.nextTime();
    if (end > simulation.now) {
      this.lookAt(end);
      return;
    }
    credit.meetEnd(simulation.now);
    this.tell();
    if (credit.exhausted) this.capacity.set(this.baseline);
  }

  private tell(): void {
    const { level, slope } = this.credit;
    this.observer(this.simulation.now, level, slope);
  }

  private lookAt(at: number): void {
    if (at >= this.scheduledFor) return;
    const { calendar } = this.simulation;
    if (this.handle >= 0) calendar.cancel(this.handle);
    this.scheduledFor = at;
    this.handle = calendar.schedule(at, this, BEFORE_ALL);
  }
}
