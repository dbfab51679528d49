import { Step } from '../kernel/process.js';
import type { Pool } from '../kernel/resources/pool.js';
import type { FailureReason } from '../result.js';
import type { DrawKey } from './draws.js';
import type { Gateway, Passenger } from './gateway.js';
import type { Host, Path } from './host.js';
import { flowCap, lossBound, slowStartDelay } from './rates.js';
import { type Guest, Server } from './server.js';
import { Rest, rides, Traveller } from './traveller.js';

const MIB = 2 ** 20;

/**
 * A zero that the engine stores as a double. Fields that begin with a small integer and become doubles later make
 * it convert every process that exists by then, one by one.
 */
const ZERO = -0;

interface Message {
  readonly path: Path;
  readonly bytes: number;
  readonly cap: number;
}

/**
 * A client's exchange with a server or with storage, as a process: what uploads, background requests and
 * notifications have in common. It knows how long messages take on the wire, and what it has taken of a server;
 * all of that is given back in one place, whichever way the exchange ends.
 */
export abstract class Call extends Traveller implements DrawKey, Guest, Passenger {
  /** The server on which it is, from its first packet's arrival to the answer. */
  protected at: Server | null = null;
  private seat = -1;
  /** The server to which the balancer has sent it. */
  protected assigned: Server | null = null;
  /** Why the attempt has failed, once it has. */
  protected failure: FailureReason | null = null;
  /** File bytes that have left the client in this attempt; null before any have, which takes no memory. */
  protected sentBytes: number | null = null;
  protected threadSince = ZERO;

  private holdsThread = false;
  private holdsUpstream = false;
  private memoryHeld = ZERO;
  private reserved = 0;

  /** Where its flow moves. */
  private path: Path | null = null;
  /** A message that is held back by slow start. */
  private heldBack: Message | null = null;

  /** Keys what is drawn for it. */
  abstract readonly stream: number;
  abstract readonly item: number;
  abstract readonly turn: number;
  /** For how long it keeps a thread is one of the hold times of uploads. */
  protected abstract readonly holdTimeCounts: boolean;
  /** Its messages travel on a connection that it has just opened, whose window is still small. */
  protected abstract readonly onNewConnection: boolean;
  /** Bytes of the body that the head of its request to a server announces. */
  protected abstract readonly requestBody: number;
  /** The exchange has failed and the client has just learnt of it. */
  protected abstract concluded(reason: FailureReason): void;
  /** Nobody waits for its end any more. */
  protected abstract readonly clientGone: boolean;
  /** Work without a client has ended. */
  protected abstract endedAlone(): void;

  // --- The conversation with a server --------------------------------------------------------------------

  protected assign(): Server {
    const server = this.context.balancer.pick(this);
    this.assignTo(server);
    return server;
  }

  protected assignTo(server: Server): void {
    server.connections++;
    this.assigned = server;
  }

  /** The part of a message to a server that does not ride on its half round trip. */
  protected receiveAtServer(server: Server, bytes: number): Step {
    this.context.recorder.messageBytes += bytes;
    if (bytes <= 0 || rides(server.in, bytes)) return Step.ready;
    return this.moveMessage(server.routes.messagesIn, bytes, this.client.uplink);
  }

  protected answerFrom(from: Host, bytes: number): Step {
    this.context.recorder.messageBytes += bytes;
    if (!(from instanceof Server) || bytes <= 0 || rides(from.out, bytes))
      return this.sendAnswer(from, bytes);
    this.peer = from;
    const step = this.moveMessage(from.routes.messagesOut, bytes, this.client.downlink);
    if (step === Step.ready) return this.sendAnswer(from, 0);
    this.rest = this.heldBack === null ? Rest.answer : Rest.answerMessage;
    return step;
  }

  protected halfTripFromStorage(server: Server): Step {
    const { storage } = this.context.hosts;
    const delay = storage.parameters.rtt / 2 + this.queueing(storage.out) + this.queueing(server.in);
    return this.wait(delay);
  }

  private sendAnswer(from: Host, bytes: number): Step {
    if (from instanceof Server) {
      this.giveBack();
      if (this.clientGone) return Step.ready;
    }
    return this.halfTrip(from, from.out, bytes, this.client.downlink);
  }

  /** A packet is at the host: the first one that reaches a server puts the call on it, or is refused. */
  reach(host: Host): Step {
    if (!(host instanceof Server) || this.at === host) return Step.ready;
    if (!host.up) return this.fail('refused');
    this.at = host;
    this.seat = host.join(this);
    return Step.ready;
  }

  // --- At the gateway ------------------------------------------------------------------------------------

  protected override headArrived(at: Host): Step {
    const { gateway } = this.context;
    if (gateway === null || !(at instanceof Server)) return Step.ready;
    if (gateway.refuses(this.requestBody)) return this.fail('payload-too-large');
    gateway.meets(this);
    return this.passThrough(gateway);
  }

  protected passThrough(gateway: Gateway): Step {
    gateway.passesOn(this);
    return Step.ready;
  }

  /** The gateway has come before the server has done with it, which does not see it until it is passed on. */
  protected stepAside(): void {
    this.at!.leave(this.seat);
    this.at = null;
  }

  /** The gateway answers 504, and what the server had for it is given back. */
  cutOff(reason: FailureReason): void {
    this.abandon();
    this.failure = reason;
    if (this.clientGone) this.endedAlone();
    else if (this.halfTrip(this.peer!, this.peer!.out, 0, 0) === Step.ready) this.concluded(reason);
  }

