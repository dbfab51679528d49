/**
 * The arithmetic with which an engineer would check the simulation on the back of an envelope: what is asked of a
 * resource against what it can give, beside what was simulated. Each line names the values of the scenario it uses.
 * Only what explains this run is said: of a resource with much to spare there is nothing to compute.
 */
import type { Replayed } from '../replay/replay.js';
import type { HandCheck } from '../result.js';
import type { TopologySpec } from '../scenario/types.js';
import { keepsWork } from './comparison.js';
import type { Figures } from './figures.js';
import { type Alone, aloneThroughServer, aloneWithToken } from './hand/alone.js';
import {
  bottleneck,
  type Passage,
  pastServers,
  pastSigners,
  signing,
  throughServers,
} from './hand/bottleneck.js';
import { breaks } from './hand/breaks.js';
import { ARRIVALS, type Case, CLIENTS, SIZE } from './hand/case.js';
import { atGateway } from './hand/gateway.js';
import { aloneInParts } from './hand/in-parts.js';
import { memory } from './hand/memory.js';
import type { Offered } from './offered.js';
import { mean, meanOf, median } from './typical.js';

type Topology = Replayed['topology'];

/** Arrivals over so many times what an upload takes are steady. */
const LONG = 4;
/** Nearer than this, an upload alone explains those that were not. */
const NEAR = 0.2;
/** From this load on, waiting is what one expects. */
const HEAVY = 0.7;

/** What can be computed by hand of one design; nothing of a closed loop, whose load is an outcome. */
export function byHand(
  spec: TopologySpec,
  topology: Topology,
  offered: Offered | null,
  figures: Figures,
): HandCheck[] {
  if (offered === null) return [];
  const its = caseOf(spec, topology, offered, figures);
  const each = formulaOf(topology);
  const typical = typicalOf(offered.drawn.map(draw => each(spec, draw, median)));
  const stopped = topology.bodiesThroughServers ? atGateway(its, typical) : [];
  // What does not come to the servers is no load on them.
  if (stopped.length > 0) return [...stopped, ...listOf(loneUpload(its, typical, null))];
  // What a scaled fleet can give is an outcome; storage is what it is.
  const scaled = spec.server.autoscale !== null;
  const passages = topology.bodiesThroughServers && !scaled ? throughServers(its) : pastServers(its);
  // What a crash leaves of a run is no measure of a link.
  const tight = figures.server.crashes > 0 ? null : bottleneck(its, passages);
  return listOf(
    tight,
    ...(scaled ? [] : memory(its)),
    scaled ? null : topology.bodiesThroughServers ? threads(its, tight) : signing(its),
    requests(its),
    breaks(its),
    loneUpload(its, typical, tight),
  );
}

/** Whatever uploads pass, their permissions included. */
export function passagesOf(
  spec: TopologySpec,
  topology: Topology,
  offered: Offered,
  figures: Figures,
): readonly Passage[] {
  const its = caseOf(spec, topology, offered, figures);
  return topology.bodiesThroughServers ? throughServers(its) : [...pastServers(its), ...pastSigners(its)];
}

function caseOf(spec: TopologySpec, topology: Topology, offered: Offered, figures: Figures): Case {
  const each = formulaOf(topology);
  const alone = offered.drawn.map(draw => each(spec, draw, mean));
  const own = meanOf(alone.map(({ total }) => total));
  return {
    spec,
    offered,
    figures,
    alone,
    own,
    wholly: figures.window[0] <= offered.first,
    steady: offered.span > 0 && offered.span >= LONG * own,
  };
}

function listOf(...checks: readonly (HandCheck | null)[]): HandCheck[] {
  return checks.filter(check => check !== null);
}

function formulaOf({ bodiesThroughServers, inParts }: Topology) {
  if (bodiesThroughServers) return aloneThroughServer;
  return inParts ? aloneInParts : aloneWithToken;
}

/** Threads that are busy by Little's law, where uploads come in steadily and nothing else is full. */
function threads({ spec, offered, figures, alone, steady }: Case, tight: HandCheck | null): HandCheck | null {
  const { uploads, span } = offered;
  const waits = tight !== null && tight.kind !== 'share';
  // A thread is held by attempts; where many break, uploads are no measure of them.
  const broken = (figures.uploads.attemptFailures['connection-lost'] ?? 0) > NEAR * uploads;
  const each = meanOf(alone.map(({ onThread }) => onThread));
  const { mean: held } = figures.server.threads.holdTime;
  const rate = uploads / span;
  if (!steady || waits || broken || !keepsWork(figures) || held === null || rate * each < 1) return null;
  return {
    kind: 'threads',
    resource: 'threads',
    terms: limited({ rate, each, limit: spec.server.threads * spec.server.count }),
    value: rate * each,
    simulated: rate * held,
    uses: [ARRIVALS, SIZE, CLIENTS, 'server.threads', 'storage.firstByte'],
  };
}

/** Uploads that storage's request rate has room for, where that is not all of them. */
function requests({ spec, offered, figures }: Case): HandCheck | null {
  const { partitions } = spec.storage.requestRate;
  const rate = partitions * spec.storage.requestRate.rate;
  const burst = partitions * spec.storage.requestRate.burst;
  const { uploads, span } = offered;
  // Once it has split there is room for more.
  if ((figures.storage.partitions?.splits.length ?? 0) > 0) return null;
  const value = burst + rate * span;
  // The many requests of an upload in parts come while it lasts, not when it begins.
  if (figures.storage.requestKinds !== null) return null;
  if (uploads <= value || rate === Number.POSITIVE_INFINITY) return null;
  return {
    kind: 'requests',
    resource: 'request rate of storage',
    terms: { burst, rate, span, uploads },
    value,
    simulated: figures.storage.slowDowns,
    uses: [ARRIVALS, 'storage.requestRate'],
  };
}

/** The latency of the upload that is the median of all, each taken alone. */
function loneUpload({ spec, figures }: Case, alone: Alone, tight: HandCheck | null): HandCheck | null {
  const { roundTrips, slowStart, size, rate, inward, forward, service, total } = alone;
  const { p50 } = figures.latency;
  const crowded = tight?.kind === 'share' && tight.value >= HEAVY;
  // Those that a crash leaves are not like the others.
  if (p50 === null || total === 0 || figures.server.crashes > 0) return null;
  if (Math.abs(p50 - total) > NEAR * total && !crowded) return null;
  const direct = figures.timeToToken !== null;
  return {
    kind: 'alone',
    resource: 'latency',
    terms: limited({ roundTrips, slowStart, size, rate, inward, forward, service }),
    value: total,
    simulated: p50,
    uses: [
      SIZE,
      CLIENTS,
      'transport.tls',
      'transport.slowStart',
      'server.cpu.perRequest',
      'storage.firstByte',
      'storage.perConnection',
      ...(direct ? ['valetKey.authorise', 'valetKey.sign'] : ['server.network.in', 'server.network.out']),
      ...(direct && spec.valetKey.notify === 'client' ? ['valetKey.notify'] : []),
      ...(figures.storage.requestKinds === null ? [] : ['partSize', 'parallel', 'signing']),
    ],
  };
}

/** By nearest rank. */
function typicalOf(alone: readonly Alone[]): Alone {
  return alone.toSorted((a, b) => a.total - b.total)[Math.ceil(alone.length / 2) - 1]!;
}

/** The terms without those that are unlimited. */
function limited(terms: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => Number.isFinite(value)));
}
