/**
 * Ids ordered by a key, smallest first, in which any id can be found again: a heap with four children per
 * node, whose keys lie beside each other (one cache line per level), so that a million entries are ten levels
 * deep. Where an id stands is written to an array that the owner shares between several heaps, because a flow
 * is in only one heap of each kind at a time. O(log n) per operation, 12 bytes per entry, nothing is allocated
 * but by doubling. Equal keys come out in any (but always the same) order.
 */
export class FlowHeap {
  size = 0;
  keys: Float64Array = new Float64Array(0);
  ids: Int32Array = new Int32Array(0);

  push(positions: Int32Array, id: number, key: number): void {
    const at = this.size++;
    if (at === this.keys.length) this.grow();
    this.siftUp(positions, at, id, key);
  }

  removeAt(positions: Int32Array, at: number): void {
    const last = --this.size;
    if (at === last) return;
    this.replace(positions, at, this.ids[last], this.keys[last]);
  }

  rekey(positions: Int32Array, at: number, key: number): void {
    this.replace(positions, at, this.ids[at], key);
  }

  private replace(positions: Int32Array, at: number, id: number, key: number): void {
    if (at > 0 && key < this.keys[(at - 1) >> 2]) this.siftUp(positions, at, id, key);
    else this.siftDown(positions, at, id, key);
  }

  private siftUp(positions: Int32Array, from: number, id: number, key: number): void {
    const keys = this.keys;
    const ids = this.ids;
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 2;
      const parentKey = keys[parent];
      if (!(key < parentKey)) break;
      const parentId = ids[parent];
      keys[at] = parentKey;
      ids[at] = parentId;
      positions[parentId] = at;
      at = parent;
    }
    keys[at] = key;
    ids[at] = id;
    positions[id] = at;
  }

  private siftDown(positions: Int32Array, from: number, id: number, key: number): void {
    const keys = this.keys;
    const ids = this.ids;
    const size = this.size;
    let at = from;
    for (;;) {
      const first = 4 * at + 1;
      if (first >= size) break;
      let least = first;
      let leastKey = keys[first];
      const end = Math.min(first + 4, size);
      for (let child = first + 1; child < end; child++) {
        const childKey = keys[child];
        if (childKey < leastKey) {
          least = child;
          leastKey = childKey;
        }
      }
      if (!(leastKey < key)) break;
      const leastId = ids[least];
      keys[at] = leastKey;
      ids[at] = leastId;
      positions[leastId] = at;
      at = least;
    }
    keys[at] = key;
    ids[at] = id;
    positions[id] = at;
  }

  private grow(): void {
    const capacity = Math.max(4, 2 * this.keys.length);
    const keys = new Float64Array(capacity);
    const ids = new Int32Array(capacity);
    keys.set(this.keys);
    ids.set(this.ids);
    this.keys = keys;
    this.ids = ids;
  }
}
