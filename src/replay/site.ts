import { Level } from '../kernel/resources/level.js';
import { Pool } from '../kernel/resources/pool.js';
import { TokenBucket } from '../kernel/resources/token-bucket.js';
import type { Simulation } from '../kernel/simulation.js';
import type { NetworkParameters, ServerParameters, SiteParameters, TopologySpec } from '../scenario/types.js';
import type { Endpoint, Route, ServerSite, StorageSite } from '../topologies/topology.js';
import type { Call } from './call.js';

const MIB = 2 ** 20;
/** TCP's initial window, bytes: the largest message that rides on its half round trip instead of being a flow. */
export const INITIAL_WINDOW = 14_600;

/** One direction of a host's network. */
export interface Direction {
  /** Its link in the network. */
  readonly link: number;
  /** Payload bytes per second. */
  readonly capacity: number;
  /** Seconds that its full queue takes to drain; above 0, small messages ride on their half round trip. */
  readonly queue: number;
  /** Seconds that a half round trip waits while the direction is saturated; 0 where nothing can ever fill it. */
  readonly standing: number;
}

/** A set of links of the network, and which of an upload's own limits hold on it. */
export interface Path extends Route {
  readonly index: number;
  /** What it spends per unit of payload on each of its links. */
  readonly spends: readonly (readonly [link: number, coefficient: number])[];
  /** No link of it is limited. */
  readonly unbounded: boolean;
  /** Units per second of one flow that has all links for itself. */
  readonly alone: number;
  /** The client's end: its uplink limits the flow, and the loss on its way to this host. */
  readonly client: 'server' | 'storage' | null;
  /** It ends in storage: limited by what storage takes on one connection. */
  readonly toStorage: boolean;
  /** Passes through a server's CPU: limited to what one core can carry. */
  readonly proxied: boolean;
  /** Bytes by which the server's memory grows for each byte that arrives. */
  readonly memoryPerByte: number;
  /** Its bottleneck queue is remote and drops, so flows get unequal shares. */
  readonly unequalShares: boolean;
}

/** A place that clients connect to. */
export interface Host extends Endpoint {
  readonly in: Direction;
  readonly out: Direction;
  /** Its round trips are all alike: no standing queue, and no crash that a packet could meet. */
  readonly plain: boolean;
}

/** Told what happens to the servers. */
export interface ServerObserver {
  threadsChanged(server: Server, inUse: number, waiting: number): void;
  upstreamChanged(server: Server, inUse: number): void;
  memoryChanged(server: Server, now: number, level: number, growth: number): void;
  serverCrashed(server: Server): void;
  serverRestarted(server: Server): void;
}

export class Server implements Host, ServerSite {
  readonly name: string;
  up = true;
  readonly plain: boolean;
  readonly in: Direction;
  readonly out: Direction;
  readonly threads: Pool;
  readonly upstream: Pool;
  readonly memory: Level;
  /** Bytes promised to admitted uploads, where the server reserves memory. */
  reserved = 0;
  /** Requests that the balancer has sent here and that have not ended: what least-connections counts. */
  connections = 0;
  /** Those that are on the server now, in the order of their coming. */
  firstCall: Call | null = null;
  lastCall: Call | null = null;

  constructor(
    readonly index: number,
    readonly parameters: ServerParameters,
    upstreamConnections: number,
    network: { readonly in: Direction; readonly out: Direction },
    canCrash: boolean,
    readonly cores: number,
    readonly routes: {
      readonly receive: Path;
      readonly forward: Path;
      readonly through: Path;
      readonly jobs: Path;
      readonly messagesIn: Path;
      readonly messagesOut: Path;
    },
    private readonly simulation: Simulation,
    private readonly observer: ServerObserver,
  ) {
    this.name = `server ${index + 1}`;
    this.in = network.in;
    this.out = network.out;
    this.plain = !canCrash && network.in.standing === 0 && network.out.standing === 0;
    this.threads = new Pool(parameters.threads, parameters.backlog, {
      poolChanged: (inUse, waiting) => observer.threadsChanged(this, inUse, waiting),
    });
    this.upstream = new Pool(upstreamConnections, Number.POSITIVE_INFINITY, {
      poolChanged: inUse => observer.upstreamChanged(this, inUse),
    });
    this.memory = new Level(parameters.memory, parameters.baseMemory, {
      levelChanged: (now, level, growth) => observer.memoryChanged(this, now, level, growth),
    });
  }

  /** Reserves `bytes`; false when they do not fit beside what is already promised. */
  reserve(bytes: number): boolean {
    const { memory, baseMemory } = this.parameters;
    if (baseMemory + this.reserved + bytes > memory * (1 + 1e-12)) return false;
    this.reserved += bytes;
    return true;
  }

  join(call: Call): void {
    call.previousCall = this.lastCall;
    call.nextCall = null;
    if (this.lastCall === null) this.firstCall = call;
    else this.lastCall.nextCall = call;
    this.lastCall = call;
  }

  leave(call: Call): void {
    if (call.previousCall === null) this.firstCall = call.nextCall;
    else call.previousCall.nextCall = call.nextCall;
    if (call.nextCall === null) this.lastCall = call.previousCall;
    else call.nextCall.previousCall = call.previousCall;
    call.previousCall = null;
    call.nextCall = null;
    if (this.firstCall === null) {
      this.reserved = 0;
      this.memory.empty(this.simulation.now);
    }
  }

