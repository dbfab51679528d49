/** A list that is emptied without giving up its memory: `length = 0` would have it allocated anew at every event. */
export class Worklist<T> {
  readonly items: T[] = [];
  count = 0;

  add(item: T): void {
    this.items[this.count++] = item;
  }
}
