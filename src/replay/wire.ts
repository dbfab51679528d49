import type { Scheduled } from '../kernel/calendar.js';
import { Step } from '../kernel/process.js';
import type { Simulation } from '../kernel/simulation.js';
import type { Direction, Host } from './host.js';

/** Whose packets they are. */
export interface Sender {
  /** Its first packet has come to the host; `failed` where the host refuses it. */
  reach(host: Host): Step;
  /** Its packets travel until the event fires, which is called when the last has arrived, or the first was refused. */
  awaits(event: number): void;
  fire(event: number): void;
}

/**
 * Packets between clients and hosts: round trips that open a connection, and the request that follows them. Each
 * half round trip is an event of its own, since it pays for the queue that stands when it begins. But who waits for
 * it is not woken in between: what is on the wire is a row of typed arrays, by its event. Among a million processes
 * waking one costs more than all else that an event does, because nothing of it is in any cache.
 */
export class Wire implements Scheduled {
  private readonly senders: (Sender | null)[] = [];
  private readonly hosts: (Host | null)[] = [];
  /** Half round trips in all, and how many have not ended. */
  private trips = new Uint8Array(64);
  private left = new Uint8Array(64);
  /** Seconds of half a round trip, and what the last takes more for the message that rides on it. */
  private half = new Float64Array(64);
  private ride = new Float64Array(64);

  /** The event whose trips are watched, and who is told how many are left. */
  private watched = -1;
  private tell: (left: number) => void = () => {};

  constructor(private readonly simulation: Simulation) {}

  /** Tells, until the event fires, how many half round trips are left after each; returns how many are now. */
  watchTrips(event: number, tell: (left: number) => void): number {
    this.watched = event;
    this.tell = tell;
    return this.left[event]!;
  }

  /**
   * Seconds that a half round trip which begins now waits in the direction's standing queue, or for the direction to
   * carry anything at all.
   */
  queueing(direction: Direction): number {
    const { standing, link, resumesAt } = direction;
    if (resumesAt > this.simulation.now) return resumesAt - this.simulation.now;
    return standing > 0 && this.simulation.network.saturated(link) ? standing : 0;
  }

  /** The same where it passes one direction after the other: while neither carries anything, it waits for both at once. */
  queueingOver(first: Direction, second: Direction): number {
    const { now } = this.simulation;
    if (first.resumesAt > now && second.resumesAt > now) {
      return Math.max(first.resumesAt, second.resumesAt) - now;
    }
    return this.queueing(first) + this.queueing(second);
  }

  /** Goes to the host and back, `roundTrips` times, then to the host. */
  carry(sender: Sender, to: Host, roundTrips: number, half: number, ride: number): Step {
    const trips = 2 * roundTrips + 1;
    let left = trips;
    let delay = this.delay(to, left, half, ride);
    while (!(delay > 0)) {
      const step = left === trips ? sender.reach(to) : Step.ready;
      if (step !== Step.ready || --left === 0) return step;
      delay = this.delay(to, left, half, ride);
    }
    if (delay === Number.POSITIVE_INFINITY) return Step.blocked;
    const event = this.simulation.after(delay, this);
    while (event >= this.trips.length) this.grow();
    // The handle of a watched event that was cancelled has come to somebody else.
    if (event === this.watched) this.watched = -1;
    this.senders[event] = sender;
    this.hosts[event] = to;
    this.trips[event] = trips;
    this.left[event] = left;
    this.half[event] = half;
    this.ride[event] = ride;
    sender.awaits(event);
    return Step.blocked;
  }

  /** Half a round trip has ended. */
  fire(event: number): void {
    const sender = this.senders[event]!;
    const host = this.hosts[event]!;
    const half = this.half[event]!;
    const ride = this.ride[event]!;
    let left = this.left[event]!;
    let delay: number;
    do {
      const refused = left === this.trips[event]! && sender.reach(host) !== Step.ready;
      left--;
      if (event === this.watched && !refused) this.tell(left);
      if (refused || left === 0) {
        this.senders[event] = null;
        sender.fire(event);
        return;
      }
      delay = this.delay(host, left, half, ride);
    } while (!(delay > 0));
    this.left[event] = left;
    if (delay < Number.POSITIVE_INFINITY) {
      this.simulation.calendar.repeat(event, this.simulation.now + delay);
    }
  }

  private delay(host: Host, left: number, half: number, ride: number): number {
    const inbound = left % 2 === 1;
    const delay = half + this.queueing(inbound ? host.in : host.out);
    return left === 1 ? delay + ride : delay;
  }

  private grow(): void {
    const room = 2 * this.trips.length;
    this.trips = enlarged(this.trips, new Uint8Array(room));
    this.left = enlarged(this.left, new Uint8Array(room));
    this.half = enlarged(this.half, new Float64Array(room));
    this.ride = enlarged(this.ride, new Float64Array(room));
  }
}

function enlarged<T extends Uint8Array | Float64Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
