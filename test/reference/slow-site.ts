/** What the slow twin's uploads meet: servers with threads, memory and cores, and one storage. */
import type {
  NetworkDirection,
  ServerParameters,
  SiteParameters,
  StorageParameters,
} from '../../src/scenario/types.js';
import { Bucket } from './slow-bursts.js';
import {
  type Engine,
  type Flow,
  type Link,
  makeLink,
  movedBy,
  type Step,
  type Watcher,
} from './slow-engine.js';

/** One direction of a network: the link, and what its standing queue adds while the link is saturated. */
export interface Direction {
  readonly link: Link;
  readonly queue: number;
}

/** A far end that clients exchange with. */
export interface End {
  readonly in: Direction;
  readonly out: Direction;
}

/** FIFO: so many at once, so many waiting. */
export class Pool {
  busy = 0;
  peak = 0;
  peakWaiting = 0;
  /** Integral of `busy`. */
  busySeconds = 0;
  /** Integral of those who wait. */
  waitingSeconds = 0;
  saturatedAt: number | null = null;
  saturatedFor = 0;
  private readonly queue: (() => void)[] = [];

  constructor(
    private readonly engine: Engine,
    readonly capacity: number,
    readonly places: number,
  ) {}

  hasRoom(): boolean {
    return this.busy < this.capacity || this.queue.length < this.places;
  }

  /** `seconds` have passed since `from`. */
  pass(from: number, seconds: number): void {
    this.busySeconds += this.busy * seconds;
    this.waitingSeconds += this.queue.length * seconds;
    if (this.busy < this.capacity) return;
    this.saturatedAt ??= from;
    this.saturatedFor += seconds;
  }

  seize(): Step {
    return resume => {
      if (this.busy < this.capacity) {
        this.busy++;
        this.peak = Math.max(this.peak, this.busy);
        resume();
        return () => {};
      }
      this.queue.push(resume);
      this.peakWaiting = Math.max(this.peakWaiting, this.queue.length);
      return () => {
        const place = this.queue.indexOf(resume);
        if (place >= 0) this.queue.splice(place, 1);
      };
    };
  }

  /** The longest waiter has the place that was given back, and goes on after whoever gave it. */
  release(): void {
    const next = this.queue.shift();
    if (next) this.engine.soon(next);
    else this.busy--;
  }

  /** A crash: everybody is gone. */
  clear(): void {
    this.busy = 0;
    this.queue.length = 0;
  }
}

/** What one request holds of the memory: a fixed part, and a part that follows what a flow has moved. */
interface Holding {
  fixed: number;
  perByte: number;
  flow: Flow | null;
}

const held = (part: Holding): number => part.fixed + (part.flow ? part.perByte * movedBy(part.flow) : 0);

/** What stays of a limit is a sum of products of decimals: one part in 10^12 is no excess. */
const exceeds = (level: number, limit: number): boolean => level > limit * (1 + 1e-12);

export class Memory implements Watcher {
  peak: number;
  /** Integral of what is held above the base. */
  heldByteSeconds = 0;
  private reserved = 0;
  private readonly holdings = new Map<object, Holding>();

  constructor(
    private readonly engine: Engine,
    private readonly parameters: Pick<ServerParameters, 'memory' | 'baseMemory' | 'onOutOfMemory'>,
    private readonly crash: () => void,
  ) {
    this.peak = parameters.baseMemory;
  }

  level(): number {
    let level = this.parameters.baseMemory;
    for (const part of this.holdings.values()) level += held(part);
    return level;
  }

  /** Sets what `owner` holds; a step that would exceed the limit meets it, and the server dies. */
  set(owner: object, fixed: number, perByte = 0, flow: Flow | null = null): void {
    this.observe();
    this.holdings.set(owner, { fixed, perByte, flow });
    this.checkStep();
  }

  drop(owner: object): void {
    this.observe();
    this.holdings.delete(owner);
  }

  clear(): void {
    this.holdings.clear();
    this.reserved = 0;
  }

  /** `reject`: whether `bytes` more can be promised. */
  reserves(bytes: number): boolean {
    if (exceeds(this.parameters.baseMemory + this.reserved + bytes, this.parameters.memory)) return false;
    this.reserved += bytes;
    return true;
  }

  unreserve(bytes: number): void {
    this.reserved -= bytes;
  }

  observe(): void {
    this.peak = Math.min(Math.max(this.peak, this.level()), this.limit());
  }

  crossing(): number {
    const limit = this.limit();
    if (limit === Number.POSITIVE_INFINITY) return limit;
    const growth = this.growth();
    if (growth <= 0) return Number.POSITIVE_INFINITY;
    const room = limit - this.level();
    return room <= limit * 1e-12 ? this.engine.now : this.engine.now + room / growth;
  }

  /** `seconds` have passed, in which the level was a straight line. */
  pass(seconds: number): void {
    const average = this.level() - (this.growth() * seconds) / 2;
    this.heldByteSeconds += (average - this.parameters.baseMemory) * seconds;
  }

