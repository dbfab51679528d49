import type { Distribution, Scenario, SiteParameters, TopologySpec } from '../../src/scenario/types.js';

const unlimited = Number.POSITIVE_INFINITY;
const always = (value: number): Distribution => ({ kind: 'constant', value });

/** An ordinary site whose pools and memory hold everybody, so that all uploads are in flight at once. */
const roomy: SiteParameters = {
  client: {
    timeout: 1e6,
    patience: always(unlimited),
    retry: { attempts: 3, base: 0.1, cap: 20, jitter: 'full', budget: null },
  },
  transport: { tls: '1.3', slowStart: true, unfairness: 0.2, ackLoad: 0.025, preflight: false, keepAlive: 0 },
  server: {
    count: 1,
    threads: unlimited,
    backlog: unlimited,
    memory: 1e15,
    baseMemory: 5e8,
    cores: 1024,
    cpu: { perRequest: always(0.0014), perMiB: 0.005 },
    network: {
      in: { rate: 1.25e11, queue: 0.05, queueInBytes: false, burst: null },
      out: { rate: 1.25e11, queue: 0.05, queueInBytes: false, burst: null },
      efficiency: 0.9415,
    },
    disk: { space: unlimited, bandwidth: unlimited },
    balancing: 'round-robin',
    onOutOfMemory: 'crash',
    restart: 30,
    price: null,
    health: null,
    autoscale: null,
  },
  storage: {
    network: {
      in: { rate: 1.25e11, queue: 0.05, queueInBytes: false, burst: null },
      out: { rate: unlimited, queue: 0, queueInBytes: false, burst: null },
      efficiency: 0.9415,
    },
    perConnection: 9e7,
    rtt: 0,
    firstByte: { kind: 'lognormal', mu: Math.log(0.03), sigma: 0.6 },
    requestRate: { rate: unlimited, burst: unlimited, partitions: 1, split: null },
    price: null,
    buckets: ['media-uploads'],
  },
  prices: null,
  valetKey: {
    ttl: 900,
    clockSkew: 0,
    credentialsEnd: null,
    maxSize: Number.POSITIVE_INFINITY,
    useAfter: always(0),
    authorise: { kind: 'exponential', mean: 0.004 },
    sign: always(0.0005),
    request: 1000,
    response: 1000,
    notify: 'none',
  },
  gateway: null,
  faults: [],
};

const inParts = { partSize: 5 * 2 ** 20, parallel: 6, signing: 'upfront' as const };
const bufferless = { streamBuffer: 2e5, copies: 1.27, completeCopies: 1.85, perRequest: 16384 };

function spec(kind: TopologySpec['kind'], site: SiteParameters): TopologySpec {
  return {
    ...site,
    name: kind,
    kind,
    options: { ...bufferless, ...inParts, upstreamConnections: unlimited },
  };
}

const one = { values: ['media-uploads'], weights: [1] };

/** `count` uploads within 10 s, of varied sizes from varied clients: the last has come before the first is done. */
export function millionUploads(count: number): Scenario {
  return {
    name: 'many',
    description: '',
    seed: 'bench',
    horizon: unlimited,
    warmup: 0,
    workload: {
      uploads: {
        arrivals: { kind: 'spread', count, over: 10 },
        size: { kind: 'lognormal', mu: Math.log(5e7), sigma: 0.3 },
        bucket: one,
        file: one,
      },
      background: [],
    },
    clients: [
      {
        name: 'any',
        weight: 1,
        uplink: { kind: 'lognormal', mu: Math.log(1.5e6), sigma: 0.3 },
        downlink: always(2.5e7),
        rtt: { server: always(0.03), storage: always(0.03) },
        loss: always(0),
        mistakes: { bucket: 0, key: 0, method: 0, signature: 0 },
        drops: { seconds: unlimited, bytes: unlimited },
      },
    ],
    topologies: [spec('proxy-buffered', roomy), spec('proxy-streaming', roomy), spec('valet-key', roomy)],
    slo: [],
  };
}

/** One thread, exponential service of 1 s, Poisson arrivals at 0.9/s. */
export function exponentialServers(count: number): Scenario {
  const base = millionUploads(0);
  const server = {
    ...roomy.server,
    threads: 1,
    cpu: { perRequest: always(0), perMiB: 0 },
    network: {
      in: { rate: unlimited, queue: 0, queueInBytes: false, burst: null },
      out: { rate: unlimited, queue: 0, queueInBytes: false, burst: null },
      efficiency: 1,
    },
  };
  const client = base.clients[0]!;
  return {
    ...base,
    workload: {
      uploads: { ...base.workload.uploads, arrivals: { kind: 'burst', count: 0, at: 0 } },
      background: [
        {
          name: 'customers',
          arrivals: { kind: 'poisson', pieces: [{ until: count / 0.9, rate: 0.9 }] },
          request: always(0),
          response: always(0),
          service: { kind: 'exponential', mean: 1 },
        },
      ],
    },
    clients: [{ ...client, rtt: { server: always(0), storage: always(0) } }],
    topologies: [spec('proxy-buffered', { ...roomy, server })],
  };
}
