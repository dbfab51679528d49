import { Process, Step } from '../kernel/process.js';
import type { Pool } from '../kernel/resources/pool.js';
import type { FailureReason } from '../result.js';
import type { Context } from './context.js';
import type { DrawKey } from './draws.js';
import { type Direction, type Host, INITIAL_WINDOW, type Path } from './host.js';
import { Server } from './server.js';

/** TCP's maximum segment size, bytes. */
const MSS = 1460;
const MIB = 2 ** 20;

/** A client's end of the wire: bytes per second, seconds, share of packets lost. */
export interface ClientLink {
  readonly uplink: number;
  readonly downlink: number;
  readonly rttServer: number;
  readonly rttStorage: number;
  readonly loss: number;
  /** Max-min weight of its flows. */
  readonly weight: number;
}

interface Message {
  readonly path: Path;
  readonly bytes: number;
  readonly cap: number;
  readonly weight: number;
}

/** What has been taken, the last first: the order in which it is given back. */
interface Holding {
  readonly pool: Pool;
  readonly before: Holding | null;
}

/**
 * A zero that the engine stores as a double. Fields that begin with a small integer and become doubles later make
 * it convert every process that exists by then, one by one.
 */
const ZERO = -0;

/**
 * A client's exchange with a server or with storage, as a process: what uploads, background requests and
 * notifications have in common. It knows how long messages take on the wire, and what it has taken of a server;
 * all of that is given back in one place, whichever way the exchange ends.
 */
export abstract class Call extends Process implements DrawKey {
  /** The server on which it is, from its first packet's arrival to the answer. */
  protected at: Server | null = null;
  private seat = -1;
  /** The server to which the balancer has sent it. */
  protected assigned: Server | null = null;
  /** The far end of the conversation. */
  protected peer: Host | null = null;
  /** Why the attempt has failed, once it has. */
  protected failure: FailureReason | null = null;
  /** File bytes that have left the client in this attempt. */
  protected sentBytes = ZERO;
  protected threadSince = ZERO;

  private held: Holding | null = null;
  private memoryHeld = ZERO;
  private reserved = 0;

  /** Half round trips of the opening of a connection that are still to come, and where it leads. */
  private trips = 0;
  private tripsTo: Host | null = null;
  /** A message on its way, whose arrival is a stage of its own. */
  private arrivingAt: Host | null = null;
  /** An answer whose body is still a flow; its half round trip comes after it. */
  private answeringFrom: Host | null = null;
  /** A server that will pass on the storage's refusal. */
  private refusedThrough: Server | null = null;

  /** What its flow moves, and where. */
  private path: Path | null = null;
  private payload = ZERO;
  /** A message that is held back by slow start. */
  private heldBack: Message | null = null;
  /** Seconds of round trips on a plain host that are yet to be waited for, together with its next message. */
  private roundTripsDue = ZERO;

  constructor(
    protected readonly context: Context,
    /** The client's end of the wire. */
    protected readonly client: ClientLink,
  ) {
    super(context.simulation);
  }

  /** Keys what is drawn for it. */
  abstract readonly stream: number;
  abstract readonly item: number;
  abstract readonly turn: number;
  protected abstract readonly isUpload: boolean;
  /** Its messages travel on a connection that it has just opened, whose window is still small. */
  protected abstract readonly onNewConnection: boolean;
  /** The exchange has failed and the client has just learnt of it. */
  protected abstract concluded(reason: FailureReason): void;
  /** Nobody waits for its end any more. */
  protected abstract readonly clientGone: boolean;
  /** Work without a client has ended. */
  protected abstract endedAlone(): void;

  // --- What the wire takes -------------------------------------------------------------------------------

  protected assign(): Server {
    const server = this.context.balancer.pick(this);
    this.assignTo(server);
    return server;
  }

  protected assignTo(server: Server): void {
    server.connections++;
    this.assigned = server;
  }

  protected openConnection(to: Host): Step {
    const { tls } = this.context.spec.transport;
    const roundTrips = tls === 'none' ? 1 : tls === '1.3' ? 2 : 3;
    this.peer = to;
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
    if (to.plain) {
      this.roundTripsDue += count * this.rttTo(to);
      return Step.ready;
    }
    this.trips = 2 * count;
    this.tripsTo = to;
    return this.nextTrip();
  }

