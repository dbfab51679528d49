/**
 * What a run costs, line by line: a quantity (hours, requests, bytes) times its price. A price that is not known makes
 * its line null and everything that contains it, since unknown is not zero.
 *
 *     1,000 uploads of 10 MB through a NAT gateway at 0.045/GB: 10 GB x 0.045 = 0.45 dollars, 450 per million.
 */
import type { Replayed } from '../replay/replay.js';
import type { Cost, CostLine } from '../result.js';
import type { TopologySpec } from '../scenario/types.js';
import { bytesOver } from './carried.js';
import { hoursOf } from './fleet-summary.js';

/** What a run used of that which can have a price. */
export interface Used {
  /** Of the window. */
  readonly hours: number;
  /** Those of all servers together. */
  readonly serverHours: number;
  /** Requests to storage that are billed. */
  readonly requests: number;
  /** File bytes from clients to servers, from servers to storage, and from clients to storage. */
  readonly toServers: number;
  readonly onToStorage: number;
  readonly pastServers: number;
  /** Bytes of requests to servers and of their answers. */
  readonly messages: number;
  readonly succeeded: number;
}

export function usedBy(spec: TopologySpec, run: Replayed): Used {
  const { recorder, from, to } = run;
  return {
    hours: (to - from) / 3600,
    serverHours: hoursOf(spec, run),
    // Amazon bills 2xx and 4xx to the owner of the bucket, whose signature a signed URL carries, and no 5xx:
    // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ErrorCodeBilling.html
    requests: recorder.storageRequests - recorder.slowDowns,
    toServers: bytesOver(run, path => path.client === 'server'),
    onToStorage: bytesOver(run, path => path.toStorage && path.proxied),
    pastServers: bytesOver(run, path => path.client === 'storage'),
    messages: recorder.messageBytes,
    succeeded: recorder.succeeded,
  };
}

/** A month as clouds bill it. */
const HOURS_PER_MONTH = 730;

/**
 * @param loadSpan seconds over which the uploads arrive, which then go on like that all month; null where they come
 * at one instant
 */
export function costOf(spec: TopologySpec, used: Used, loadSpan: number | null): Cost {
  const { prices } = spec;
  const runs = prices?.runsPerMonth ?? (loadSpan === null ? null : (HOURS_PER_MONTH * 3600) / loadSpan);
  const lines = itemsOf(spec, used).map((item): CostLine => {
    const dollars = item.price === null ? null : item.quantity * item.price;
    return {
      ...item,
      dollars,
      perMillionUploads: perMillion(dollars, used),
      perMonth: dollars === null || runs === null ? null : inAMonth(dollars, item.unit, runs, used),
    };
  });
  const sum = (...names: readonly CostLine['name'][]): number | null =>
    total(lines.filter(({ name }) => names.includes(name)).map(({ dollars }) => dollars));
  // Without any price of bytes, nobody has said that they cost nothing.
  const known = prices !== null;
  const all = known ? total(lines.map(({ dollars }) => dollars)) : null;
  return {
    servers: sum('servers'),
    requests: sum('requests'),
    transfer: known ? sum('ingress', 'acceleration', 'nat', 'crossZone') : null,
    loadBalancer: known ? sum('loadBalancer', 'processed') : null,
    total: all,
    perMillionUploads: perMillion(all, used),
    perMonth: known ? total(lines.map(({ perMonth }) => perMonth)) : null,
    lines,
  };
}

type Item = Pick<CostLine, 'name' | 'path' | 'quantity' | 'unit' | 'price'>;

/** Servers and requests, which every design has, and the links that have a price. */
function itemsOf({ server, storage, prices }: TopologySpec, used: Used): readonly Item[] {
  const { ingress, acceleration, nat, crossZone, loadBalancer } = prices ?? free;
  const links: readonly Item[] = [
    bytes('ingress', 'prices.ingress', used.toServers + used.pastServers, ingress),
    bytes('acceleration', 'prices.acceleration', used.pastServers, acceleration),
    bytes('nat', 'prices.nat', used.onToStorage, nat),
    // A byte is paid for as it leaves one zone and as it enters the other.
    bytes(
      'crossZone',
      'prices.crossZone.price',
      2 * (crossZone?.share ?? 0) * used.toServers,
      crossZone?.price ?? null,
    ),
    {
      name: 'loadBalancer',
      path: 'prices.loadBalancer.hour',
      quantity: used.hours,
      unit: 'h',
      price: loadBalancer.hour,
    },
    bytes(
      'processed',
      'prices.loadBalancer.processed',
      used.toServers + used.messages,
      loadBalancer.processed,
    ),
  ];
  return [
    { name: 'servers', path: 'server.price', quantity: used.serverHours, unit: 'h', price: server.price },
    {
      name: 'requests',
      path: 'storage.price',
      quantity: used.requests,
      unit: 'request',
      price: storage.price,
    },
    ...links.filter(({ price }) => price !== null),
  ];
}

const free = {
  ingress: null,
  acceleration: null,
  nat: null,
  crossZone: null,
  loadBalancer: { hour: null, processed: null },
} as const;

function bytes(name: Item['name'], path: string, quantity: number, price: number | null): Item {
  return { name, path, quantity, unit: 'B', price };
}

/** What is rented by the hour is rented all month; the rest comes with the uploads, however long the last one takes. */
function inAMonth(dollars: number, unit: Item['unit'], runs: number, { hours }: Used): number | null {
  if (unit !== 'h') return dollars * runs;
  return hours === 0 ? null : dollars * (HOURS_PER_MONTH / hours);
}

/** Null as soon as one of them is. */
function total(dollars: readonly (number | null)[]): number | null {
  return dollars.reduce((sum, one) => (sum === null || one === null ? null : sum + one), 0);
}

function perMillion(dollars: number | null, { succeeded }: Used): number | null {
  return dollars === null || succeeded === 0 ? null : (dollars * 1e6) / succeeded;
}