  private growth(): number {
    this.engine.solve();
    let growth = 0;
    for (const part of this.holdings.values()) if (part.flow) growth += part.perByte * part.flow.rate;
    return growth;
  }

  cross(): void {
    this.peak = this.limit();
    this.crash();
  }

  private checkStep(): void {
    if (exceeds(this.level(), this.limit())) this.cross();
    else this.observe();
  }

  /** A server that reserves can never run out. */
  private limit(): number {
    return this.parameters.onOutOfMemory === 'crash' ? this.parameters.memory : Number.POSITIVE_INFINITY;
  }
}

/** Space on a disk, kept for whole bodies. */
export class Spool {
  peak = 0;
  /** Integral of the space that is kept. */
  byteSeconds = 0;
  /** The first instant from which it stays full, or at which a body finds no room. */
  saturatedAt: number | null = null;
  private readonly bodies = new Map<object, number>();

  constructor(private readonly space: number) {}

  private taken(): number {
    return [...this.bodies.values()].reduce((sum, bytes) => sum + bytes, 0);
  }

  /** Whether a body of `bytes` more has room; if so, it is kept for `owner`. */
  keeps(owner: object, bytes: number, now: number): boolean {
    if (exceeds(this.taken() + bytes, this.space)) {
      this.saturatedAt ??= now;
      return false;
    }
    this.bodies.set(owner, bytes);
    this.peak = Math.max(this.peak, this.taken());
    return true;
  }

  drop(owner: object): void {
    this.bodies.delete(owner);
  }

  clear(): void {
    this.bodies.clear();
  }

  /** `seconds` have passed since `from`. */
  pass(from: number, seconds: number): void {
    this.byteSeconds += this.taken() * seconds;
    if (this.taken() >= (1 - 1e-9) * this.space) this.saturatedAt ??= from;
  }
}

/** Something of a client (or of nobody, any more) that a server carries and that dies with it. */
export interface Guest {
  /** Stops at once; what it returns then lets the client know, in its own time. */
  die(): () => void;
}

/** Somebody's connection to storage. */
export interface StorageGuest {
  /** Stops at once; what it returns then lets those know who wait for it. */
  breaks(): () => void;
}

export class Server implements End {
  readonly in: Direction;
  readonly out: Direction;
  readonly cores: Link;
  readonly threads: Pool;
  readonly upstream: Pool;
  readonly memory: Memory;
  /** Writing and reading share it. */
  readonly disk: Link;
  readonly spool: Spool;
  readonly crashes: number[] = [];
  up = true;
  /** How often it has been taken out of service. */
  retirements = 0;
  /** Restarts and faults that keep it down now. */
  private reasons = 0;
  readonly outages: { readonly from: number; to: number }[] = [];
  /** In order of arrival of their first packet. */
  readonly guests = new Set<Guest>();
  /** Attempts at this server, from the moment at which their client begins until they are over here. */
  readonly connections = new Set<Guest>();

  constructor(
    readonly index: number,
    private readonly engine: Engine,
    private readonly parameters: ServerParameters,
    upstreamConnections: number,
    links: Link[],
  ) {
    const network = parameters.network;
    this.in = direction(engine, `server ${index} in`, network.in, network.efficiency);
    this.out = direction(engine, `server ${index} out`, network.out, network.efficiency);
    this.cores = makeLink(`server ${index} cores`, parameters.cores);
    this.disk = makeLink(`server ${index} disk`, parameters.disk.bandwidth);
    links.push(this.in.link, this.out.link, this.cores, this.disk);
    this.spool = new Spool(parameters.disk.space);
    this.threads = new Pool(engine, parameters.threads, parameters.backlog);
    this.upstream = new Pool(engine, upstreamConnections, Number.POSITIVE_INFINITY);
    this.memory = new Memory(engine, parameters, () => this.crash());
    engine.watchers.push(this.memory);
    engine.meters.push(seconds => {
      this.threads.pass(engine.now, seconds);
      this.memory.pass(seconds);
      this.spool.pass(engine.now, seconds);
    });
  }

  /** First everything on it is gone, then its clients are told: none of them keeps a link busy for another. */
  private crash(): void {
    this.crashes.push(this.engine.now);
    this.fall();
    // Told after the restart is set: nothing that they do now comes before it.
    this.engine.after(this.parameters.restart, () => this.rise());
    for (const notify of this.notices.splice(0)) notify();
  }

  /** A scheduled fault. */
  strike(): void {
    this.fall();
    for (const notify of this.notices.splice(0)) notify();
  }

  private notices: (() => void)[] = [];

  private fall(): void {
    if (++this.reasons > 1) return;
    this.memory.observe();
    this.up = false;
    this.outages.push({ from: this.engine.now, to: Number.POSITIVE_INFINITY });
    const guests = [...this.guests];
    this.guests.clear();
    for (const guest of guests) this.connections.delete(guest);
    this.threads.clear();
    this.upstream.clear();
    this.memory.clear();
    this.spool.clear();
    this.notices = guests.map(guest => guest.die());
  }

