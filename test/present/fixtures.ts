import type {
  BackgroundResult,
  CompletionCurve,
  Cost,
  CostLine,
  DirectionUsage,
  Distribution,
  FleetResult,
  Result,
  ServerResult,
  ThreadUsage,
  TopologyResult,
  UploadTable,
  Usage,
} from '../../src/result.js';

/** Results made by hand: plausible figures, nothing that was simulated. */

export const noTimes: Distribution = { mean: null, p50: null, p90: null, p95: null, p99: null, max: null };

export function times(scale: number): Distribution {
  return {
    mean: 0.9 * scale,
    p50: scale,
    p90: 1.5 * scale,
    p95: 1.7 * scale,
    p99: 2.1 * scale,
    max: 2.4 * scale,
  };
}

/** Completion times that grow evenly up to `longest` seconds; of a thousand uploads so many succeeded. */
export function curve(longest: number, succeeded: number): CompletionCurve {
  const share = [...Array.from({ length: 99 }, (_, i) => (i + 1) / 100), 0.999, 1];
  return { share, seconds: share.map(s => (s <= succeeded / 1000 ? s * longest : null)) };
}

export function usage(capacity: number | null, peak: number, more: Partial<Usage> = {}): Usage {
  const mean = 0.4 * peak;
  return {
    capacity,
    mean,
    peak,
    utilization: capacity === null ? null : mean / capacity,
    saturatedAt: null,
    saturatedFor: 0,
    ...more,
  };
}

/** The usage of a network direction whose capacity is what it is. */
export const direction = (...figures: Parameters<typeof usage>): DirectionUsage => ({
  ...usage(...figures),
  burst: null,
});

/** No direction's capacity changes. */
export const unchanging = {
  networkInCapacity: null,
  networkOutCapacity: null,
  storageInCapacity: null,
  networkInCredit: null,
  networkOutCredit: null,
  storageInCredit: null,
};

export function threads(capacity: number | null, peak: number, more: Partial<ThreadUsage> = {}): ThreadUsage {
  return { ...usage(capacity, peak), holdTime: { mean: 3.21, p50: 2.98, p99: 12.4 }, ...more };
}

export function server(more: Partial<ServerResult> = {}): ServerResult {
  return {
    threads: threads(400, 400, { saturatedAt: 0.0612, saturatedFor: 41.23 }),
    backlog: { capacity: 8192, mean: 112.4, peak: 600 },
    memory: usage(16e9, 9.31e9),
    cpu: usage(4, 1.25),
    networkIn: direction(117.6875e6, 117.6875e6, { saturatedAt: 0.5, saturatedFor: 380 }),
    networkOut: direction(117.6875e6, 117.6875e6),
    upstream: usage(50, 50, { saturatedAt: 3.2, saturatedFor: 77 }),
    disk: null,
    diskSpace: null,
    bytes: 50e9,
    crashes: 0,
    down: 0,
    ...more,
  };
}

/** What a fleet has beside its servers that nobody adds to or takes from. */
export const steady = { hours: 0.2, autoscale: null, health: null } as const;
/** What a bill has to do with a line, a million succeeding uploads being a thousand times as many as there are. */
export function costLine(
  name: CostLine['name'],
  path: string,
  quantity: number,
  unit: CostLine['unit'],
  price: number | null,
): CostLine {
  const dollars = price === null ? null : quantity * price;
  const perMillionUploads = dollars === null ? null : dollars * 1000;
  return { name, path, quantity, unit, price, dollars, perMillionUploads, perMonth: null };
}

const unpriced: Cost = {
  servers: null,
  requests: null,
  transfer: null,
  loadBalancer: null,
  total: null,
  perMillionUploads: null,
  perMonth: null,
  lines: [
    costLine('servers', 'server.price', 0.2, 'h', null),
    costLine('requests', 'storage.price', 1000, 'request', null),
  ],
};

export function topology(name: string, more: Partial<TopologyResult> = {}): TopologyResult {
  const fleet: FleetResult = { ...server(), ...steady, servers: [] };
  return {
    name,
    kind: 'proxy-buffered',
    gateway: null,
    uploads: {
      offered: 1000,
      succeeded: 1000,
      failed: 0,
      unfinished: 0,
      attempts: 1000,
      amplification: 1,
      failures: {},
      attemptFailures: {},
      wastedBytes: 0,
      retriesDenied: null,
    },
    latency: times(300),
    completion: times(301),
    completionCurve: curve(301, 1000),
    steady: null,
    timeToToken: null,
    connections: null,
    tokens: null,
    quantiles: 'exact',
    makespan: 722.4,
    window: [0, 722.4],
    goodput: 69.2e6,
    server: fleet,
    storage: {
      networkIn: direction(null, 117e6),
      networkOut: direction(null, 0),
      bytes: 50e9,
      requests: 1000,
      slowDowns: 0,
      rejectedTokens: 0,
      partitions: null,
      requestKinds: null,
      abandonedParts: null,
      abandonedBytes: null,
      orphans: null,
      orphanBytes: null,
    },
    background: [],
    recovery: null,
    cost: unpriced,
    series: {
      binWidth: 360,
      time: [0, 360, 720],
      active: [900, 300, 10],
      threads: [400, 300, 10],
      backlog: [500, 0, 0],
      memory: [9e9, 4e9, 1e9],
      cpu: [1, 1, 0.5],
      networkIn: [117e6, 60e6, 1e6],
      networkOut: [100e6, 80e6, 1e6],
      storageIn: [100e6, 80e6, 1e6],
      disk: null,
      ...unchanging,
      servers: null,
      completed: [400, 590, 10],
      failed: [0, 0, 0],
    },
    slo: [],
    byHand: [],
    checks: ['conservation of uploads', 'conservation of bytes', "Little's law"].map(check => ({
      name: check,
      ok: true,
      error: 0,
    })),
    ci95: null,
    n: null,
    shares: null,
    samples: null,
    ...more,
  };
}

