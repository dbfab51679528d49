import { Process, Step } from '../kernel/process.js';
import type { Simulation } from '../kernel/simulation.js';
import type { Context } from './context.js';
import { type ClientLink, type Direction, type Host, INITIAL_WINDOW } from './host.js';
import type { Sender } from './wire.js';

/** What can be left of a stage. */
export const Rest = {
  nothing: 0,
  /** A message arrives at the host. */
  arrival: 1,
  /** Slow start has held back a message, which is sent now. */
  message: 2,
  /** The same, and the message is an answer. */
  answerMessage: 3,
  /** The body of an answer has been sent; its half round trip comes after it. */
  answer: 4,
  /** A server's request comes to storage. */
  storageRequest: 5,
  /** A server passes on that storage has refused. */
  refusal: 6,
  /** The smallest part of a wave has been sent, the others go on. */
  otherParts: 7,
  /** Slow start has held back a body on its way to the gateway, which comes now. */
  bodyToGateway: 8,
  /** The gateway has a whole body, and passes its request on. */
  gatewayPassesOn: 9,
  /** The connection breaks: the body has come as far as it will. */
  breaking: 10,
} as const;
export type Rest = (typeof Rest)[keyof typeof Rest];

/**
 * A process whose packets travel between its client and a host: how long connections, requests and answers are on
 * the wire. Half a round trip at a time, since each pays for the queue that stands when it begins.
 */
export abstract class Traveller extends Process implements Sender {
  /** What is left of the stage when that for which it waits has come. */
  protected rest: Rest = Rest.nothing;
  /** The far end of the conversation. */
  protected peer: Host | null = null;
  /** Round trips that are yet to be waited for, together with the message that always follows them. */
  protected roundTrips = 0;

  constructor(
    protected readonly context: Context,
    /** The client's end of the wire. */
    protected readonly client: ClientLink,
  ) {
    super();
  }

  protected get simulation(): Simulation {
    return this.context.simulation;
  }

  abstract reach(host: Host): Step;

  /** Round trips of TCP and TLS, then whatever is sent next. */
  protected openConnection(to: Host): Step {
    const { tls } = this.context.spec.transport;
    this.peer = to;
    this.roundTrips += tls === 'none' ? 1 : tls === '1.3' ? 2 : 3;
    return Step.ready;
  }

  /** A request and its answer of no size: one round trip, then whatever is sent next. */
  protected exchange(to: Host): Step {
    this.peer = to;
    this.roundTrips++;
    return Step.ready;
  }

  /** Half a round trip to the host, with a small message of `bytes` on it. */
  protected sendTo(to: Host, bytes: number): Step {
    const { roundTrips } = this;
    this.peer = to;
    this.roundTrips = 0;
    const rtt = this.rttTo(to);
    const ride = ridingTime(to.in, bytes, this.client.uplink);
    this.rest = Rest.arrival;
    // Nobody can see a packet on its way to or from a plain host, so its round trips are waited for in one go.
    const step = to.plain
      ? this.wait(rtt / 2 + roundTrips * rtt + ride)
      : this.context.wire.carry(this, to, roundTrips, rtt / 2, ride);
    return step === Step.ready ? this.arrive() : step;
  }

  /** Half a round trip between the client and the host, with a small message of `bytes` on it. */
  protected halfTrip(host: Host, direction: Direction, bytes: number, clientRate: number): Step {
    const delay = this.rttTo(host) / 2 + this.queueing(direction);
    return this.wait(delay + ridingTime(direction, bytes, clientRate));
  }

  protected queueing(direction: Direction): number {
    return this.context.wire.queueing(direction);
  }

  private arrive(): Step {
    this.rest = Rest.nothing;
    const step = this.reach(this.peer!);
    return step === Step.ready ? this.headArrived(this.peer!) : step;
  }

  /** The head of a request has come to the far end. */
  protected headArrived(_at: Host): Step {
    return Step.ready;
  }

  protected override continueStage(): Step {
    return this.rest === Rest.nothing ? Step.ready : this.finishStage();
  }

  protected finishStage(): Step {
    return this.rest === Rest.arrival ? this.arrive() : Step.ready;
  }

  /** Nothing is on its way any more. */
  protected forgetStage(): void {
    this.rest = Rest.nothing;
    this.roundTrips = 0;
  }

  protected rttTo(host: Host): number {
    return host === this.context.hosts.storage ? this.client.rttStorage : this.client.rttServer;
  }
}

/** The message is so small that it rides on its half round trip instead of being a flow. */
export function rides(direction: Direction, bytes: number): boolean {
  return direction.queue > 0 && bytes <= INITIAL_WINDOW;
}

/** Seconds that a half round trip takes more for the message that rides on it. */
function ridingTime(direction: Direction, bytes: number, clientRate: number): number {
  return bytes > 0 && rides(direction, bytes) ? bytes / Math.min(direction.capacity, clientRate) : 0;
}