  rise(): void {
    if (--this.reasons > 0) return;
    this.up = true;
    this.outages.at(-1)!.to = this.engine.now;
  }

  /** Seconds of [begin, end] in which it was down. */
  downWithin(begin: number, end: number): number {
    const within = ({ from, to }: { from: number; to: number }) =>
      Math.max(0, Math.min(to, end) - Math.max(from, begin));
    return this.outages.reduce((sum, outage) => sum + within(outage), 0);
  }
}

function direction(engine: Engine, name: string, network: NetworkDirection, efficiency: number): Direction {
  const link = makeLink(name, network.rate * efficiency);
  if (network.burst !== null) new Bucket(engine, link, network, efficiency);
  return { link, queue: network.queue };
}

export class Storage implements End {
  readonly in: Direction;
  readonly out: Direction;
  requests = 0;
  slowDowns = 0;
  rejectedTokens = 0;
  /** Instants at which the keys were split over twice as many partitions. */
  readonly splits: number[] = [];
  private partitions: number;
  private faults = 0;
  outages = 0;
  /** Whoever has a connection to it, from the first packet to its answer. */
  readonly guests = new Set<StorageGuest>();
  private tokens: number;
  private filledAt = 0;
  private lastRefusal = Number.NEGATIVE_INFINITY;
  /** Counts the stretches of time in which refusals follow each other. */
  private overload = 0;

  constructor(
    private readonly engine: Engine,
    readonly parameters: StorageParameters,
    links: Link[],
  ) {
    this.in = direction(engine, 'storage in', parameters.network.in, parameters.network.efficiency);
    this.out = direction(engine, 'storage out', parameters.network.out, parameters.network.efficiency);
    links.push(this.in.link, this.out.link);
    const { burst, partitions } = parameters.requestRate;
    this.partitions = partitions;
    this.tokens = burst * partitions;
  }

  /** False where it is down. */
  lets(guest: StorageGuest): boolean {
    if (this.faults > 0) return false;
    this.guests.add(guest);
    return true;
  }

  strike(): void {
    if (++this.faults > 1) return;
    this.outages++;
    const guests = [...this.guests];
    this.guests.clear();
    const notices = guests.map(guest => guest.breaks());
    for (const notify of notices) notify();
  }

  rise(): void {
    this.faults--;
  }

  /** Counts a request; false if it is one too many (503 slow-down). */
  admits(): boolean {
    this.requests++;
    if (this.parameters.requestRate.rate === Number.POSITIVE_INFINITY) return true;
    this.fill();
    if (this.tokens < 1 - 1e-9) {
      this.slowDowns++;
      this.refuse();
      return false;
    }
    this.tokens -= 1;
    return true;
  }

  private fill(): void {
    const { rate, burst } = this.parameters.requestRate;
    const passed = this.engine.now - this.filledAt;
    this.tokens = Math.min(this.partitions * burst, this.tokens + this.partitions * rate * passed);
    this.filledAt = this.engine.now;
  }

  /** The first refusal after a calm, or after a split, begins an overload, which ends in a split if it lasts. */
  private refuse(): void {
    const { split } = this.parameters.requestRate;
    const { now } = this.engine;
    const isFirst = this.lastRefusal + (split?.calm ?? 0) < now;
    this.lastRefusal = now;
    if (split === null || !isFirst) return;
    const mine = ++this.overload;
    this.engine.after(split.after, () => {
      const lasts = mine === this.overload && this.lastRefusal + split.calm >= this.engine.now;
      if (!lasts) return;
      this.lastRefusal = Number.NEGATIVE_INFINITY;
      if (2 * this.partitions > split.upTo) return;
      this.fill();
      this.partitions *= 2;
      this.splits.push(this.engine.now);
    });
  }
}

/** Who gets the next connection. `ip-hash` only keeps clients of one class together: nothing to compare. */
export class Balancer {
  /** The number of the server whose turn it is, if it is there. */
  private turn = 0;

  constructor(
    private readonly among: () => readonly Server[],
    private readonly how: SiteParameters['server']['balancing'],
  ) {
    if (how === 'random' && among().length > 1)
      throw new Error('the slow twin draws nothing: balancing random');
  }

  /** Ties go to the first. */
  pick(client: number): Server {
    const servers = this.among();
    if (this.how === 'ip-hash') return servers[client % servers.length]!;
    if (this.how === 'least-connections') {
      return servers.reduce((best, server) =>
        server.connections.size < best.connections.size ? server : best,
      );
    }
    const next = servers.find(({ index }) => index >= this.turn) ?? servers[0]!;
    // Whose turn is next is settled among those who are there now.
    this.turn = (servers.find(({ index }) => index > next.index) ?? servers[0]!).index;
    return next;
  }
}