/** Tokens from the server, bytes straight to the storage. */
export function valetKey(name = 'valet-key', more: Partial<TopologyResult> = {}): TopologyResult {
  return topology(name, {
    kind: 'valet-key',
    latency: times(41),
    completion: times(41),
    completionCurve: curve(41, 1000),
    timeToToken: times(0.0523),
    makespan: 98.4,
    window: [0, 98.4],
    goodput: 508e6,
    series: {
      binWidth: 48,
      time: [0, 48, 96],
      active: [800, 200, 5],
      threads: [12, 0, 0],
      backlog: [0, 0, 0],
      memory: [0.5e9, 0.5e9, 0.5e9],
      cpu: [0.3, 0, 0],
      networkIn: [0, 0, 0],
      networkOut: [0, 0, 0],
      storageIn: [800e6, 200e6, 5e6],
      disk: null,
      ...unchanging,
      servers: null,
      completed: [800, 195, 5],
      failed: [0, 0, 0],
    },
    server: {
      ...server({
        threads: threads(400, 212, { holdTime: { mean: 0.0045, p50: 0.0031, p99: 0.018 } }),
        backlog: { capacity: 8192, mean: 0, peak: 0 },
        memory: usage(16e9, 0.5e9),
        networkIn: direction(117.6875e6, 0),
        networkOut: direction(117.6875e6, 0),
        upstream: null,
        bytes: 0,
      }),
      ...steady,
      servers: [],
    },
    ...more,
  });
}

export function result(topologies: readonly TopologyResult[], more: Partial<Result> = {}): Result {
  return {
    format: 'valet-sim/result@1',
    version: '0.1.0',
    scenario: {
      name: '1,000 concurrent 50 MB uploads',
      file: 'scenarios/1000-uploads.yaml',
      sha256: '2c26b46b68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae',
      resolved: {
        name: '1,000 concurrent 50 MB uploads',
        workload: { uploads: { arrivals: { count: 1000, at: '0s' }, size: '50MB' } },
      },
    },
    seed: '42',
    replications: 1,
    partial: null,
    precision: null,
    origin: null,
    warmup: null,
    topologies,
    comparison: [],
    warnings: [],
    assumptions: [],
    breakEven: [],
    ...more,
  };
}

const odd = [
  `${'a very long name '.repeat(12)}end`,
  '日本語のとても長い名前のトポロジーで幅が二倍になるものです',
  'טופולוגיה עם שם בעברית',
  'evil \u001b[31mred\u001b[0m\u0007\u009b2J\u202egnp.exe\nsecond line\ttab 👩‍👩‍👧 x',
];

const background: BackgroundResult = {
  name: 'GET /feed',
  offered: 29_871,
  succeeded: 29_860,
  failed: 11,
  unfinished: 0,
  failures: { overloaded: 11 },
  latency: times(2.35),
  baseline: times(0.047),
  slowdown: { p50: 50, p99: 63.4 },
};

export const oneTopology = result([topology('proxy-buffered')]);

export const twoTopologies = result([topology('proxy-buffered'), valetKey()], {
  comparison: [
    {
      baseline: 'proxy-buffered',
      topology: 'valet-key',
      metric: 'completion.p99',
      ratio: 0.1362,
      difference: -546.1,
      ci95: null,
      ratioCi95: null,
      varianceSaved: null,
    },
    {
      baseline: 'proxy-buffered',
      topology: 'valet-key',
      metric: 'goodput',
      ratio: null,
      difference: 439e6,
      ci95: null,
      ratioCi95: null,
      varianceSaved: null,
    },
  ],
});

export const fourTopologies = result([
  topology('proxy-buffered'),
  topology('proxy-streaming', { kind: 'proxy-streaming' }),
  valetKey(),
  topology('four servers'),
]);

export const everythingFailed = result([
  topology('proxy-buffered', {
    uploads: {
      offered: 1000,
      succeeded: 0,
      failed: 998,
      unfinished: 2,
      attempts: 5800,
      amplification: 5.8,
      failures: { overloaded: 600, 'server-crash': 398 },
      attemptFailures: { overloaded: 3000, 'server-crash': 2798, timeout: 1 },
      wastedBytes: 187.5e9,
      retriesDenied: null,
    },
    latency: noTimes,
    completion: noTimes,
    completionCurve: curve(1, 0),
    makespan: null,
    goodput: 0,
    checks: [],
  }),
]);

