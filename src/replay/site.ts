import type { Simulation } from '../kernel/simulation.js';
import type { NetworkParameters, ServerParameters, TopologySpec } from '../scenario/types.js';
import { goesDown, storageGoesDown } from './faults.js';
import { type Direction, INITIAL_WINDOW, type Path } from './host.js';
import { Server, type ServerObserver } from './server.js';
import { Storage } from './storage.js';

const MIB = 2 ** 20;

export interface Hosts {
  readonly servers: readonly Server[];
  readonly storage: Storage;
  /** By which bodies come to a gateway that keeps them until they are whole; null where there is none. */
  readonly toGateway: Path | null;
  /** All paths, by the index of their route. */
  readonly paths: readonly Path[];
}

/** What decides which of a site's directions can ever fill up. */
export interface Traffic {
  /** Bodies pass through the servers. */
  readonly bodiesThroughServers: boolean;
  /** ... and wait on the servers' disks on their way. */
  readonly spools: boolean;
  /** Signed URLs that one answer of a server may hold. */
  readonly urls: number;
  /** There are background requests. */
  readonly background: boolean;
}

/** Servers that there may ever be: all are built, and those that are not there yet cost nothing. */
export function mostServers({ count, autoscale }: ServerParameters): number {
  return autoscale === null ? count : autoscale.max;
}

/** Servers that are there at the beginning. */
export function firstServers({ count, autoscale }: ServerParameters): number {
  return autoscale === null ? count : Math.max(count, autoscale.min);
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
      onClientConnection: false,
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
  const links = { in: storageIn, out: storageOut };
  const storage = new Storage(spec.storage, links, { direct }, storageGoesDown(spec.faults));

  const { server } = spec;
  const gatewayBuffers = spec.gateway?.buffers === true && traffic.bodiesThroughServers;
  // Behind a gateway that has the whole body, it is the gateway that sends it: the client's own limits are past.
  const [sender, ofClient] = gatewayBuffers
    ? (['gateway', {}] as const)
    : (['client', { client: 'server', onClientConnection: true } as const] as const);
  const perByte = server.cpu.perMiB / MIB;
  const withAcks = 1 + spec.transport.ackLoad;
  const canCrash =
    traffic.bodiesThroughServers &&
    server.onOutOfMemory === 'crash' &&
    server.memory < Number.POSITIVE_INFINITY;
  const servers = Array.from({ length: mostServers(server) }, (_, index) => {
    const { request, response } = spec.valetKey;
    const fills = (way: 'in' | 'out', message: number): boolean =>
      traffic.bodiesThroughServers ||
      traffic.background ||
      message > INITIAL_WINDOW ||
      server.network[way].queue === 0;
    const into = addDirection(server.network, 'in', fills('in', request));
    const out = addDirection(server.network, 'out', fills('out', response > 0 ? response * traffic.urls : 0));
    const cores = addLink(server.cores);
    const disk = traffic.spools ? addLink(server.disk.bandwidth) : null;
    const onDisk = disk === null ? [] : [[disk, 1] as const];
    const routes = {
      receive: addPath(`${sender} to server`, [[into.link, 1], [cores, perByte / 2], ...onDisk], {
        ...ofClient,
        proxied: true,
        memoryPerByte: traffic.spools ? 0 : spec.options.copies,
        unequalShares: !gatewayBuffers,
      }),
      forward: addPath(
        'server to storage',
        [[out.link, 1], [storageIn.link, 1], [cores, perByte / 2], ...onDisk],
        { toStorage: true, proxied: true },
      ),
      through: addPath(
        `${sender} through server to storage`,
        [
          [into.link, withAcks],
          [out.link, withAcks],
          [storageIn.link, 1],
          [cores, perByte],
        ],
        { ...ofClient, toStorage: true, proxied: true },
      ),
      jobs: addPath('work on the cores', [[cores, 1]]),
      messagesIn: addPath('messages to server', [[into.link, 1]], { onClientConnection: true }),
      messagesOut: addPath('messages from server', [[out.link, 1]], { onClientConnection: true }),
    };
    return new Server(
      index,
      server,
      spec.options.upstreamConnections,
      { in: into, out },
      canCrash || goesDown(spec.faults, index),
      cores,
      disk,
      routes,
      simulation,
      observer,
    );
  });
  const toGateway = gatewayBuffers
    ? addPath('client to gateway', [], { client: 'server', onClientConnection: true })
    : null;
  return { servers, storage, toGateway, paths };
}
