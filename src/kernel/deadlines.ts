/**
 * Deadlines that all lie the same time ahead of the instant at which they are set, such as a client's timeout.
 * The one set last is then always the one due last, so a doubly linked list replaces a heap: setting, clearing
 * and the next deadline cost O(1), however many are pending. The links are indices in typed arrays: clearing one
 * among a million would otherwise fetch two neighbours from all over the memory.
 */
export interface DeadlineOwner {
  /** Called at the deadline's instant; the deadline is no longer set then. */
  expire(): void;
}

const NONE = -1;

export class Deadlines {
  private first = NONE;
  private last = NONE;
  private time = new Float64Array(64);
  private order = new Float64Array(64);
  private earlier = new Int32Array(64);
  private later = new Int32Array(64);
  private readonly owners: (DeadlineOwner | null)[] = [];
  private readonly freeSlots: number[] = [];

  get nextTime(): number {
    return this.first === NONE ? Number.POSITIVE_INFINITY : this.time[this.first]!;
  }

  /** Place of the next deadline in the total order of events; there must be one. */
  get nextOrder(): number {
    return this.order[this.first]!;
  }

  /** Returns a handle for `clear`. `time` must not lie before any deadline that is set. */
  set(owner: DeadlineOwner, time: number, order: number): number {
    const slot = this.freeSlots.pop() ?? this.owners.length;
    if (slot === this.time.length) this.grow();
    this.owners[slot] = owner;
    this.time[slot] = time;
    this.order[slot] = order;
    this.earlier[slot] = this.last;
    this.later[slot] = NONE;
    if (this.last === NONE) this.first = slot;
    else this.later[this.last] = slot;
    this.last = slot;
    return slot;
  }

  clear(slot: number): void {
    const earlier = this.earlier[slot]!;
    const later = this.later[slot]!;
    if (earlier === NONE) this.first = later;
    else this.later[earlier] = later;
    if (later === NONE) this.last = earlier;
    else this.earlier[later] = earlier;
    this.owners[slot] = null;
    this.freeSlots.push(slot);
  }

  /** Removes the next deadline and returns whose it is. */
  pop(): DeadlineOwner {
    const owner = this.owners[this.first]!;
    this.clear(this.first);
    return owner;
  }

  private grow(): void {
    const room = 2 * this.time.length;
    this.time = copyInto(new Float64Array(room), this.time);
    this.order = copyInto(new Float64Array(room), this.order);
    this.earlier = copyInto(new Int32Array(room), this.earlier);
    this.later = copyInto(new Int32Array(room), this.later);
  }
}

function copyInto<T extends Float64Array | Int32Array>(to: T, from: T): T {
  to.set(from);
  return to;
}