  /**
   * Out of memory: the process dies with everything on it. All that it held is given back before anyone can
   * react, then it stays away until it has restarted.
   */
  crash(): void {
    const { simulation } = this;
    this.observer.serverCrashed(this);
    this.up = false;
    this.threads.shut();
    this.upstream.shut();
    const lost: Call[] = [];
    for (let call = this.firstCall; call !== null; call = call.nextCall) lost.push(call);
    for (const call of lost) call.loseServer();
    for (const call of lost) call.learnOfCrash();
    simulation.after(this.parameters.restart, { fire: () => this.restart() });
  }

  private restart(): void {
    this.up = true;
    this.threads.reopen();
    this.upstream.reopen();
    this.observer.serverRestarted(this);
  }
}

export class Storage implements Host, StorageSite {
  readonly name = 'storage';
  readonly plain: boolean;
  readonly in: Direction;
  readonly out: Direction;
  readonly requestRate: TokenBucket;

  constructor(
    readonly parameters: SiteParameters['storage'],
    network: { readonly in: Direction; readonly out: Direction },
    readonly routes: { readonly direct: Path },
  ) {
    this.in = network.in;
    this.out = network.out;
    this.plain = network.in.standing === 0 && network.out.standing === 0;
    this.requestRate = new TokenBucket(parameters.requestRate.rate, parameters.requestRate.burst);
  }
}

export interface Hosts {
  readonly servers: readonly Server[];
  readonly storage: Storage;
  /** All paths, by the index of their route. */
  readonly paths: readonly Path[];
}

/** What decides which of a site's directions can ever fill up. */
export interface Traffic {
  /** Bodies pass through the servers. */
  readonly bodiesThroughServers: boolean;
  /** There are background requests. */
  readonly background: boolean;
}

/** Builds the links, routes and hosts of one design in an empty network. */
export function buildSite(
  spec: TopologySpec,
  traffic: Traffic,
  simulation: Simulation,
  observer: ServerObserver,
): Hosts {
  const { network } = simulation;
  const paths: Path[] = [];
  const capacities: number[] = [];

  const addLink = (capacity: number): number => {
    const link = network.addLink(capacity);
    capacities[link] = capacity;
    return link;
  };
  const addDirection = (host: NetworkParameters, way: 'in' | 'out', fills: boolean): Direction => {
    const capacity = host[way].rate * host.efficiency;
    const { queue } = host[way];
    const standing = fills && capacity < Number.POSITIVE_INFINITY ? queue : 0;
    return { link: addLink(capacity), capacity, queue, standing };
  };
  const addPath = (
    name: string,
    links: readonly (readonly [link: number, coefficient: number])[],
    limits: Partial<Omit<Path, 'index' | 'name' | 'spends' | 'unbounded' | 'alone'>> = {},
  ): Path => {
    const used = links.filter(([, coefficient]) => coefficient > 0);
    const index = network.addRoute(
      used.map(([link]) => link),
      used.map(([, coefficient]) => coefficient),
    );
    const alone = Math.min(...used.map(([link, coefficient]) => capacities[link]! / coefficient));
    const path: Path = {
      name,
      index,
      spends: used,
      alone,
      unbounded: alone === Number.POSITIVE_INFINITY,
      client: null,
      toStorage: false,
      proxied: false,
      memoryPerByte: 0,
      unequalShares: false,
      ...limits,
    };
    paths[index] = path;
    return path;
  };

  const storageIn = addDirection(spec.storage.network, 'in', true);
  const storageOut = addDirection(spec.storage.network, 'out', false);
  const direct = addPath('client to storage', [[storageIn.link, 1]], {
    client: 'storage',
    toStorage: true,
    unequalShares: true,
  });
  const storage = new Storage(spec.storage, { in: storageIn, out: storageOut }, { direct });

  const { server } = spec;
  const perByte = server.cpu.perMiB / MIB;
  const withAcks = 1 + spec.transport.ackLoad;
  const canCrash =
    traffic.bodiesThroughServers && server.onOutOfMemory === 'crash' && server.memory < Number.POSITIVE_INFINITY;
  const servers = Array.from({ length: server.count }, (_, index) => {
    const { request, response } = spec.valetKey;
    const fills = (way: 'in' | 'out', message: number): boolean =>
      traffic.bodiesThroughServers ||
      traffic.background ||
      message > INITIAL_WINDOW ||
      server.network[way].queue === 0;
    const into = addDirection(server.network, 'in', fills('in', request));
    const out = addDirection(server.network, 'out', fills('out', response));
    const cores = addLink(server.cores);
    const routes = {
      receive: addPath(
        'client to server',
        [
          [into.link, 1],
          [cores, perByte / 2],
        ],
        {
          client: 'server',
          proxied: true,
          memoryPerByte: spec.options.copies,
          unequalShares: true,
        },
      ),
      forward: addPath(
        'server to storage',
        [
          [out.link, 1],
          [storageIn.link, 1],
          [cores, perByte / 2],
        ],
        { toStorage: true, proxied: true },
      ),
      through: addPath(
        'client through server to storage',
        [
          [into.link, withAcks],
          [out.link, withAcks],
          [storageIn.link, 1],
          [cores, perByte],
        ],
        { client: 'server', toStorage: true, proxied: true },
      ),
      jobs: addPath('work on the cores', [[cores, 1]]),
      messagesIn: addPath('messages to server', [[into.link, 1]]),
      messagesOut: addPath('messages from server', [[out.link, 1]]),
    };
    return new Server(
      index,
      server,
      spec.options.upstreamConnections,
      { in: into, out },
      canCrash,
      cores,
      routes,
      simulation,
      observer,
    );
  });
  return { servers, storage, paths };
}
