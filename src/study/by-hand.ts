/**
 * The arithmetic with which an engineer would check the simulation on the back of an envelope: what is asked of a
 * resource against what it can give, beside what was simulated. Each line names the values of the scenario it uses.
 */
import { slowStartDelay } from '../replay/rates.js';
import type { Replayed } from '../replay/replay.js';
import type { HandCheck, Usage } from '../result.js';
import type { TopologySpec } from '../scenario/types.js';
import { keepsWork } from './comparison.js';
import type { Figures } from './figures.js';
import type { Offered } from './offered.js';
import { median } from './typical.js';

const MIB = 2 ** 20;
const ARRIVALS = 'workload.uploads.arrivals';
const SIZE = 'workload.uploads.size';
const CLIENTS = 'clients';

type Topology = Replayed['topology'];

interface Case {
  readonly spec: TopologySpec;
  readonly offered: Offered;
  readonly figures: Figures;
  /** Load on a network direction per byte of a file. */
  readonly factor: number;
}

/** What can be computed by hand of one design; nothing of a closed loop, whose load is an outcome. */
export function byHand(
  spec: TopologySpec,
  topology: Topology,
  offered: Offered | null,
  figures: Figures,
): HandCheck[] {
  if (offered === null) return [];
  const factor = topology.kind === 'proxy-streaming' ? 1 + spec.transport.ackLoad : 1;
  const its: Case = { spec, offered, figures, factor };
  const checks = topology.bodiesThroughServers
    ? [
        tightest(its, resourcesOfServers(its)),
        ...memory(its, topology),
        threads(its, topology),
        alone(its, topology),
      ]
    : [tightest(its, resourcesOfStorage(its)), signing(its), alone(its, topology)];
  return checks.filter(check => check !== null);
}

interface Resource {
  readonly name: string;
  /** Bytes of files per second that it can move. */
  readonly capacity: number;
  readonly factor: number;
  readonly usage: Usage;
  readonly uses: readonly string[];
}

function resourcesOfServers({ spec, figures, factor }: Case): readonly Resource[] {
  const { network, cores, cpu, disk, count } = spec.server;
  const ofDisk = figures.server.disk;
  const direction = (to: 'in' | 'out', usage: Usage): Resource => ({
    name: `network ${to}`,
    capacity: network[to].rate * network.efficiency * count,
    factor,
    usage,
    uses: [
      `server.network.${to}`,
      'server.network.efficiency',
      ...(factor === 1 ? [] : ['transport.ackLoad']),
    ],
  });
  return [
    direction('in', figures.server.networkIn),
    direction('out', figures.server.networkOut),
    {
      name: 'CPU cores',
      capacity: ((cores * MIB) / cpu.perMiB) * count,
      factor: 1,
      usage: figures.server.cpu,
      uses: ['server.cores', 'server.cpu.perMiB'],
    },
    ...(ofDisk === null
      ? []
      : [
          {
            name: 'disk',
            capacity: disk.bandwidth * count,
            // Each byte is written, then read.
            factor: 2,
            usage: ofDisk,
            uses: ['server.disk.bandwidth'],
          },
        ]),
  ];
}

function resourcesOfStorage({ spec, figures }: Case): readonly Resource[] {
  const { network } = spec.storage;
  return [
    {
      name: 'storage in',
      capacity: network.in.rate * network.efficiency,
      factor: 1,
      usage: figures.storage.networkIn,
      uses: ['storage.network.in', 'storage.network.efficiency'],
    },
  ];
}

/**
 * All files through the resource that has least to spare. Where they take longer than their arrivals, it is the time
 * that counts, else the share of the time.
 */
function tightest({ offered, figures }: Case, resources: readonly Resource[]): HandCheck | null {
  const least = resources.reduce((a, b) => (b.capacity / b.factor < a.capacity / a.factor ? b : a));
  const { name, capacity, factor, usage } = least;
  if (capacity === Number.POSITIVE_INFINITY) return null;
  const { uploads, size, span } = offered;
  const uses = [ARRIVALS, SIZE, ...least.uses];
  const seconds = (uploads * size * factor) / capacity;
  const terms = { uploads, size, factor, capacity };
  if (seconds >= span) {
    const simulated = keepsWork(figures) ? usage.saturatedFor : null;
    return { kind: 'time', resource: name, terms, value: seconds, simulated, uses };
  }
  const [from, to] = figures.window;
  const simulated = (usage.mean * (to - from)) / (usage.capacity! * span);
  return { kind: 'share', resource: name, terms: { ...terms, span }, value: seconds / span, simulated, uses };
}

