import { Process, Step } from '../kernel/process.js';
import type { Context } from './context.js';
import { type ClientLink, type Direction, type Host, INITIAL_WINDOW } from './host.js';

/**
 * A zero that the engine stores as a double. Fields that begin with a small integer and become doubles later make
 * it convert every process that exists by then, one by one.
 */
export const ZERO = -0;

/**
 * A process whose packets travel between its client and a host: how long connections, requests and answers are on
 * the wire. Half a round trip at a time, since each pays for the queue that stands when it begins.
 */
export abstract class Traveller extends Process {
  /** The far end of the conversation. */
  protected peer: Host | null = null;
  /** Half round trips of the opening of a connection that are still to come. */
  private trips = 0;
  /** A message is on its way, whose arrival is a stage of its own. */
  private arriving = false;
  /** Seconds of round trips on a plain host that are yet to be waited for, together with its next message. */
  protected roundTripsDue = ZERO;

  constructor(
    protected readonly context: Context,
    /** The client's end of the wire. */
    protected readonly client: ClientLink,
  ) {
    super(context.simulation);
  }

  /** A packet has come to the host. */
  protected abstract reach(host: Host): Step;

  /** Round trips of TCP and TLS. */
  protected openConnection(to: Host): Step {
    const { tls } = this.context.spec.transport;
    const roundTrips = tls === 'none' ? 1 : tls === '1.3' ? 2 : 3;
    return this.makeRoundTrips(to, roundTrips);
  }

  /** A request and its answer of no size: one round trip. */
  protected exchange(to: Host): Step {
    return this.makeRoundTrips(to, 1);
  }

  /**
   * Nobody can see a packet on its way to or from a plain host, so its round trips are waited for in one go with
   * the message that follows them: opening a connection is always followed by one.
   */
  private makeRoundTrips(to: Host, count: number): Step {
    this.peer = to;
    if (to.plain) {
      this.roundTripsDue += count * this.rttTo(to);
      return Step.ready;
    }
    this.trips = 2 * count;
    return this.nextTrip();
  }

  /** Half a round trip to the host, with a small message of `bytes` on it. */
  protected sendTo(to: Host, bytes: number): Step {
    this.peer = to;
    this.arriving = true;
    const step = this.halfTrip(to, to.in, bytes, this.client.uplink);
    return step === Step.ready ? this.arrive() : step;
  }

  /** Half a round trip between the client and the host, with a small message of `bytes` on it. */
  protected halfTrip(host: Host, direction: Direction, bytes: number, clientRate: number): Step {
    let delay = this.rttTo(host) / 2 + this.queueing(direction) + this.roundTripsDue;
    this.roundTripsDue = 0;
    if (bytes > 0 && rides(direction, bytes)) delay += bytes / Math.min(direction.capacity, clientRate);
    return this.wait(delay);
  }

  /** Seconds that a half round trip which begins now waits in the direction's standing queue. */
  protected queueing(direction: Direction): number {
    const { standing, link } = direction;
    return standing > 0 && this.simulation.network.saturated(link) ? standing : 0;
  }

  private nextTrip(): Step {
    const host = this.peer!;
    while (this.trips > 0) {
      const inbound = this.trips % 2 === 0;
      const step = this.halfTrip(host, inbound ? host.in : host.out, 0, 0);
      if (step === Step.blocked) return step;
      const arrived = this.tripEnded();
      if (arrived !== Step.ready) return arrived;
    }
    return Step.ready;
  }

  private tripEnded(): Step {
    const inbound = this.trips % 2 === 0;
    this.trips--;
    return inbound ? this.reach(this.peer!) : Step.ready;
  }

  private arrive(): Step {
    this.arriving = false;
    return this.reach(this.peer!);
  }

  protected override continueStage(): Step {
    if (this.trips > 0) {
      const step = this.tripEnded();
      return step === Step.ready ? this.nextTrip() : step;
    }
    return this.arriving ? this.arrive() : Step.ready;
  }

  /** Nothing is on its way any more. */
  protected forgetStage(): void {
    this.trips = 0;
    this.arriving = false;
    this.roundTripsDue = 0;
  }

  protected rttTo(host: Host): number {
    return host === this.context.hosts.storage ? this.client.rttStorage : this.client.rttServer;
  }
}

/** The message is so small that it rides on its half round trip instead of being a flow. */
export function rides(direction: Direction, bytes: number): boolean {
  return direction.queue > 0 && bytes <= INITIAL_WINDOW;
}
