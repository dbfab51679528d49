import { Calendar, type Scheduled } from './calendar.js';
import { Deadlines } from './deadlines.js';
import { Network, type NetworkObserver } from './resources/network.js';

/** Who has a flow, at most one at a time. */
export interface FlowOwner {
  /** Id of the flow; -1 when there is none; below that when it has ended and `transferred` is still to be called. */
  flow: number;
  /** The flow has moved all its payload, which is this much. */
  transferred(payload: number): void;
}

/** Who can go on at this very instant. */
export interface Resumable {
  /** Cleared where it no longer wants to. */
  resumable: boolean;
  resume(): void;
}

const NONE = -1;
/** Of a flow that ends at this instant: this less its place among them. */
const ARRIVED = -2;

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
  /** By flow: whose it is, and its place in the order of the starts, which ids, being used again, do not tell. */
  private readonly owners: (FlowOwner | null)[] = [];
  private started = new Float64Array(64);
  private flowsStarted = 0;
  /** Scratch: cleared as it is read, never shortened, which would cost more than the work at most instants. */
  private readonly dueOwners: (FlowOwner | null)[] = [];
  private readonly duePayloads: number[] = [];
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
    const flow = this.network.start(route, size, cap, weight);
    if (flow === this.started.length) this.started = doubled(this.started);
    this.started[flow] = this.flowsStarted++;
    this.owners[flow] = owner;
    owner.flow = flow;
  }

  /** Ends the owner's flow before its time, or before it is told of its end; returns the units that it has moved. */
  cutFlow(owner: FlowOwner): number {
    const { flow } = owner;
    owner.flow = NONE;
    if (flow <= ARRIVED) {
      this.dueOwners[ARRIVED - flow] = null;
      return this.duePayloads[ARRIVED - flow]!;
    }
    this.owners[flow] = null;
    return this.network.cut(flow);
  }

  /**
   * Runs while `busy()` and something is to come, up to and including the instant `until`, but for at most so many
   * instants; false where it has more to do.
   */
  run(until: number, busy: () => boolean, instants = Number.POSITIVE_INFINITY): boolean {
    const { calendar, deadlines, network } = this;
    for (let instant = 0; busy(); instant++) {
      if (instant >= instants) return false;
      const next = Math.min(calendar.nextTime, deadlines.nextTime, network.nextTime());
      if (next > until || next === Number.POSITIVE_INFINITY) {
        if (until < Number.POSITIVE_INFINITY) {
          this.now = until;
          network.advance(until);
        }
        return true;
      }
      this.now = next;
      this.endDueFlows(next);
      this.fireEvents(next);
      network.settle();
      this.instantObserver.instantSettled(next);
    }
    return true;
  }

  /** Whoever has a flow, in the order of the flows' ids. */
  *flowOwners(): Generator<FlowOwner> {
    for (const owner of this.owners) if (owner !== null && owner !== undefined) yield owner;
  }

  private endDueFlows(now: number): void {
    const due = this.network.advance(now);
    if (due === 0) return;
    const { network, owners, started, dueOwners, duePayloads } = this;
    const flows = network.dueFlows;
    if (due > 1) sortByStart(flows, due, started);
    // Ids of ended flows may be taken again by the first owner that is told, so the owners are noted before.
    for (let i = 0; i < due; i++) {
      const flow = flows[i]!;
      const owner = owners[flow]!;
      owners[flow] = null;
      owner.flow = ARRIVED - i;
      dueOwners[i] = owner;
      duePayloads[i] = network.payload(flow);
    }
    for (let i = 0; i < due; i++) {
      const owner = dueOwners[i] ?? null;
      // An owner that was told before may have taken this one down with it.
      if (owner === null) continue;
      dueOwners[i] = null;
      owner.flow = NONE;
      owner.transferred(duePayloads[i]!);
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

function sortByStart(flows: Int32Array, count: number, started: Float64Array): void {
  for (let i = 1; i < count; i++) {
    if (started[flows[i]!]! > started[flows[i - 1]!]!) continue;
    flows.subarray(0, count).sort((a, b) => started[a]! - started[b]!);
    return;
  }
}

function doubled(from: Float64Array): Float64Array<ArrayBuffer> {
  const to = new Float64Array(2 * from.length);
  to.set(from);
  return to;
}
