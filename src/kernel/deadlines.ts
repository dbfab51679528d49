import { LinkedSlots } from './linked-slots.js';

/**
 * Deadlines that all lie the same time ahead of the instant at which they are set, such as a client's timeout.
 * The one set last is then always the one due last, so a list in order of setting replaces a heap: setting,
 * clearing and the next deadline cost O(1), however many are pending.
 */
export interface DeadlineOwner {
  /** Called at the deadline's instant; the deadline is no longer set then. */
  expire(): void;
}

export class Deadlines {
  private readonly owners = new LinkedSlots<DeadlineOwner>();
  private time = new Float64Array(16);
  private order = new Float64Array(16);

  get nextTime(): number {
    const { firstSlot } = this.owners;
    return firstSlot < 0 ? Number.POSITIVE_INFINITY : this.time[firstSlot]!;
  }

  /** Place of the next deadline in the total order of events; there must be one. */
  get nextOrder(): number {
    return this.order[this.owners.firstSlot]!;
  }

  /** Returns a handle for `clear`. `time` must not lie before any deadline that is set. */
  set(owner: DeadlineOwner, time: number, order: number): number {
    const slot = this.owners.add(owner);
    if (slot >= this.time.length) this.grow();
    this.time[slot] = time;
    this.order[slot] = order;
    return slot;
  }

  clear(slot: number): void {
    this.owners.remove(slot);
  }

  timeOf(slot: number): number {
    return this.time[slot]!;
  }

  /** Removes the next deadline and returns whose it is. */
  pop(): DeadlineOwner {
    return this.owners.remove(this.owners.firstSlot);
  }

  private grow(): void {
    const room = 2 * this.time.length;
    const time = new Float64Array(room);
    const order = new Float64Array(room);
    time.set(this.time);
    order.set(this.order);
    this.time = time;
    this.order = order;
  }
}
