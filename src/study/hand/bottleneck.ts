/** All uploads through each resource of a design: the one that takes longest is what holds them back. */
import type { FailureReason, HandCheck, Usage } from '../../result.js';
import { partsOf } from '../../scenario/part-limits.js';
import type { Burst, TopologySpec } from '../../scenario/types.js';
import { keepsWork } from '../comparison.js';
import { mean, meanOf } from '../typical.js';
import type { Alone } from './alone.js';
import { ARRIVALS, type Case, CLIENTS, SIZE } from './case.js';

const MIB = 2 ** 20;

/** A resource, and the seconds for which all uploads keep it busy. */
export interface Passage {
  readonly resource: string;
  readonly seconds: number;
  readonly terms: Readonly<Record<string, number>>;
  readonly usage: Usage;
  readonly uses: readonly string[];
}

/** A load below this is no news. */
const LIGHT = 0.2;

/** A resource takes longer than an upload alone by so much before it is what holds uploads back. */
const CLEARLY = 2;

/** Places that are taken so many times, in the mean, are taken in turns; fewer are a matter of who is slow. */
const ROUNDS = 3;

/**
 * The time that all uploads take on the resource with the least to spare, where that is longer than their arrivals and
 * an upload alone; else its load, where that is steady and worth a line.
 */
export function bottleneck(its: Case, passages: readonly Passage[]): HandCheck | null {
  if (passages.length === 0) return null;
  const longest = passages.reduce((a, b) => (b.seconds > a.seconds ? b : a));
  const { resource, seconds, usage } = longest;
  const { span, first } = its.offered;
  const uses = [ARRIVALS, ...longest.uses];
  const terms = { ...longest.terms, span };
  if (seconds > span + CLEARLY * its.own) {
    const kind = 'capacity' in longest.terms ? 'time' : 'turns';
    if (!keepsWork(its.figures) && !isToBlame(its, usage, span + seconds)) return null;
    return { kind, resource, terms, value: seconds, simulated: its.wholly ? usage.saturatedFor : null, uses };
  }
  // Of what changes there is no one load.
  if ('credit' in longest.terms) return null;
  // Threads that are not short have a line of their own; bytes of uploads that failed are no measure of a load.
  if (!its.steady || resource === 'threads' || seconds < LIGHT * span || !keepsWork(its.figures)) return null;
  const [from, to] = its.figures.window;
  const measured = span - Math.max(0, from - first);
  const simulated = measured > 0 ? (usage.mean * (to - from)) / (usage.capacity! * measured) : null;
  return { kind: 'share', resource, terms, value: seconds / span, simulated, uses };
}

/** Reasons for which uploads fail however much room there is. */
const elsewhere: readonly FailureReason[] = [
  'disk-full',
  'connection-lost',
  'slow-down',
  'token-expired',
  'token-not-yet-valid',
  'too-large',
  'no-such-bucket',
  'access-denied',
  'signature-mismatch',
  'payload-too-large',
];

/** Uploads were lost because it was full: it was, most of the time, and most were not lost to something else. */
function isToBlame({ figures: { window, uploads } }: Case, usage: Usage, atMost: number): boolean {
  const [from, to] = window;
  const others = elsewhere.reduce((sum, reason) => sum + (uploads.failures[reason] ?? 0), 0);
  return others <= uploads.failed / 2 && usage.saturatedFor >= Math.min(to - from, atMost) / 2;
}

/** What bodies pass on their way through servers. */
export function throughServers(its: Case): readonly Passage[] {
  const { spec, figures, offered, alone } = its;
  const { server, transport, options } = spec;
  const { cores, cpu, count } = server;
  const factor = spec.kind !== 'proxy-streaming' ? 1 : 1 + transport.ackLoad;
  const acks = factor === 1 ? [] : ['transport.ackLoad'];
  const [into, out] = [lasting(spec, 'server', 'in'), lasting(spec, 'server', 'out')];
  const both = into.capacity === out.capacity && into.burst === null && out.burst === null;
  const { networkIn, networkOut } = figures.server;
  const bytesEach = (capacity: number, servers: number, factor: number) =>
    allBytes(offered, { capacity, burst: null }, servers, factor);
  const through = (direction: Lasting, servers: number, factor: number) =>
    allBytes(offered, direction, servers, factor);
  const thread = meanOf(alone.map(({ onThread }) => onThread));
  const work = mean(cpu.perRequest) + (offered.size * cpu.perMiB) / MIB;
  return limiting([
    {
      resource: both ? 'each direction of the network' : 'network in',
      ...through(into, count, factor),
      usage: both && networkOut.saturatedFor > networkIn.saturatedFor ? networkOut : networkIn,
      uses: [SIZE, into.from, ...(both ? [out.from] : []), EFFICIENCY, ...acks],
    },
    {
      resource: 'network out',
      ...through(out, count, factor),
      usage: networkOut,
      uses: [SIZE, out.from, EFFICIENCY, ...acks],
    },
    {
      resource: 'CPU cores',
      ...turns(its, work, cores * count),
      usage: figures.server.cpu,
      uses: [SIZE, 'server.cpu.perRequest', 'server.cpu.perMiB', 'server.cores'],
    },
    {
      resource: 'threads',
      ...rounds(its, thread, server.threads * count),
      usage: figures.server.threads,
      uses: [SIZE, CLIENTS, 'server.threads', 'storage.firstByte'],
    },
    ...(figures.server.disk === null
      ? []
      : [
          {
            resource: 'disk',
            // Each byte is written, then read.
            ...bytesEach(server.disk.bandwidth, count, 2),
            usage: figures.server.disk,
            uses: [SIZE, 'server.disk.bandwidth'],
          },
        ]),
    ...(figures.server.upstream === null
      ? []
      : [
          {
            resource: 'connections to storage',
            ...rounds(its, meanOf(alone.map(held)), options.upstreamConnections * count),
            usage: figures.server.upstream,
            uses: [SIZE, 'upstreamConnections', 'storage.firstByte', 'storage.perConnection'],
          },
        ]),
    {
      resource: 'storage in',
      ...through(lasting(spec, 'storage', 'in'), 1, 1),
      usage: figures.storage.networkIn,
      uses: [SIZE, ...STORAGE],
    },
  ]);
}

