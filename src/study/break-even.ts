/**
 * From which file size on one design is faster than another for a lone upload: what round trips cost weighs against
 * what moving the bytes costs. Found on the simulator itself, so that it holds for whatever a topology does; a
 * typical client (the median of everything) uploads one file to idle servers.
 */
import { replay } from '../replay/replay.js';
import type { BreakEven } from '../result.js';
import { MOST_PARTS, partsOf } from '../scenario/part-limits.js';
import type { ClientClass, Scenario, TopologySpec } from '../scenario/types.js';
import { drawWorkload } from '../workload/draw.js';
import { typical } from './typical.js';

const SMALLEST = 1;
const LARGEST = 1e11;
/** Sizes per factor of ten that are looked at before the crossing is narrowed down. */
const PER_DECADE = 4;
const PRECISION = 0.002;
/** Differences below this share are those of rounding: the designs are equally fast. */
const NOISE = 1e-9;

/** The crossing of each design that issues tokens with each that moves bodies through servers. */
export function breakEvens(scenario: Scenario, issuesTokens: (name: string) => boolean): BreakEven[] {
  const client = commonest(scenario.clients);
  const times = new Map(scenario.topologies.map(spec => [spec.name, timesOf(spec, scenario, client)]));
  const names = scenario.topologies.map(({ name }) => name);
  const proxies = names.filter(name => !issuesTokens(name));
  return names
    .filter(issuesTokens)
    .flatMap(valetKey => proxies.map(proxy => between(proxy, valetKey, times, client)));
}

/** Seconds that a lone upload takes, by its size; each is simulated once. */
function timesOf(spec: TopologySpec, scenario: Scenario, client: ClientClass): (size: number) => number {
  const known = new Map<number, number>();
  return size => {
    const seconds = known.get(size) ?? alone(spec, scenario, client, size);
    known.set(size, seconds);
    return seconds;
  };
}

function commonest(clients: readonly ClientClass[]): ClientClass {
  return clients.reduce((best, client) => (client.weight > best.weight ? client : best));
}

function between(
  proxy: string,
  valetKey: string,
  times: ReadonlyMap<string, (size: number) => number>,
  client: ClientClass,
): BreakEven {
  const [through, direct] = [times.get(proxy)!, times.get(valetKey)!];
  const faster = (size: number): string | null => {
    const [a, b] = [through(size), direct(size)];
    if (a === b || Math.abs(a - b) <= NOISE * b) return null;
    return a < b ? proxy : valetKey;
  };
  // What does not fit into a server's memory, or into the parts of an upload, is no question of speed any more.
  const fits = (size: number): boolean => Number.isFinite(through(size)) && Number.isFinite(direct(size));
  const overhead = fits(SMALLEST) ? direct(SMALLEST) - through(SMALLEST) : 0;
  const names = { proxy, valetKey, client: client.name, overhead };
  let above = faster(SMALLEST);
  let found: BreakEven = { ...names, size: null, below: above, above };
  let last = SMALLEST;
  for (let step = 1; last < LARGEST; step++) {
    const size = Math.round(10 ** (step / PER_DECADE));
    if (!fits(size)) break;
    const below = above;
    above = faster(size);
    // Slow start goes by whole rounds, so that designs may pass each other more than once: the last time counts.
    if (above !== below) {
      found = { ...names, size: crossing(last, size, at => faster(at) === below), below, above };
    }
    last = size;
  }
  return found;
}

/** The first size, within the precision, at which it is no longer as at `below`. */
function crossing(below: number, above: number, asBelow: (size: number) => boolean): number {
  let [low, high] = [below, above];
  while (high > low * (1 + PRECISION)) {
    const middle = Math.round(Math.sqrt(low * high));
    if (middle <= low || middle >= high) break;
    if (asBelow(middle)) low = middle;
    else high = middle;
  }
  return high;
}

/** Seconds from the click to the confirmation of one upload, Infinity where it fails. */
function alone(spec: TopologySpec, scenario: Scenario, client: ClientClass, size: number): number {
  if (isInParts(spec) && partsOf(size, spec.options) > MOST_PARTS) return Number.POSITIVE_INFINITY;
  const workload = drawWorkload(
    {
      ...scenario,
      clients: [typicalClient(client)],
      workload: {
        uploads: {
          arrivals: { kind: 'burst', count: 1, at: 0 },
          size: { kind: 'constant', value: size },
          bucket: { values: [spec.storage.buckets[0] ?? ''], weights: [1] },
          file: { values: ['file'], weights: [1] },
        },
        background: [],
      },
    },
    'alone',
  );
  const options = { seed: 'alone', horizon: Number.POSITIVE_INFINITY, warmup: 0 };
  const { recorder } = replay(typicalSite(spec), workload, options);
  return recorder.succeeded === 1 ? recorder.latency.mean! : Number.POSITIVE_INFINITY;
}

function isInParts({ kind }: TopologySpec): boolean {
  return kind === 'valet-key-multipart';
}

function typicalClient(client: ClientClass): ClientClass {
  const { uplink, downlink, rtt, loss } = client;
  return {
    ...client,
    uplink: typical(uplink),
    downlink: typical(downlink),
    rtt: { server: typical(rtt.server), storage: typical(rtt.storage) },
    loss: typical(loss),
    mistakes: { bucket: 0, key: 0, method: 0, signature: 0 },
    drops: { seconds: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
  };
}

/** The design without luck, and with a client who waits as long as it takes and starts at once. */
function typicalSite(spec: TopologySpec): TopologySpec {
  const { server, storage, valetKey, client } = spec;
  return {
    ...spec,
    faults: [],
    client: {
      timeout: Number.POSITIVE_INFINITY,
      patience: { kind: 'constant', value: Number.POSITIVE_INFINITY },
      retry: { ...client.retry, attempts: 1 },
    },
    // One upload needs one server, and nobody to look after it.
    server: {
      ...server,
      health: null,
      autoscale: null,
      cpu: { ...server.cpu, perRequest: typical(server.cpu.perRequest) },
    },
    storage: { ...storage, firstByte: typical(storage.firstByte) },
    valetKey: {
      ...valetKey,
      clockSkew: 0,
      credentialsEnd: null,
      useAfter: { kind: 'constant', value: 0 },
      authorise: typical(valetKey.authorise),
      sign: typical(valetKey.sign),
    },
  };
}
