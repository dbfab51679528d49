import { LinkedSlots } from '../linked-slots.js';

/**
 * A pool of equal units (threads, connections) with a queue: first come, first served (FIFO). Whoever asks takes
 * a free unit, else waits while the queue has room, else is refused. A unit given back goes straight to the one
 * who has waited longest. All operations cost O(1); a waiter can leave the queue from any place.
 */
export interface Waiter {
  /** Called when a unit of the pool has become its own after waiting; it stands in the queue no longer. */
  granted(pool: Pool): void;
}

export interface PoolObserver {
  /** Units in use or waiters changed; called after the change. */
  poolChanged(inUse: number, waiting: number): void;
}

export class Pool {
  inUse = 0;
  private readonly queue = new LinkedSlots<Waiter>();
  private open = true;

  /** `capacity` units and room for `backlog` waiters; either may be Infinity. */
  constructor(
    readonly capacity: number,
    readonly backlog: number,
    private readonly observer: PoolObserver,
  ) {}

  get waiting(): number {
    return this.queue.size;
  }

  /** Takes a unit where one is free. */
  take(): boolean {
    if (this.inUse >= this.capacity) return false;
    this.inUse++;
    this.observer.poolChanged(this.inUse, this.waiting);
    return true;
  }

  /** Joins the queue: returns the place in it for `leave`, or -1 where it is full. */
  wait(waiter: Waiter): number {
    if (this.waiting >= this.backlog) return -1;
    const place = this.queue.add(waiter);
    this.observer.poolChanged(this.inUse, this.waiting);
    return place;
  }

  /** Leaves the queue before its turn. */
  leave(place: number): void {
    this.queue.remove(place);
    this.observer.poolChanged(this.inUse, this.waiting);
  }

  release(): void {
    if (!this.open || this.queue.size === 0) this.inUse--;
    else this.queue.remove(this.queue.firstSlot).granted(this);
    this.observer.poolChanged(this.inUse, this.waiting);
  }

  /** While shut, units given back go to nobody: the owner of the pool is clearing it out. */
  shut(): void {
    this.open = false;
  }

  reopen(): void {
    this.open = true;
  }
}
