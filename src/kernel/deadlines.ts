/**
 * Deadlines that all lie the same time ahead of the instant at which they are set, such as a client's timeout.
 * The one set last is then always the one due last, so a doubly linked list replaces a heap: setting, clearing
 * and the next deadline cost O(1), however many are pending.
 */
export interface Deadline {
  deadline: number;
  deadlineOrder: number;
  earlier: Deadline | null;
  later: Deadline | null;
  /** Called at the deadline's instant; the deadline is no longer set then. */
  expire(): void;
}

export class Deadlines {
  private first: Deadline | null = null;
  private last: Deadline | null = null;

  get nextTime(): number {
    return this.first === null ? Number.POSITIVE_INFINITY : this.first.deadline;
  }

  get nextOrder(): number {
    return this.first!.deadlineOrder;
  }

  /** `time` must not lie before any deadline that is set. */
  set(item: Deadline, time: number, order: number): void {
    item.deadline = time;
    item.deadlineOrder = order;
    item.earlier = this.last;
    item.later = null;
    if (this.last === null) this.first = item;
    else this.last.later = item;
    this.last = item;
  }

  clear(item: Deadline): void {
    if (item.earlier === null) this.first = item.later;
    else item.earlier.later = item.later;
    if (item.later === null) this.last = item.earlier;
    else item.later.earlier = item.earlier;
    item.earlier = null;
    item.later = null;
    item.deadline = Number.POSITIVE_INFINITY;
  }

  pop(): Deadline {
    const item = this.first!;
    this.clear(item);
    return item;
  }
}
