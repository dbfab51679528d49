import { Calendar, type Scheduled } from './calendar.js';
import { Deadlines } from './deadlines.js';
import { Network, type NetworkObserver } from './resources/network.js';

/** Who has a flow, at most one at a time. */
export interface FlowOwner {
  /** Id of the flow, -1 when there is none. */
  flow: number;
  /** Tells flows in the order of their starts, which ids, being reused, do not. */
  flowOrder: number;
  /** The flow has moved all its payload and `transferred` is still to be called at this instant. */
  arrived: boolean;
  transferred(): void;
}

/** Who can go on at this very instant. */
export interface Resumable {
  /** Cleared where it no longer wants to. */
  resumable: boolean;
  resume(): void;
}

/** Told after each instant, when everything that happens at it has happened. */
export interface InstantObserver {
  instantSettled(now: number): void;
}

/**
 * The discrete-event engine: one clock over the calendar, the deadlines and the network, advanced from instant
 * to instant. At each instant, in this order: the flows that are due end, in the order of their starts; events fire in
 * the order (time, sequence); then the network settles, so flows that start at an instant share bandwidth from
 * its end on, and a million that start together cost one solution.
 */
export class Simulation {
  now = 0;
  readonly calendar = new Calendar();
  readonly deadlines = new Deadlines();
  readonly network: Network;
  private readonly owners: (FlowOwner | null)[] = [];
  /** Scratch: cleared as it is read, never shortened, which would cost more than the work at most instants. */
  private readonly dueOwners: (FlowOwner | null)[] = [];
  private flowsStarted = 0;
  private readonly next: (Resumable | null)[] = [];
  private nextCount = 0;

  constructor(
    networkObserver: NetworkObserver,
    private readonly instantObserver: InstantObserver,
  ) {
    this.network = new Network(networkObserver);
  }

  /** Fires `target` after `delay` >= 0 seconds; returns a handle for `calendar.cancel`. */
  after(delay: number, target: Scheduled): number {
    return this.calendar.schedule(this.now + delay, target);
  }

  /**
   * Lets `target` go on as soon as whoever acts now has done so. Not at once: a chain of units given back and
   * granted would nest as deep as their queue is long.
   */
  resumeNext(target: Resumable): void {
    this.next[this.nextCount++] = target;
  }

  /** Starts a flow of `size` > 0 units on a route. */
  startFlow(owner: FlowOwner, route: number, size: number, cap: number, weight: number): void {
    owner.flow = this.network.start(route, size, cap, weight);
    owner.flowOrder = this.flowsStarted++;
    this.owners[owner.flow] = owner;
  }

  /** Ends the owner's flow before its time and returns the units that it has moved. */
  cutFlow(owner: FlowOwner): number {
    const moved = this.network.cut(owner.flow);
    this.owners[owner.flow] = null;
    owner.flow = -1;
    return moved;
  }

  /** Runs while `busy()` and something is to come, up to and including the instant `until`. */
  run(until: number, busy: () => boolean): void {
    const { calendar, deadlines, network } = this;
    while (busy()) {
      const next = Math.min(calendar.nextTime, deadlines.nextTime, network.nextTime());
      if (next > until || next === Number.POSITIVE_INFINITY) {
        if (until < Number.POSITIVE_INFINITY) {
          this.now = until;
          network.advance(until);
        }
        return;
      }
      this.now = next;
      this.endDueFlows(next);
      this.fireEvents(next);
      network.settle();
      this.instantObserver.instantSettled(next);
    }
  }

  /** Whoever has a flow, in the order of the flows' ids. */
  *flowOwners(): Generator<FlowOwner> {
    for (const owner of this.owners) if (owner !== null && owner !== undefined) yield owner;
  }

  private endDueFlows(now: number): void {
    const due = this.network.advance(now);
    if (due === 0) return;
    // Ids of ended flows may be taken again by the first owner that is told, so the owners are noted before.
    const { owners, dueOwners } = this;
    let inOrder = true;
    for (let i = 0; i < due; i++) {
      const flow = this.network.dueFlows[i]!;
      const owner = owners[flow]!;
      owners[flow] = null;
      owner.flow = -1;
      owner.arrived = true;
      dueOwners[i] = owner;
      inOrder &&= i === 0 || owner.flowOrder > dueOwners[i - 1]!.flowOrder;
    }
    if (!inOrder) sortFirst(dueOwners, due);
    for (let i = 0; i < due; i++) {
      const owner = dueOwners[i]!;
      dueOwners[i] = null;
      // An owner that was told before may have taken this one down with it.
      if (!owner.arrived) continue;
      owner.arrived = false;
      owner.transferred();
      this.resumeAll();
    }
  }

  private fireEvents(now: number): void {
    const { calendar, deadlines } = this;
    for (;;) {
      const eventTime = calendar.nextTime;
      const deadlineTime = deadlines.nextTime;
      if (eventTime > now && deadlineTime > now) return;
      const deadlineFirst =
        deadlineTime < eventTime || (deadlineTime === eventTime && deadlines.nextOrder < calendar.nextOrder);
      if (deadlineFirst) deadlines.pop().expire();
      else calendar.fireNext();
      this.resumeAll();
    }
  }

  private resumeAll(): void {
    const { next } = this;
    for (let i = 0; i < this.nextCount; i++) {
      const target = next[i]!;
      next[i] = null;
      if (target.resumable) target.resume();
    }
    this.nextCount = 0;
  }
}

function sortFirst(owners: (FlowOwner | null)[], count: number): void {
  const sorted = owners.slice(0, count).sort((a, b) => a!.flowOrder - b!.flowOrder);
  for (let i = 0; i < count; i++) owners[i] = sorted[i]!;
}
