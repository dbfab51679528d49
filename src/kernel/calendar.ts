/**
 * The event queue: what will happen when. Events come out in the total order (time, sequence), so equal times
 * are first come, first served, and a run never depends on the accidents of a heap. An event can be cancelled.
 *
 * A 4-ary heap over typed arrays; times and sequence numbers lie beside the slots in heap order, so that a
 * comparison touches no object. Push, pop and cancel cost O(log n).
 */
export interface Scheduled {
  /** Called at the event's instant. */
  fire(): void;
}

export class Calendar {
  private size = 0;
  private time = new Float64Array(64);
  private order = new Float64Array(64);
  private slotAt = new Int32Array(64);
  private position = new Int32Array(64);
  private readonly targets: (Scheduled | null)[] = [];
  private readonly freeSlots: number[] = [];
  private sequence = 0;

  /** Instant of the next event, Infinity when there is none. */
  get nextTime(): number {
    return this.size > 0 ? this.time[0]! : Number.POSITIVE_INFINITY;
  }

  /** Sequence number of the next event; undefined order when there is none. */
  get nextOrder(): number {
    return this.order[0]!;
  }

  /** A number later than all given so far: for those who keep their own queue in the same total order. */
  nextSequence(): number {
    return this.sequence++;
  }

  /** Schedules `target` and returns a handle for `cancel`, valid until the event fires. Times are never NaN. */
  schedule(time: number, target: Scheduled, order = this.sequence++): number {
    const slot = this.freeSlots.pop() ?? this.targets.length;
    this.targets[slot] = target;
    if (this.size === this.time.length) this.grow();
    this.siftUp(this.size++, time, order, slot);
    return slot;
  }

  cancel(slot: number): void {
    const hole = this.position[slot]!;
    this.free(slot);
    this.size--;
    if (hole === this.size) return;
    const { time, order, slotAt } = this;
    const lastTime = time[this.size]!;
    const lastOrder = order[this.size]!;
    const last = slotAt[this.size]!;
    const parent = (hole - 1) >> 2;
    const rises =
      hole > 0 && (lastTime < time[parent]! || (lastTime === time[parent]! && lastOrder < order[parent]!));
    if (rises) this.siftUp(hole, lastTime, lastOrder, last);
    else this.siftDown(hole, lastTime, lastOrder, last);
  }

  /** Removes the next event and returns its target. */
  pop(): Scheduled {
    const slot = this.slotAt[0]!;
    const target = this.targets[slot]!;
    this.free(slot);
    this.size--;
    if (this.size > 0) {
      this.siftDown(0, this.time[this.size]!, this.order[this.size]!, this.slotAt[this.size]!);
    }
    return target;
  }

  private free(slot: number): void {
    this.targets[slot] = null;
    this.freeSlots.push(slot);
  }

  private siftUp(hole: number, eventTime: number, eventOrder: number, slot: number): void {
    const { time, order, slotAt, position } = this;
    while (hole > 0) {
      const parent = (hole - 1) >> 2;
      const parentTime = time[parent]!;
      if (eventTime > parentTime || (eventTime === parentTime && eventOrder > order[parent]!)) break;
      time[hole] = parentTime;
      order[hole] = order[parent]!;
      const moved = slotAt[parent]!;
      slotAt[hole] = moved;
      position[moved] = hole;
      hole = parent;
    }
    time[hole] = eventTime;
    order[hole] = eventOrder;
    slotAt[hole] = slot;
    position[slot] = hole;
  }

  private siftDown(hole: number, eventTime: number, eventOrder: number, slot: number): void {
    const { time, order, slotAt, position, size } = this;
    for (;;) {
      const first = 4 * hole + 1;
      if (first >= size) break;
      const end = Math.min(first + 4, size);
      let least = first;
      let leastTime = time[first]!;
      for (let child = first + 1; child < end; child++) {
        const childTime = time[child]!;
        if (childTime < leastTime || (childTime === leastTime && order[child]! < order[least]!)) {
          least = child;
          leastTime = childTime;
        }
      }
      if (eventTime < leastTime || (eventTime === leastTime && eventOrder < order[least]!)) break;
      time[hole] = leastTime;
      order[hole] = order[least]!;
      const moved = slotAt[least]!;
      slotAt[hole] = moved;
      position[moved] = hole;
      hole = least;
    }
    time[hole] = eventTime;
    order[hole] = eventOrder;
    slotAt[hole] = slot;
    position[slot] = hole;
  }

  private grow(): void {
    const capacity = 2 * this.time.length;
    this.time = enlarge(this.time, new Float64Array(capacity));
    this.order = enlarge(this.order, new Float64Array(capacity));
    this.slotAt = enlarge(this.slotAt, new Int32Array(capacity));
    this.position = enlarge(this.position, new Int32Array(capacity));
  }
}

function enlarge<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