/** Bodies that a server may hold at once, and when they fill it. */
function memory({ spec, offered, figures }: Case, topology: Topology): HandCheck[] {
  const { server, options } = spec;
  if (topology.kind !== 'proxy-buffered' || server.memory === Number.POSITIVE_INFINITY) return [];
  const { size, uploads, span, uplink } = offered;
  const { threads, count, memory: limit, baseMemory: base, network } = server;
  const factor = Math.max(options.copies, options.completeCopies);
  const bodies = Math.min(threads, Math.ceil(uploads / count));
  const terms = { bodies, factor, size, base, limit };
  const uses = ['server.threads', SIZE, 'completeCopies', 'server.baseMemory', 'server.memory'];
  const need: HandCheck = {
    kind: 'memory',
    resource: 'memory',
    terms,
    value: base + bodies * factor * size,
    simulated: figures.server.memory.peak / count,
    uses,
  };
  const inflow = Math.min(network.in.rate * network.efficiency, threads * uplink);
  const rate = options.copies * inflow;
  const seconds = (limit - base) / rate;
  const { saturatedAt } = figures.server.memory;
  // Only while everybody still receives: later arrivals, or bodies that leave, are beyond an envelope's back.
  const plain = need.value > limit && span <= seconds && bodies * options.copies * size > limit - base;
  if (!plain || !Number.isFinite(seconds)) return [need];
  const full: HandCheck = {
    kind: 'memory-full',
    resource: 'memory',
    terms: { limit, base, copies: options.copies, inflow },
    value: seconds,
    simulated: saturatedAt === null ? null : saturatedAt - figures.window[0],
    uses: ['server.memory', 'server.baseMemory', 'copies', 'server.network.in', 'server.network.efficiency'],
  };
  return [need, full];
}

/** Threads that are busy by Little's law, where uploads come in slowly enough. */
function threads({ spec, offered, figures }: Case, topology: Topology): HandCheck | null {
  // A spooling front holds none while a client sends.
  if (topology.spools) return null;
  const { uploads, span, typical } = offered;
  const { slowStart } = spec.transport;
  const window = slowStart ? slowStartDelay(typical.size, typical.uplink, typical.rttServer) : 0;
  const ownTime = offered.ownTime + window + median(spec.storage.firstByte);
  if (ownTime === 0 || span < ownTime) return null;
  const [from, to] = figures.window;
  return {
    kind: 'threads',
    resource: 'threads',
    terms: limited({ rate: uploads / span, ownTime, limit: spec.server.threads * spec.server.count }),
    value: (uploads / span) * ownTime,
    simulated: (figures.server.threads.mean * (to - from)) / span,
    uses: [ARRIVALS, SIZE, CLIENTS, 'server.threads'],
  };
}

/** The core time of all permissions. */
function signing({ spec, offered, figures }: Case): HandCheck | null {
  const { cores, count, cpu } = spec.server;
  const each = median(cpu.perRequest) + median(spec.valetKey.sign);
  if (each === 0 || cores === Number.POSITIVE_INFINITY) return null;
  const { uploads, span } = offered;
  const seconds = (uploads * each) / (cores * count);
  // Where they come in slowly, the other requests' work is on the same cores, and the sum says little.
  if (seconds < span) return null;
  return {
    kind: 'signing',
    resource: 'CPU cores',
    terms: { uploads, each, cores: cores * count },
    value: seconds,
    simulated: figures.timeToToken?.max ?? null,
    uses: [ARRIVALS, 'server.cpu.perRequest', 'valetKey.sign', 'server.cores'],
  };
}

/** The latency of a typical upload that is alone: round trips, slow start, bytes, and what each end takes. */
function alone({ spec, offered, figures }: Case, topology: Topology): HandCheck {
  const { size, uplink, rttServer, rttStorage } = offered.typical;
  const { tls, preflight, slowStart } = spec.transport;
  const { perConnection, firstByte } = spec.storage;
  const opening = tls === 'none' ? 1 : tls === '1.3' ? 2 : 3;
  const direct = topology.issuesTokens;
  const stores = topology.kind === 'proxy-buffered' || topology.spools;
  const { network } = spec.server;
  const disk = topology.spools ? spec.server.disk.bandwidth : Number.POSITIVE_INFINITY;
  const inbound = direct ? Number.POSITIVE_INFINITY : Math.min(network.in.rate * network.efficiency, disk);
  const rate = Math.min(uplink, inbound, stores ? Number.POSITIVE_INFINITY : perConnection);
  const forward = Math.min(network.out.rate * network.efficiency, perConnection, disk);
  const rtt = direct ? rttStorage : rttServer;
  const notified = direct && spec.valetKey.notify === 'client' ? 1 : 0;
  const toServer = (opening + 1 + notified) * rttServer;
  const toStorage = direct ? (opening + 1 + (preflight ? 1 : 0)) * rttStorage : 0;
  const window = slowStart ? slowStartDelay(size, rate, rtt) : 0;
  const own = median(firstByte) + (direct ? median(spec.valetKey.authorise) + median(spec.valetKey.sign) : 0);
  const terms = {
    roundTrips: toServer + toStorage,
    slowStart: window,
    size,
    rate,
    forward: stores ? forward : 0,
    own,
  };
  return {
    kind: 'alone',
    resource: 'latency',
    terms: limited(terms),
    value: toServer + toStorage + window + size / rate + (stores ? size / forward : 0) + own,
    simulated: figures.latency.p50,
    uses: [
      SIZE,
      CLIENTS,
      'transport.tls',
      'transport.slowStart',
      'storage.firstByte',
      ...(direct ? ['valetKey.authorise', 'valetKey.sign'] : []),
    ],
  };
}

/** The terms without those that are unlimited. */
function limited(terms: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => Number.isFinite(value)));
}