  // -------------------------------------------------------------------------------------------------------

  protected override finishStage(): Step {
    switch (this.rest) {
      case Rest.message:
        return this.sendHeldBack(Rest.nothing);
      case Rest.answerMessage: {
        const step = this.sendHeldBack(Rest.answer);
        return step === Step.ready ? this.finishStage() : step;
      }
      case Rest.answer:
        this.rest = Rest.nothing;
        return this.sendAnswer(this.peer!, 0);
      default:
        return super.finishStage();
    }
  }

  private sendHeldBack(rest: Rest): Step {
    const { path, bytes, cap } = this.heldBack!;
    this.heldBack = null;
    this.rest = rest;
    return this.move(path, bytes, cap, this.client.weight);
  }

  // --- Flows ---------------------------------------------------------------------------------------------

  private moveMessage(path: Path, bytes: number, clientRate: number): Step {
    const { rttServer, loss, weight } = this.client;
    const cap = Math.min(clientRate, lossBound(rttServer, loss));
    const { slowStart } = this.context.spec.transport;
    if (path.onClientConnection) this.context.gateway?.hears(this);
    const isSlow = slowStart && this.onNewConnection;
    const delay = isSlow ? slowStartDelay(bytes, Math.min(cap, path.alone), rttServer) : 0;
    if (delay === 0) return this.move(path, bytes, cap, weight);
    this.heldBack = { path, bytes, cap };
    this.rest = Rest.message;
    return this.wait(delay);
  }

  protected move(path: Path, payload: number, cap: number, weight: number): Step {
    const takesNoTime = payload === 0 || (path.unbounded && cap === Number.POSITIVE_INFINITY);
    if (takesNoTime) {
      this.simulation.network.carryAtOnce(path.index, payload);
      this.carried(path, payload);
      return Step.ready;
    }
    this.path = path;
    if (path.onClientConnection) this.context.gateway?.hears(this);
    this.simulation.startFlow(this, path.index, payload, cap, weight);
    return Step.blocked;
  }

  /** Moves file bytes into the server's memory, which grows as they arrive. */
  protected moveIntoMemory(server: Server, payload: number, weight: number): Step {
    const path = server.routes.receive;
    const cap = flowCap(path, this.client, this.context.spec);
    if (!path.unbounded || cap < Number.POSITIVE_INFINITY) return this.move(path, payload, cap, weight);
    // All at once: a jump of the memory instead of growth.
    this.simulation.network.carryAtOnce(path.index, payload);
    this.context.recorder.carried(path.index, payload);
    if (path.client !== null) this.sentBytes = (this.sentBytes ?? 0) + payload;
    if (path.onClientConnection) this.context.gateway?.fallsSilent(this);
    return this.hold(server, path.memoryPerByte * payload);
  }

  protected override flowEnded(payload: number): void {
    this.carried(this.path!, payload);
  }

  private carried(path: Path, moved: number): void {
    this.context.recorder.carried(path.index, moved);
    if (path.client !== null) this.sentBytes = (this.sentBytes ?? 0) + moved;
    if (path.memoryPerByte > 0) this.memoryHeld += path.memoryPerByte * moved;
    if (path.onClientConnection) this.context.gateway?.fallsSilent(this);
  }

  /** What a run that is cut short has to account for: the flow and the thread that it still has. */
  accountUntil(now: number): void {
    if (this.flow >= 0) {
      this.context.recorder.carried(this.path!.index, this.simulation.network.moved(this.flow));
    }
    if (this.holdsThread) this.context.recorder.threadHeldUntil(this.threadSince, now);
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
    if (pool === this.at!.threads) {
      this.holdsThread = true;
      this.threadSince = this.simulation.now;
    } else {
      this.holdsUpstream = true;
    }
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
    this.context.gateway?.leaves(this);
    const { now } = this.simulation;
    const server = this.at;
    if (server !== null) {
      if (this.holdsUpstream) {
        this.holdsUpstream = false;
        server.upstream.release();
      }
      if (this.holdsThread) {
        this.holdsThread = false;
        this.context.recorder.threadReleased(server.index, this.threadSince, now, this.holdTimeCounts);
        server.threads.release();
      }
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

  protected endFlow(): void {
    if (this.flow !== -1) this.carried(this.path!, this.simulation.cutFlow(this));
  }

  protected unassign(): void {
    this.assigned?.release();
    this.assigned = null;
  }

  // --- How it goes wrong ---------------------------------------------------------------------------------

  /** The far end answers with a refusal. */
  protected fail(reason: FailureReason): Step {
    this.failure = reason;
    return Step.failed;
  }

  /** Storage refuses what its server has sent to it; the server passes the refusal on. */
  protected failThrough(reason: FailureReason): Step {
    this.rest = Rest.refusal;
    return this.fail(reason);
  }

  protected override stageFailed(): void {
    if (this.rest === Rest.refusal) {
      this.rest = Rest.nothing;
      this.relay();
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

  /** The server hears of it half a round trip later, and tells its client. */
  protected relay(): void {
    this.start(this.relayRefusal(this.at!));
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
    this.abandon();
    this.failure = 'server-crash';
  }

  /** The connection breaks: the client sees it half a round trip after the server's death. */
  learnOfCrash(): void {
    if (this.clientGone) this.endedAlone();
    else if (this.wait(this.client.rttServer / 2) === Step.ready) this.concluded('server-crash');
  }

  protected override forgetStage(): void {
    super.forgetStage();
    this.heldBack = null;
  }
}