export const oneUpload = result([
  topology('proxy-buffered', {
    uploads: { ...topology('x').uploads, offered: 1, succeeded: 1, attempts: 1 },
    makespan: 4.2,
    latency: times(4.2),
    completion: times(4.2),
  }),
]);

export const unlimited = result([
  topology('proxy-buffered', {
    server: {
      ...server({
        threads: threads(null, 1000, { holdTime: { mean: null, p50: null, p99: null } }),
        backlog: { capacity: null, mean: 0, peak: 0 },
        memory: usage(null, 92.5e9),
        cpu: usage(null, 0),
        networkIn: direction(null, 2.5e9),
        networkOut: direction(null, 0),
        upstream: null,
      }),
      ...steady,
      servers: [],
    },
  }),
]);

export const oddNames = result(
  odd.map((name, i) => topology(name, i === 1 ? { background: [{ ...background, name: odd[3] }] } : {})),
  {
    scenario: { ...oneTopology.scenario, name: odd[3], file: `dir/${odd[0]}.yaml` },
    warnings: [`about ${odd[3]}`, `about ${odd[0].replaceAll(' ', '-')}`],
    comparison: [
      {
        baseline: odd[0],
        topology: odd[1],
        metric: 'makespan',
        ratio: 2,
        difference: 10,
        ci95: [-1, 21],
        ratioCi95: [0.9, 3.1],
        varianceSaved: 0.5,
      },
    ],
  },
);

export const withBackground = result([
  topology('proxy-buffered', { background: [background] }),
  valetKey('valet-key', {
    background: [{ ...background, failed: 0, latency: times(0.048), slowdown: { p50: 1.02, p99: null } }],
  }),
]);

export const severalServers = result([
  topology('four servers', {
    server: {
      ...server({ crashes: 2, down: 60 }),
      ...steady,
      servers: [0, 1, 2, 3].map(i => server({ crashes: i % 2, down: 30 * (i % 2) })),
    },
  }),
  topology('twenty servers', {
    server: { ...server(), ...steady, servers: Array.from({ length: 20 }, () => server()) },
  }),
]);

export const sloMissed = result([
  topology('proxy-buffered', {
    slo: [
      { expr: 'completion.p99 < 10m', ok: false, outcome: 'fail', value: 632.1, ci95: null, reason: null },
      { expr: 'failed < 0.1%', ok: true, outcome: 'pass', value: 0, ci95: null, reason: null },
    ],
  }),
  valetKey('valet-key', {
    slo: [
      {
        expr: 'background.GET /feed.slowdown.p99 <= 2',
        ok: false,
        outcome: 'fail',
        value: null,
        ci95: null,
        reason: null,
      },
    ],
  }),
]);

export const selfCheckBroken = result([
  topology('proxy-buffered', {
    checks: [
      { name: 'conservation of uploads', ok: true, error: 0 },
      { name: 'conservation of bytes', ok: false, error: 0.0031 },
    ],
  }),
]);

export const priced = result([
  topology('proxy-buffered', {
    cost: {
      servers: 0.0385,
      requests: 0.005,
      transfer: 4.5,
      loadBalancer: 0,
      total: 4.5435,
      perMillionUploads: 4543.5,
      perMonth: null,
      lines: [
        costLine('servers', 'server.price', 0.2, 'h', 0.1925),
        costLine('requests', 'storage.price', 1000, 'request', 5e-6),
        costLine('ingress', 'prices.ingress', 50e9, 'B', 0),
        costLine('nat', 'prices.nat', 100e9, 'B', 4.5e-11),
      ],
    },
  }),
]);

/** Every fixture by its name, for what has to hold of all of them. */
export const fixtures = {
  oneTopology,
  twoTopologies,
  fourTopologies,
  everythingFailed,
  oneUpload,
  unlimited,
  oddNames,
  withBackground,
  severalServers,
  sloMissed,
  selfCheckBroken,
  priced,
} as const;

/** Three uploads: succeeded, failed, unfinished. */
export function uploadTable(more: Partial<UploadTable> = {}): UploadTable {
  return {
    topology: 'proxy-buffered',
    replication: 0,
    count: 3,
    start: Float64Array.of(0, 0.1, 0.30000000000000004),
    end: Float64Array.of(12.345678901234567, 7.5, Number.NaN),
    status: Uint8Array.of(1, 2, 0),
    reason: Uint8Array.of(0, 4, 0),
    attempts: Uint32Array.of(1, 6, 2),
    size: Float64Array.of(50e6, 1, 1e21),
    client: Uint16Array.of(0, 1, 1),
    server: Int32Array.of(0, 3, -1),
    bucket: Uint16Array.of(0, 0, 1),
    clients: ['cable', '4g, "rural"'],
    buckets: ['media-uploads', 'user\nprofiles'],
    ...more,
  };
}
