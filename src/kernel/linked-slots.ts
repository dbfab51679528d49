/**
 * An ordered set in which members are added at the end and removed from anywhere in O(1): a doubly linked list
 * whose links are indices in typed arrays. Links in the members themselves would fetch two neighbours from all
 * over the memory for each removal among a million.
 */
const NONE = -1;

export class LinkedSlots<T> {
  size = 0;
  private head = NONE;
  private tail = NONE;
  private earlier = new Int32Array(16);
  private later = new Int32Array(16);
  private readonly members: (T | null)[] = [];
  private readonly freeSlots: number[] = [];

  /** Slot of the first member, or -1. */
  get firstSlot(): number {
    return this.head;
  }

  /** Adds a member at the end and returns its slot, a small integer that is used again after its removal. */
  add(member: T): number {
    const slot = this.freeSlots.pop() ?? this.members.length;
    if (slot === this.earlier.length) this.grow();
    this.members[slot] = member;
    this.earlier[slot] = this.tail;
    this.later[slot] = NONE;
    if (this.tail === NONE) this.head = slot;
    else this.later[this.tail] = slot;
    this.tail = slot;
    this.size++;
    return slot;
  }

  /** Removes the member in a slot and returns it. */
  remove(slot: number): T {
    const earlier = this.earlier[slot]!;
    const later = this.later[slot]!;
    if (earlier === NONE) this.head = later;
    else this.later[earlier] = later;
    if (later === NONE) this.tail = earlier;
    else this.earlier[later] = earlier;
    const member = this.members[slot]!;
    this.members[slot] = null;
    this.freeSlots.push(slot);
    this.size--;
    return member;
  }

  /** The members in the order in which they were added. */
  toArray(): T[] {
    const all: T[] = [];
    for (let slot = this.head; slot !== NONE; slot = this.later[slot]!) all.push(this.members[slot]!);
    return all;
  }

  private grow(): void {
    const room = 2 * this.earlier.length;
    this.earlier = enlarged(this.earlier, room);
    this.later = enlarged(this.later, room);
  }
}

function enlarged(from: Int32Array, room: number): Int32Array<ArrayBuffer> {
  const to = new Int32Array(room);
  to.set(from);
  return to;
}
