/**
 * Events that were set in the order in which they are due: a queue in a ring of typed arrays. Whoever waits for the
 * same time as others did before (a round trip, say) is due after them, so O(1) does what a heap does in O(log n).
 */
export class EventLane {
  private first = 0;
  private count = 0;
  private time = new Float64Array(64);
  private order = new Float64Array(64);
  private slotAt = new Int32Array(64);

  /** Of the first event; there must be one, as for the next two. */
  get headTime(): number {
    return this.time[this.first]!;
  }

  get headOrder(): number {
    return this.order[this.first]!;
  }

  get headSlot(): number {
    return this.slotAt[this.first]!;
  }

  get isEmpty(): boolean {
    return this.count === 0;
  }

  /** (time, order) must not lie before the last that was added. */
  push(time: number, order: number, slot: number): void {
    if (this.count === this.time.length) this.grow();
    const at = (this.first + this.count) & (this.time.length - 1);
    this.time[at] = time;
    this.order[at] = order;
    this.slotAt[at] = slot;
    this.count++;
  }

  shift(): void {
    this.first = (this.first + 1) & (this.time.length - 1);
    this.count--;
  }

  private grow(): void {
    const size = this.time.length;
    const time = new Float64Array(2 * size);
    const order = new Float64Array(2 * size);
    const slotAt = new Int32Array(2 * size);
    for (let i = 0; i < size; i++) {
      const from = (this.first + i) & (size - 1);
      time[i] = this.time[from]!;
      order[i] = this.order[from]!;
      slotAt[i] = this.slotAt[from]!;
    }
    this.first = 0;
    this.time = time;
    this.order = order;
    this.slotAt = slotAt;
  }
}