  protected sendTo(to: Host, bytes: number): Step {
    this.peer = to;
    this.arrivingAt = to;
    const step = this.halfTrip(to, to.in, bytes, this.client.uplink);
    return step === Step.ready ? this.arrive() : step;
  }

  /** The part of a message to a server that does not ride on its half round trip. */
  protected receiveAtServer(server: Server, bytes: number): Step {
    if (bytes <= 0 || rides(server.in, bytes)) return Step.ready;
    const path = server.routes.messagesIn;
    return this.moveMessage(path, bytes, Math.min(this.client.uplink, this.lossBound(this.client.rttServer)));
  }

  protected answerFrom(from: Host, bytes: number): Step {
    this.answeringFrom = from;
    if (from instanceof Server && bytes > 0 && !rides(from.out, bytes)) {
      const cap = Math.min(this.client.downlink, this.lossBound(this.client.rttServer));
      const step = this.moveMessage(from.routes.messagesOut, bytes, cap);
      return step === Step.ready ? this.sendAnswer(0) : step;
    }
    return this.sendAnswer(bytes);
  }

  protected halfTripFromStorage(server: Server): Step {
    const { storage } = this.context.hosts;
    const delay = storage.parameters.rtt / 2 + this.queueing(storage.out) + this.queueing(server.in);
    return this.wait(delay);
  }

  private sendAnswer(bytes: number): Step {
    const from = this.answeringFrom!;
    this.answeringFrom = null;
    if (from instanceof Server) {
      this.giveBack();
      if (this.clientGone) return Step.ready;
    }
    return this.halfTrip(from, from.out, bytes, this.client.downlink);
  }

  private halfTrip(host: Host, direction: Direction, bytes: number, clientRate: number): Step {
    let delay = this.rttTo(host) / 2 + this.queueing(direction) + this.roundTripsDue;
    this.roundTripsDue = 0;
    if (bytes > 0 && rides(direction, bytes)) delay += bytes / Math.min(direction.capacity, clientRate);
    return this.wait(delay);
  }

  private queueing(direction: Direction): number {
    const { standing, link } = direction;
    return standing > 0 && this.simulation.network.saturated(link) ? standing : 0;
  }

  private nextTrip(): Step {
    const host = this.tripsTo!;
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
    return inbound ? this.reach(this.tripsTo!) : Step.ready;
  }

  private arrive(): Step {
    const host = this.arrivingAt!;
    this.arrivingAt = null;
    return this.reach(host);
  }

  /** A packet is at the host: the first one that reaches a server puts the call on it, or is refused. */
  protected reach(host: Host): Step {
    if (!(host instanceof Server) || this.at === host) return Step.ready;
    if (!host.up) return this.fail('refused');
    this.at = host;
    this.seat = host.join(this);
    return Step.ready;
  }

  protected override continueStage(): Step {
    if (this.trips > 0) {
      const step = this.tripEnded();
      return step === Step.ready ? this.nextTrip() : step;
    }
    if (this.arrivingAt !== null) return this.arrive();
    const message = this.heldBack;
    if (message !== null) {
      this.heldBack = null;
      if (this.move(message.path, message.bytes, message.cap, message.weight) === Step.blocked)
        return Step.blocked;
    }
    if (this.answeringFrom !== null) return this.sendAnswer(0);
    return Step.ready;
  }

  // --- Flows ---------------------------------------------------------------------------------------------

  /** The rate of one flow on a path by its own limits, units per second. */
  protected capOn(path: Path): number {
    const { spec } = this.context;
    let cap = Number.POSITIVE_INFINITY;
    if (path.client !== null) {
      const { rttServer, rttStorage, uplink } = this.client;
      cap = Math.min(uplink, this.lossBound(path.client === 'server' ? rttServer : rttStorage));
    }
    if (path.toStorage) cap = Math.min(cap, spec.storage.perConnection);
    if (path.proxied) cap = Math.min(cap, MIB / spec.server.cpu.perMiB);
    return cap;
  }

