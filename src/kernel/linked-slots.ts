/**
 * An ordered set in which members are added at the end and removed from anywhere in O(1): a doubly linked list
 * whose links are indices in a typed array. Links in the members themselves would fetch two neighbours from all
 * over the memory for each removal among a million.
 */
const NONE = -1;

export class LinkedSlots<T> {
  size = 0;
  private head = NONE;
  private tail = NONE;
  /** Of each slot the one before it and the one after it, side by side. */
  private links = new Int32Array(32);
  private readonly members: (T | null)[] = [];
  private readonly freeSlots: number[] = [];

  /** Slot of the first member, or -1. */
  get firstSlot(): number {
    return this.head;
  }

  /** Adds a member at the end and returns its slot, a small integer that is used again after its removal. */
  add(member: T): number {
    const slot = this.freeSlots.pop() ?? this.members.length;
    if (2 * slot === this.links.length) this.grow();
    this.members[slot] = member;
    this.links[2 * slot] = this.tail;
    this.links[2 * slot + 1] = NONE;
    if (this.tail === NONE) this.head = slot;
    else this.links[2 * this.tail + 1] = slot;
    this.tail = slot;
    this.size++;
    return slot;
  }

  /** Removes the member in a slot and returns it. */
  remove(slot: number): T {
    const { links } = this;
    const earlier = links[2 * slot]!;
    const later = links[2 * slot + 1]!;
    if (earlier === NONE) this.head = later;
    else links[2 * earlier + 1] = later;
    if (later === NONE) this.tail = earlier;
    else links[2 * later] = earlier;
    const member = this.members[slot]!;
    this.members[slot] = null;
    this.freeSlots.push(slot);
    this.size--;
    return member;
  }

  /** The members in the order in which they were added. */
  toArray(): T[] {
    const all: T[] = [];
    for (let slot = this.head; slot !== NONE; slot = this.links[2 * slot + 1]!) all.push(this.members[slot]!);
    return all;
  }

  private grow(): void {
    const links = new Int32Array(2 * this.links.length);
    links.set(this.links);
    this.links = links;
  }
}
