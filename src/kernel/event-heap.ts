/**
 * Events in the total order (time, order), in a 4-ary heap over typed arrays; times and orders lie beside the slots in
 * heap order, so that a comparison touches no object. Push, pop and removal cost O(log n).
 */
export class EventHeap {
  private size = 0;
  private time = new Float64Array(64);
  private order = new Float64Array(64);
  private slotAt = new Int32Array(64);
  /** Place in the heap, by slot. */
  private position = new Int32Array(64);

  /** Time of the first event, Infinity when there is none. */
  get headTime(): number {
    return this.size > 0 ? this.time[0]! : Number.POSITIVE_INFINITY;
  }

  get headOrder(): number {
    return this.size > 0 ? this.order[0]! : Number.POSITIVE_INFINITY;
  }

  /** `slot` is a small integer that no other event in the heap has. */
  push(time: number, order: number, slot: number): void {
    if (this.size === this.time.length) this.grow();
    while (slot >= this.position.length) {
      this.position = enlarge(this.position, new Int32Array(2 * this.position.length));
    }
    this.siftUp(this.size++, time, order, slot);
  }

  remove(slot: number): void {
    const hole = this.position[slot]!;
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

  /** Removes the first event and returns its slot. */
  pop(): number {
    const slot = this.slotAt[0]!;
    this.size--;
    if (this.size > 0) {
      this.siftDown(0, this.time[this.size]!, this.order[this.size]!, this.slotAt[this.size]!);
    }
    return slot;
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
  }
}

function enlarge<T extends Float64Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
