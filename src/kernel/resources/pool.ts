/**
 * A pool of equal units (threads, connections) with a queue: first come, first served (FIFO). Whoever asks takes
 * a free unit, else waits while the queue has room, else is refused. A unit given back goes straight to the one
 * who has waited longest. All operations cost O(1); a waiter can leave the queue from any place.
 */
export interface Waiter {
  /** The pool in whose queue it stands, and its neighbours there. */
  queue: Pool | null;
  ahead: Waiter | null;
  behind: Waiter | null;
  /** Called when a unit of the pool has become its own after waiting. */
  granted(pool: Pool): void;
}

export interface PoolObserver {
  /** Units in use or waiters changed; called after the change. */
  poolChanged(inUse: number, waiting: number): void;
}

export type Grant = 'taken' | 'waiting' | 'refused';

export class Pool {
  inUse = 0;
  waiting = 0;
  private first: Waiter | null = null;
  private last: Waiter | null = null;
  private open = true;

  /** `capacity` units and room for `backlog` waiters; either may be Infinity. */
  constructor(
    readonly capacity: number,
    readonly backlog: number,
    private readonly observer: PoolObserver,
  ) {}

  seize(waiter: Waiter): Grant {
    if (this.inUse < this.capacity) {
      this.inUse++;
      this.observer.poolChanged(this.inUse, this.waiting);
      return 'taken';
    }
    if (this.waiting >= this.backlog) return 'refused';
    waiter.queue = this;
    waiter.ahead = this.last;
    waiter.behind = null;
    if (this.last === null) this.first = waiter;
    else this.last.behind = waiter;
    this.last = waiter;
    this.waiting++;
    this.observer.poolChanged(this.inUse, this.waiting);
    return 'waiting';
  }

  release(): void {
    const next = this.open ? this.first : null;
    if (next === null) {
      this.inUse--;
      this.observer.poolChanged(this.inUse, this.waiting);
      return;
    }
    this.leave(next);
    next.granted(this);
  }

  /** Takes a waiter out of the queue before its turn. */
  leave(waiter: Waiter): void {
    if (waiter.ahead === null) this.first = waiter.behind;
    else waiter.ahead.behind = waiter.behind;
    if (waiter.behind === null) this.last = waiter.ahead;
    else waiter.behind.ahead = waiter.ahead;
    waiter.queue = null;
    waiter.ahead = null;
    waiter.behind = null;
    this.waiting--;
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
