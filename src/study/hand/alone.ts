/**
 * What one upload takes that has everything for itself: round trips, slow start, bytes over the narrowest link, and
 * what each end takes. The formulas are those of the model reference ("Round trips", "Bandwidth").
 */
import { INITIAL_WINDOW } from '../../replay/host.js';
import { lossBound, slowStartDelay } from '../../replay/rates.js';
import type { Distribution, NetworkDirection, TopologySpec } from '../../scenario/types.js';
import type { UploadDraw } from '../../workload/workload.js';

const MIB = 2 ** 20;

/** Seconds, but for `size` in bytes and the rates in bytes per second. */
export interface Alone {
  readonly roundTrips: number;
  readonly slowStart: number;
  readonly size: number;
  /** From the client. */
  readonly rate: number;
  /** From a gateway that had all of it to the server; Infinity where there is no such hop. */
  readonly inward: number;
  /** From the server's memory to storage; Infinity where there is no such hop. */
  readonly forward: number;
  /** Computing, waiting for others, and small messages. */
  readonly service: number;
  readonly total: number;
  /** How long it holds a thread, and a connection from a server to storage. */
  readonly onThread: number;
  readonly onUpstream: number;
}

/** @param figure the figure of a distribution that stands for it: its median, or its mean. */
export function aloneThroughServer(
  { kind, transport, server, storage, gateway }: TopologySpec,
  { size, uplink, rttServer, loss }: UploadDraw,
  figure: (distribution: Distribution) => number,
): Alone {
  const stores = kind !== 'proxy-streaming';
  const spools = kind === 'proxy-spooled';
  const disk = spools ? server.disk.bandwidth : Number.POSITIVE_INFINITY;
  const factor = stores ? 1 : 1 + transport.ackLoad;
  // Streaming pays for the whole passage on its one flow, whoever keeps the body half on each hop.
  const allCores = server.cores / ((server.cpu.perMiB / MIB) * (stores ? 0.5 : 1));
  const oneCore = MIB / server.cpu.perMiB;
  const into = (server.network.in.rate * server.network.efficiency) / factor;
  const out = (server.network.out.rate * server.network.efficiency) / factor;
  const onward = Math.min(out, storageIn(storage), storage.perConnection, disk, oneCore, allCores);
  const own = Math.min(uplink, lossBound(rttServer, loss));
  const buffers = gateway?.buffers === true;
  const arrives = Math.min(buffers ? Number.POSITIVE_INFINITY : own, into, disk, oneCore, allCores);
  const passed = stores ? arrives : Math.min(arrives, onward);
  const rate = buffers ? own : passed;
  const inward = buffers ? passed : Number.POSITIVE_INFINITY;
  const forward = stores ? onward : Number.POSITIVE_INFINITY;
  const slowStart = transport.slowStart ? slowStartDelay(size, rate, rttServer) : 0;
  const service = figure(server.cpu.perRequest) / Math.min(1, server.cores) + figure(storage.firstByte);
  const [toServer, toGateway] = buffers ? [service, slowStart + size / rate] : [service + slowStart, 0];
  const atServer = toServer + size / passed + size / forward + storage.rtt;
  const sending = storage.rtt + size / forward + figure(storage.firstByte);
  const roundTrips = (opening(transport.tls) + 1) * rttServer;
  return {
    roundTrips: roundTrips + storage.rtt,
    slowStart,
    size,
    rate,
    inward,
    forward,
    service,
    total: roundTrips + toGateway + atServer,
    // A spooling front holds none while the client sends.
    onThread: spools ? sending : atServer,
    onUpstream: stores ? sending : 0,
  };
}

/** @param figure the figure of a distribution that stands for it: its median, or its mean. */
export function aloneWithToken(
  { transport, server, storage, valetKey }: TopologySpec,
  { size, uplink, downlink, rttServer, rttStorage, loss }: UploadDraw,
  figure: (distribution: Distribution) => number,
): Alone {
  const { network } = server;
  const exchanges = opening(transport.tls) + 1;
  const told = valetKey.notify === 'client' ? 1 : 0;
  const rate = Math.min(uplink, lossBound(rttStorage, loss), storage.perConnection, storageIn(storage));
  const slowStart = transport.slowStart ? slowStartDelay(size, rate, rttStorage) : 0;
  const core = Math.min(1, server.cores);
  const perRequest = figure(server.cpu.perRequest) / core;
  const permission = perRequest + figure(valetKey.authorise) + figure(valetKey.sign) / core;
  const connection = { rtt: rttServer, loss, slowStart: transport.slowStart };
  const asking = message(valetKey.request, network.in, network.efficiency, { ...connection, rate: uplink });
  const answer = message(valetKey.response, network.out, network.efficiency, {
    ...connection,
    rate: downlink,
  });
  const service =
    asking.seconds +
    permission +
    answer.seconds +
    figure(valetKey.useAfter) +
    figure(storage.firstByte) +
    told * perRequest;
  const roundTrips =
    (exchanges + told) * rttServer + (exchanges + (transport.preflight ? 1 : 0)) * rttStorage;
  return {
    roundTrips,
    slowStart,
    size,
    rate,
    inward: Number.POSITIVE_INFINITY,
    forward: Number.POSITIVE_INFINITY,
    service,
    total: roundTrips + slowStart + size / rate + service,
    onThread: permission + asking.onThread + answer.onThread + told * perRequest,
    onUpstream: 0,
  };
}

/** A small message rides on its half round trip where the direction has a queue; others are flows of their own. */
export function message(
  bytes: number,
  direction: NetworkDirection,
  efficiency: number,
  from: { readonly rate: number; readonly rtt: number; readonly loss: number; readonly slowStart: boolean },
): { readonly seconds: number; readonly onThread: number } {
  const capacity = direction.rate * efficiency;
  if (direction.queue > 0 && bytes <= INITIAL_WINDOW) {
    return { seconds: bytes / Math.min(capacity, from.rate), onThread: 0 };
  }
  const rate = Math.min(capacity, from.rate, lossBound(from.rtt, from.loss));
  const seconds = (from.slowStart ? slowStartDelay(bytes, rate, from.rtt) : 0) + bytes / rate;
  return { seconds, onThread: seconds };
}

/** Round trips that open a connection. */
export function opening(tls: TopologySpec['transport']['tls']): number {
  return { none: 1, '1.3': 2, '1.2': 3 }[tls];
}

export function storageIn({ network }: TopologySpec['storage']): number {
  return network.in.rate * network.efficiency;
}
