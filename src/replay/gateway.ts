import type { Scheduled } from '../kernel/calendar.js';
import type { Simulation } from '../kernel/simulation.js';
import type { FailureReason } from '../result.js';
import type { GatewayParameters } from '../scenario/types.js';

/** A request that goes to the servers. */
export interface Passenger {
  /** The gateway waits no longer for the server: it answers in its stead. */
  cutOff(reason: FailureReason): void;
}

/**
 * What stands at the servers' door and lets requests through: it refuses bodies that are too large, and cuts off what
 * takes too long or is silent for too long. What it knows of a request on its way is kept here and not with the
 * request, so that requests take no memory for a gateway that is not there.
 */
export class Gateway {
  private readonly passages = new Map<Passenger, Passage>();
  private readonly watches: boolean;

  constructor(
    readonly parameters: GatewayParameters,
    private readonly simulation: Simulation,
  ) {
    this.watches = Math.min(parameters.timeout, parameters.idle) < Number.POSITIVE_INFINITY;
  }

  /** Told of a body's bytes by the head of its request. */
  refuses(bytes: number): boolean {
    return bytes > this.parameters.maxBody;
  }

  /** The head of a request has come; until more follows, its client's connection is silent. */
  meets(passenger: Passenger): void {
    if (!this.watches) return;
    const passage = new Passage(this, passenger, this.simulation);
    this.passages.set(passenger, passage);
    passage.fallsSilent(this.parameters.idle);
  }

  /** The request goes on to a server, which has `timeout` from now on for its answer. */
  passesOn(passenger: Passenger): void {
    this.passages.get(passenger)?.passedOn(this.parameters.timeout);
  }

  /** Bytes begin to pass on the client's connection. */
  hears(passenger: Passenger): void {
    this.passages.get(passenger)?.hears();
  }

  /** They have passed. */
  fallsSilent(passenger: Passenger): void {
    this.passages.get(passenger)?.fallsSilent(this.parameters.idle);
  }

  /** Its answer has left, or nobody waits for one any more. */
  leaves(passenger: Passenger): void {
    this.passages.get(passenger)?.end();
    this.passages.delete(passenger);
  }
}

/** A request on its way through the gateway and back, with the two instants at which the gateway gives it up. */
class Passage implements Scheduled {
  /** Events of the calendar, or -1. */
  private late = -1;
  private silent = -1;

  constructor(
    private readonly gateway: Gateway,
    private readonly passenger: Passenger,
    private readonly simulation: Simulation,
  ) {}

  passedOn(timeout: number): void {
    if (timeout < Number.POSITIVE_INFINITY) this.late = this.simulation.after(timeout, this);
  }

  hears(): void {
    if (this.silent >= 0) this.simulation.calendar.cancel(this.silent);
    this.silent = -1;
  }

  fallsSilent(idle: number): void {
    if (this.silent < 0 && idle < Number.POSITIVE_INFINITY) this.silent = this.simulation.after(idle, this);
  }

  end(): void {
    this.hears();
    if (this.late >= 0) this.simulation.calendar.cancel(this.late);
    this.late = -1;
  }

  fire(event: number): void {
    const reason = event === this.late ? 'gateway-timeout' : 'gateway-idle';
    // An event that fires is in no queue from which it could be taken.
    if (event === this.late) this.late = -1;
    else this.silent = -1;
    this.gateway.leaves(this.passenger);
    this.passenger.cutOff(reason);
  }
}