/** What bodies pass that go straight to storage. */
export function pastServers({ spec, figures, offered }: Case): readonly Passage[] {
  return limiting([
    {
      resource: 'storage in',
      ...allBytes(offered, lasting(spec, 'storage', 'in'), 1, 1),
      usage: figures.storage.networkIn,
      uses: [SIZE, ...STORAGE],
    },
  ]);
}

/** What permissions pass. */
export function pastSigners(its: Case): readonly Passage[] {
  const { spec, figures } = its;
  const { cores, threads, count, cpu } = spec.server;
  const { authorise, sign } = spec.valetKey;
  const work = mean(cpu.perRequest) + urlsAtOnce(its) * mean(sign);
  const WORK = [ARRIVALS, 'server.cpu.perRequest', 'valetKey.sign'];
  return limiting([
    {
      resource: 'CPU cores',
      ...turns(its, work, cores * count),
      usage: figures.server.cpu,
      uses: [...WORK, 'server.cores'],
    },
    {
      resource: 'threads',
      ...rounds(its, work + mean(authorise), threads * count),
      usage: figures.server.threads,
      uses: [...WORK, 'valetKey.authorise', 'server.threads'],
    },
  ]);
}

/** The slower of both. */
export function signing(its: Case): HandCheck | null {
  const { offered } = its;
  const [longest] = pastSigners(its).toSorted((a, b) => b.seconds - a.seconds);
  // Where they come in more slowly than they are signed, there is nothing to wait for.
  if (longest === undefined || longest.seconds <= offered.span) return null;
  if (offered.uploads <= longest.terms.places!) return null;
  const { resource, terms, seconds, usage, uses } = longest;
  return {
    kind: 'signing',
    resource,
    terms,
    value: seconds,
    simulated: its.wholly ? usage.saturatedFor : null,
    uses,
  };
}

/** What a direction carries in the end, and by its burst before that; bytes of payload, per second. */
interface Lasting {
  readonly capacity: number;
  readonly burst: Burst | null;
}

function lasting(spec: TopologySpec, owner: 'server' | 'storage', way: 'in' | 'out') {
  const { efficiency, ...directions } = spec[owner].network;
  const { rate, burst } = directions[way];
  return {
    capacity: rate * efficiency,
    burst: burst && { rate: burst.rate * efficiency, credit: burst.credit * efficiency },
    from: burst === null ? `${owner}.network.${way}` : `${owner}.network.burst`,
  };
}

/** All bytes over a direction: at its burst, or, where that does not last, what credit leaves of them at its baseline. */
function allBytes(
  { uploads, size }: Case['offered'],
  { capacity, burst }: Lasting,
  servers: number,
  factor: number,
) {
  const bytes = uploads * size * factor;
  const terms = { uploads, size, factor, servers };
  const slowly = bytes / (capacity * servers);
  if (burst === null) return { seconds: slowly, terms: { ...terms, capacity } };
  const credit = burst.credit * servers;
  const fast = bytes / (burst.rate * servers);
  const afterwards = (bytes - credit) / (capacity * servers);
  return afterwards > fast
    ? { seconds: afterwards, terms: { ...terms, capacity, credit } }
    : { seconds: fast, terms: { ...terms, capacity: burst.rate, credit: 0 } };
}

/** URLs that come with a permission, in the mean. */
function urlsAtOnce({ spec: { kind, options }, offered: { drawn } }: Case): number {
  if (kind !== 'valet-key-multipart') return 1;
  return options.signing === 'each' ? 0 : meanOf(drawn.map(({ size }) => partsOf(size, options)));
}

const EFFICIENCY = 'server.network.efficiency';
const STORAGE = ['storage.network.in', 'storage.network.efficiency'];

function held({ onUpstream }: Alone): number {
  return onUpstream;
}

function turns({ offered: { uploads } }: Case, each: number, places: number) {
  return { seconds: (uploads * each) / places, terms: { uploads, each, places } };
}

/** The same of places of which an upload has one for itself. */
function rounds(its: Case, each: number, places: number) {
  const all = turns(its, each, places);
  return its.offered.uploads < ROUNDS * places ? { ...all, seconds: 0 } : all;
}

/** Those that limit at all. */
function limiting(passages: readonly Passage[]): readonly Passage[] {
  return passages.filter(({ seconds }) => seconds > 0 && Number.isFinite(seconds));
}
