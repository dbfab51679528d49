/** One attempt of a client at something, and the sentences in which the three topologies are told. */
import type { FailureReason } from '../../src/result.js';
import type { Distribution, TopologySpec } from '../../src/scenario/types.js';
import {
  type Cancel,
  type Engine,
  type Flow,
  type FlowSpec,
  movedBy,
  type Program,
  type Step,
} from './slow-engine.js';
import type { Balancer, Direction, End, Guest, Server, Storage, StorageGuest } from './slow-site.js';

/** How long a connection lasts. */
export interface Life {
  readonly seconds: number;
  readonly bytes: number;
}
const forever: Life = { seconds: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

export const MIB = 2 ** 20;
const INITIAL_WINDOW = 14_600;
const SEGMENT = 1460;

export interface Site {
  readonly engine: Engine;
  readonly spec: TopologySpec;
  readonly servers: readonly Server[];
  readonly storage: Storage;
  readonly balancer: Balancer;
  /** The last instant at which anything ended. */
  lastEnd: number;
  /** Every body on its way from a client through a server. */
  readonly received: { readonly server: Server; readonly flow: Flow }[];
  /** Bytes of requests that servers have read, and of their answers. */
  messages: number;
}

/** null: it went well. */
export type Verdict = FailureReason | null;

export function constant(distribution: Distribution): number {
  if (distribution.kind === 'constant') return distribution.value;
  throw new Error(`the slow twin draws nothing: ${distribution.kind}`);
}

/** From its first packet until its client knows; `ended` is called once, when the client does. */
export class Attempt implements Guest, StorageGuest {
  /** The server once its first packet has arrived and until its answer has left. */
  server: Server | null = null;
  /** A buffering server has the whole body: it goes on without the client. */
  bodyComplete = false;
  /** Its client has gone, or there never was one; the server still works on it. */
  detached = false;
  /** It goes over a connection that was open before; one over which much has gone has a grown window. */
  connection: 'new' | 'kept' | 'kept and grown' = 'new';
  private body: Flow[] = [];
  /** Bytes that have moved for nothing, beside the body's. */
  private lost = 0;
  private readonly held: (() => void)[] = [];
  private stop: Cancel = () => {};
  private disarms: Cancel[] = [];
  /** What the gateway has set for it: the end of its patience, of a silence, and the way of its answer. */
  private late: Cancel = () => {};
  private hush: Cancel | null = null;
  private told: Cancel = () => {};

  constructor(
    readonly site: Site,
    /** To whom its connection goes, or null: to storage. */
    readonly target: Server | null,
    readonly rtt: number,
    private readonly ended: (verdict: Verdict, moved: number) => void,
    /** How long its connection lasts, in seconds and in bytes of the body. */
    readonly lasts: Life = forever,
  ) {}

  start(program: Program<Verdict>, timeout: number): void {
    this.target?.connections.add(this);
    this.limit(timeout, 'timeout');
    this.limit(this.lasts.seconds, 'connection-lost');
    this.follow(program);
  }

  private limit(seconds: number, reason: FailureReason): void {
    if (seconds === Number.POSITIVE_INFINITY) return;
    const { engine } = this.site;
    this.disarms.push(engine.at(engine.now + seconds, () => this.interrupt(reason)));
  }

  /** The first packet has arrived. */
  arrive(server: Server): void {
    this.server = server;
    server.guests.add(this);
  }

  /** The file's own bytes set out from the client. */
  carries(flow: Flow): void {
    // From a gateway that had it all it sets out once more.
    if (!(this.server && this.site.spec.gateway?.buffers)) this.body.push(flow);
    if (this.server) this.site.received.push({ server: this.server, flow });
  }

  /** What it has moved is stored for good but for so many bytes, whatever becomes of the rest. */
  keeps(lost = 0): void {
    this.body = [];
    this.lost = lost;
  }

  // --- At the gateway -----------------------------------------------------------------------------------------

  /** It has gone on to a server. */
  gatewayWaits(): void {
    const { engine, spec } = this.site;
    const { timeout } = spec.gateway!;
    if (timeout === Number.POSITIVE_INFINITY) return;
    this.late = engine.at(engine.now + timeout, () => this.cutOff('gateway-timeout'));
  }

  /** No byte passes on its client's connection from now on. */
  silent(): void {
    const { engine, spec } = this.site;
    const idle = spec.gateway?.idle ?? Number.POSITIVE_INFINITY;
    if (this.hush || idle === Number.POSITIVE_INFINITY) return;
    if (this.detached && this.bodyComplete) return;
    this.hush = engine.at(engine.now + idle, () => this.cutOff('gateway-idle'));
  }

  sounds(): void {
    this.hush?.();
    this.hush = null;
  }

  private passesGatewayNoMore(): void {
    this.sounds();
    this.late();
  }

  private cutOff(reason: FailureReason): void {
    this.passesGatewayNoMore();
    const { engine } = this.site;
    const server = this.target!;
    if (this.bodyComplete && this.server) {
      this.detached = true;
      this.told = engine.after(this.rtt / 2 + standing(this, server.out), () => this.end(reason));
      return;
    }
    this.stop();
    this.leave();
    if (!this.detached) this.follow(comesBack(this, server, reason));
  }

  /** It waits at a gateway, and the server knows nothing of it. */
  stepsAside(): void {
    this.server?.guests.delete(this);
    this.server = null;
  }

  // ------------------------------------------------------------------------------------------------------------

  hold(giveBack: () => void): void {
    this.held.push(giveBack);
  }

  /** The server's answer leaves, or the client has gone: everything is given back, last taken first. */
  leave(): void {
    this.passesGatewayNoMore();
    this.site.lastEnd = this.site.engine.now;
    this.target?.connections.delete(this);
    this.server?.guests.delete(this);
    this.site.storage.guests.delete(this);
    this.server = null;
    while (this.held.length > 0) this.held.pop()!();
  }

  die(): () => void {
    this.stop();
    this.passesGatewayNoMore();
    this.held.length = 0;
    this.site.storage.guests.delete(this);
    const server = this.server!;
    this.server = null;
    return () => {
      if (!this.detached) this.follow(comesBack(this, server, 'server-crash'));
    };
  }

  breaks(): () => void {
    this.stop();
    const { server } = this;
    const relay = () =>
      server === null
        ? comesBack(this, this.site.storage, 'connection-lost')
        : proxyAnswers(this, server, 'connection-lost');
    return () => this.follow(relay());
  }

  private follow(program: Program<Verdict>): void {
    const over = (verdict: Verdict) => {
      if (!this.detached) this.end(verdict);
    };
    this.site.engine.spawn(program, over, stop => {
      this.stop = stop;
    });
  }

  /** The client hears nothing more, and the server nothing more of it. */
  interrupt(reason: FailureReason): void {
    this.told();
    if (this.bodyComplete && this.server) {
      this.detached = true;
      this.passesGatewayNoMore();
    } else {
      this.stop();
      this.leave();
    }
    this.end(reason);
  }

  private end(verdict: Verdict): void {
    for (const disarm of this.disarms) disarm();
    this.site.lastEnd = this.site.engine.now;
    this.ended(
      verdict,
      this.body.reduce((sum, flow) => sum + movedBy(flow), this.lost),
    );
  }
}

export function* comesBack(attempt: Attempt, end: End, verdict: Verdict): Program<Verdict> {
  yield halfTrip(attempt, end.out);
  return verdict;
}

/** The body leaves the client, as far as the connection carries it, or a gateway that had it; returns how much did. */
export function* sendsBody(attempt: Attempt, body: FlowSpec, begun: (flow: Flow) => void): Program<number> {
  const fromGateway = attempt.server !== null && attempt.site.spec.gateway?.buffers === true;
  const size = fromGateway ? body.size : Math.min(body.size, attempt.lasts.bytes);
  yield attempt.site.engine.transfer({ ...body, size }, flow => {
    attempt.carries(flow);
    begun(flow);
  });
  return size;
}

/** What a broken connection leaves: nothing that would go on. */
export function breaks(attempt: Attempt): Step {
  return () => {
    attempt.interrupt('connection-lost');
    return () => {};
  };
}

/** What a half round trip that begins now in this direction has to queue for. */
export function standing(attempt: Attempt, direction: Direction): number {
  return attempt.site.engine.saturated(direction.link) ? direction.queue : 0;
}

export function halfTrip(attempt: Attempt, direction: Direction, more = 0): Step {
  return attempt.site.engine.wait(attempt.rtt / 2 + standing(attempt, direction) + more);
}

/** TCP's round trip and those of TLS; the far end sees the first packet after half of the first. */
export function* connect(attempt: Attempt, end: End): Program<boolean> {
  if (attempt.connection !== 'new') return true;
  const { tls } = attempt.site.spec.transport;
  const exchanges = 1 + (tls === '1.3' ? 1 : tls === '1.2' ? 2 : 0);
  for (let n = 0; n < exchanges; n++) {
    yield halfTrip(attempt, end.in);
    if (n === 0 && attempt.target && !meets(attempt, attempt.target)) return false;
    if (n === 0 && !attempt.target && !attempt.site.storage.lets(attempt)) return false;
    yield halfTrip(attempt, end.out);
  }
  return true;
}

/** False if the server is dead. */
export function meets(attempt: Attempt, server: Server): boolean {
  if (!server.up) return false;
  attempt.arrive(server);
  return true;
}

/** The head has arrived; over a connection that was kept it is the first packet. False if the server is dead. */
export function headMeets(attempt: Attempt, server: Server): boolean {
  return attempt.connection === 'new' || meets(attempt, server);
}

/** The server says no: nothing of the attempt stays on it, the client hears half a round trip later. */
export function* deny(attempt: Attempt, server: Server, reason: FailureReason): Program<Verdict> {
  attempt.leave();
  return yield* comesBack(attempt, server, reason);
}

/** A thread, after the backlog if need be; false if that is full. */
export function* takeThread(attempt: Attempt, server: Server): Program<boolean> {
  if (!server.threads.hasRoom()) return false;
  yield server.threads.seize();
  attempt.hold(() => server.threads.release());
  return true;
}

/** `perRequest`, signing: core-seconds over the cores, at most one core, the weight of one upload. */
export function cpuJob(attempt: Attempt, server: Server, seconds: number): Step {
  const { perMiB } = attempt.site.spec.server.cpu;
  return attempt.site.engine.transfer({
    size: seconds,
    weight: perMiB > 0 ? perMiB / MIB : 1,
    cap: 1,
    path: [{ link: server.cores, cost: 1 }],
  });
}

/** Mathis et al. 1997; a path without round trips or losses has no such bound. */
export function mathis(rtt: number, loss: number): number {
  return loss > 0 && rtt > 0 ? (1.22 * SEGMENT) / (rtt * Math.sqrt(loss)) : Number.POSITIVE_INFINITY;
}

/** Seconds by which the doubling window delays a transfer on a new connection. */
export function slowStart(attempt: Attempt, flow: FlowSpec): number {
  const { rtt } = attempt;
  if (!attempt.site.spec.transport.slowStart || rtt === 0 || attempt.connection === 'kept and grown')
    return 0;
  const alone = Math.min(
    flow.cap,
    ...flow.path.filter(hop => hop.cost > 0).map(hop => hop.link.capacity / hop.cost),
  );
  const untilFull = Math.ceil(Math.log2((alone * rtt) / INITIAL_WINDOW));
  const untilSent = Math.ceil(Math.log2(flow.size / INITIAL_WINDOW + 1)) - 1;
  const rounds = Math.max(0, Math.min(untilFull, untilSent));
  return rounds * rtt - (INITIAL_WINDOW * (2 ** rounds - 1)) / alone;
}

/** Whether a request or response is so small that it rides on its half round trip. */
export const rides = (bytes: number, direction: Direction): boolean =>
  bytes <= INITIAL_WINDOW && direction.queue > 0;

/** A message's half round trip, with the bytes if they ride. */
export function messageTrip(attempt: Attempt, bytes: number, direction: Direction, client: number): Step {
  const riding = rides(bytes, direction) ? bytes / Math.min(direction.link.capacity, client) : 0;
  return halfTrip(attempt, direction, riding);
}

/** The bytes of a message that does not ride; on a connection that was just opened its window is still small. */
export function* messageFlow(
  attempt: Attempt,
  bytes: number,
  direction: Direction,
  client: number,
  weight: number,
  connection: 'new' | 'kept alive',
): Program {
  attempt.site.messages += bytes;
  if (rides(bytes, direction)) return;
  if (bytes > 0) attempt.sounds();
  const flow = { size: bytes, weight, cap: client, path: [{ link: direction.link, cost: 1 }] };
  if (connection === 'new') yield attempt.site.engine.wait(slowStart(attempt, flow));
  yield attempt.site.engine.transfer(flow);
  if (bytes > 0) attempt.silent();
}

/** A request's head is at the servers' door, and says how long its body is; a file may have to wait there. */
export function* passGateway(
  attempt: Attempt,
  server: Server,
  bytes: number,
  file: { readonly uplink: number; readonly loss: number; readonly weight: number } | null = null,
): Program<Verdict> {
  const { engine, spec } = attempt.site;
  const { gateway } = spec;
  if (!gateway) return null;
  if (bytes > gateway.maxBody) return yield* deny(attempt, server, 'payload-too-large');
  if (!file || !gateway.buffers) {
    attempt.silent();
    attempt.gatewayWaits();
    return null;
  }
  attempt.stepsAside();
  const cap = Math.min(file.uplink, mathis(attempt.rtt, file.loss));
  const flow = { size: bytes, weight: file.weight, cap, path: [] };
  yield engine.wait(slowStart(attempt, flow));
  const sent = yield* sendsBody(attempt, flow, () => {});
  if (sent < bytes) yield breaks(attempt);
  attempt.silent();
  attempt.gatewayWaits();
  return meets(attempt, server) ? null : yield* deny(attempt, server, 'refused');
}

/** Storage's answer to the server, then everything is given back, then the server's answer to the client. */
export function* proxyAnswers(attempt: Attempt, server: Server, verdict: Verdict): Program<Verdict> {
  const { engine, storage } = attempt.site;
  storage.guests.delete(attempt);
  const queues = standing(attempt, storage.out) + standing(attempt, server.in);
  yield engine.wait(storage.parameters.rtt / 2 + queues);
  attempt.leave();
  yield halfTrip(attempt, server.out);
  return verdict;
}