  /** Mathis, Semke, Mahdavi, Ott 1997: what loss leaves of one connection, bytes per second. */
  private lossBound(rtt: number): number {
    const { loss } = this.client;
    return loss > 0 && rtt > 0 ? (1.22 * MSS) / (rtt * Math.sqrt(loss)) : Number.POSITIVE_INFINITY;
  }

  /** Seconds by which TCP's doubling window delays `bytes` on a new connection. */
  protected slowStartDelay(path: Path, bytes: number, cap: number, rtt: number): number {
    if (!this.context.spec.transport.slowStart || !(rtt > 0) || bytes <= INITIAL_WINDOW) return 0;
    const rate = Math.min(cap, path.alone);
    const toFillPath = Math.ceil(Math.log2((rate * rtt) / INITIAL_WINDOW));
    const toSendAll = Math.ceil(Math.log2(bytes / INITIAL_WINDOW + 1)) - 1;
    const rounds = Math.min(toFillPath, toSendAll);
    return rounds > 0 ? rounds * rtt - (INITIAL_WINDOW * (2 ** rounds - 1)) / rate : 0;
  }

  private moveMessage(path: Path, bytes: number, cap: number): Step {
    const { rttServer } = this.client;
    const delay = this.onNewConnection ? this.slowStartDelay(path, bytes, cap, rttServer) : 0;
    if (delay === 0) return this.move(path, bytes, cap, this.client.weight);
    this.heldBack = { path, bytes, cap, weight: this.client.weight };
    return this.wait(delay);
  }

  protected move(path: Path, payload: number, cap: number, weight: number): Step {
    this.path = path;
    this.payload = payload;
    if (path.unbounded && cap === Number.POSITIVE_INFINITY) {
      this.simulation.network.carryAtOnce(path.index, payload);
      this.carried(path, payload);
      return Step.ready;
    }
    this.simulation.startFlow(this, path.index, payload, cap, weight);
    return Step.blocked;
  }

  /** Moves file bytes into the server's memory, which grows as they arrive. */
  protected moveIntoMemory(server: Server, payload: number, weight: number): Step {
    const path = server.routes.receive;
    const cap = this.capOn(path);
    if (!path.unbounded || cap < Number.POSITIVE_INFINITY) return this.move(path, payload, cap, weight);
    // All at once: a jump of the memory instead of growth.
    this.simulation.network.carryAtOnce(path.index, payload);
    this.context.recorder.carried(path.index, payload);
    this.sentBytes += payload;
    return this.hold(server, path.memoryPerByte * payload);
  }

  protected override flowEnded(): void {
    this.carried(this.path!, this.payload);
  }

  private carried(path: Path, moved: number): void {
    this.context.recorder.carried(path.index, moved);
    if (path.client !== null) this.sentBytes += moved;
    if (path.memoryPerByte > 0) this.memoryHeld += path.memoryPerByte * moved;
    this.path = null;
  }

  /** What a run that is cut short has to account for: the flow and the thread that it still has. */
  accountUntil(now: number): void {
    if (this.flow >= 0) {
      this.context.recorder.carried(this.path!.index, this.simulation.network.moved(this.flow));
    }
    for (let holding = this.held; holding !== null; holding = holding.before) {
      if (holding.pool === this.at?.threads) this.context.recorder.threadHeldUntil(this.threadSince, now);
    }
  }

  // --- What a server gives -------------------------------------------------------------------------------

  protected takeThreadOf(server: Server): Step {
    const step = this.enter(server.threads);
    return step === Step.failed ? this.fail('overloaded') : step;
  }

  protected takeUpstreamOf(server: Server): Step {
    return this.enter(server.upstream);
  }

  protected override seized(pool: Pool): void {
    this.held = { pool, before: this.held };
    if (pool === this.at?.threads) this.threadSince = this.simulation.now;
  }

  protected reserve(server: Server, bytes: number): Step {
    if (server.parameters.onOutOfMemory !== 'reject') return Step.ready;
    if (!server.reserve(bytes)) return this.fail('out-of-memory');
    this.reserved = bytes;
    return Step.ready;
  }

  /** Memory that stays until the call ends; `bytes` may be negative. */
  protected hold(server: Server, bytes: number): Step {
    if (bytes === 0) return Step.ready;
    const { now } = this.simulation;
    if (server.parameters.onOutOfMemory === 'crash' && server.memory.wouldExceed(now, bytes)) {
      server.crash();
      return Step.blocked;
    }
    server.memory.step(now, bytes);
    this.memoryHeld += bytes;
    return Step.ready;
  }

  /** Work on the cores, in core-seconds. */
  protected work(server: Server, coreSeconds: number): Step {
    if (!(coreSeconds > 0)) return Step.ready;
    const { perMiB } = server.parameters.cpu;
    // On full cores a small job gets the share of one upload of weight 1.
    return this.move(server.routes.jobs, coreSeconds, 1, perMiB > 0 ? perMiB / MIB : 1);
  }

  protected handle(server: Server): Step {
    return this.work(server, this.context.draws.perRequest.for(this));
  }

  /** Gives back, in reverse order of taking, all that it has of its server, and leaves it. */
  protected giveBack(): void {
    this.endFlow();
    const { now } = this.simulation;
    const server = this.at;
    if (server !== null) {
      for (let holding = this.held; holding !== null; holding = holding.before) {
        const { pool } = holding;
        if (pool === server.threads) {
          this.context.recorder.threadReleased(this.threadSince, now, this.isUpload);
        }
        pool.release();
      }
      this.held = null;
      if (this.memoryHeld !== 0) {
        server.memory.step(now, -this.memoryHeld);
        this.memoryHeld = 0;
      }
      server.reserved -= this.reserved;
      this.reserved = 0;
      server.leave(this.seat);
      this.at = null;
    }
    this.unassign();
  }

  private endFlow(): void {
    if (this.flow >= 0) {
      this.carried(this.path!, this.simulation.cutFlow(this));
    } else if (this.arrived) {
      this.arrived = false;
      this.carried(this.path!, this.payload);
    }
  }

  protected unassign(): void {
    if (this.assigned !== null) this.assigned.connections--;
    this.assigned = null;
  }

  // --- How it goes wrong ---------------------------------------------------------------------------------

  /** The far end answers with a refusal. */
  protected fail(reason: FailureReason): Step {
    this.failure = reason;
    return Step.failed;
  }

  /** Storage refuses what a server has sent to it; the server passes the refusal on. */
  protected failThrough(server: Server, reason: FailureReason): Step {
    this.refusedThrough = server;
    return this.fail(reason);
  }

  protected override stageFailed(): void {
    const through = this.refusedThrough;
    if (through !== null) {
      this.refusedThrough = null;
      this.start(this.relayRefusal(through));
      return;
    }
    const host = this.peer!;
    this.giveBack();
    if (this.clientGone) {
      this.endedAlone();
      return;
    }
    if (this.halfTrip(host, host.out, 0, 0) === Step.ready) this.concluded(this.failure!);
  }

  private *relayRefusal(server: Server): Generator<Step, void, void> {
    yield this.halfTripFromStorage(server);
    yield Step.failed;
  }

  protected override resumedIdle(): void {
    this.concluded(this.failure!);
  }

  /** The client stops waiting: everything is given back at once. */
  protected abandon(): void {
    this.dropProgram();
    this.stopWaiting();
    this.forgetStage();
    this.giveBack();
  }

  /** The server has died with all that this call had of it. */
  loseServer(): void {
    this.dropProgram();
    this.stopWaiting();
    this.forgetStage();
    this.giveBack();
    this.failure = 'server-crash';
  }

  /** The connection breaks: the client sees it half a round trip after the server's death. */
  learnOfCrash(): void {
    if (this.clientGone) this.endedAlone();
    else if (this.wait(this.client.rttServer / 2) === Step.ready) this.concluded('server-crash');
  }

  protected forgetStage(): void {
    this.trips = 0;
    this.arrivingAt = null;
    this.answeringFrom = null;
    this.refusedThrough = null;
    this.heldBack = null;
    this.roundTripsDue = 0;
  }

  protected rttTo(host: Host): number {
    return host instanceof Server ? this.client.rttServer : this.client.rttStorage;
  }
}

function rides(direction: Direction, bytes: number): boolean {
  return direction.queue > 0 && bytes <= INITIAL_WINDOW;
}
