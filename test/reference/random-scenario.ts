/**
 * Scenarios for driving two replays against each other: small, and so short of everything that all mechanisms meet.
 * They hold plain data, so that a counterexample can be read; `handMade(work)` makes the workload.
 */
import fc from 'fast-check';
import type {
  Autoscaling,
  Fault,
  ServerParameters,
  TopologyKind,
  TopologySpec,
} from '../../src/scenario/types.js';
import type { RequestDraw, UploadDraw } from '../../src/workload/workload.js';
import { always, type Deep, type fluid, type HandWork, specOf } from './hand-made.js';

export interface RandomScenario {
  readonly spec: TopologySpec;
  readonly work: HandWork;
  readonly horizon: number;
}

export interface RandomOptions {
  readonly kinds?: readonly TopologyKind[];
  /**
   * Whether things may happen at the same instant by design (bursts, no round trips). Where they may, the order in
   * which a replay sets its events shows in who is first; two right ones can differ.
   */
  readonly ties?: boolean;
  readonly maxUploads?: number;
  readonly maxRequests?: number;
}

const none = Number.POSITIVE_INFINITY;

/** Near one of these values, but rarely a round number: two sums of such values are not equal by accident. */
function near(...values: readonly number[]): fc.Arbitrary<number> {
  return fc
    .tuple(fc.constantFrom(...values), fc.integer({ min: 0, max: 99_999 }))
    .map(([value, tilt]) => (Number.isFinite(value) ? value * (1 + tilt * 1.234567e-7 * Math.E) : value));
}

const exactly = <T>(...values: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...values);

/** Above any rate but the unlimited one that it lasts at; gone within the time that uploads take. */
const credited = fc.record({ rate: near(2e6, 6e6, 20e6), credit: near(0.5e6, 2e6, 5e6) });

const direction = fc
  .record({
    rate: near(none, none, 1e6, 3e6, 10e6),
    queue: exactly(0, 0, 0.02, 0.05),
    burst: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: credited }),
  })
  .map(({ burst, rate, queue }) => ({
    rate,
    queue,
    burst: burst !== null && burst.rate > rate ? burst : null,
  }));

const network = fc.record({ in: direction, out: direction, efficiency: exactly(1, 0.9415) });

/** The server is one of three; a smaller fleet takes the rest of the division. */
const faults = fc.array(
  fc.record({
    at: near(0.01, 0.1, 0.5, 1, 2, 3, 5),
    for: near(0.02, 0.3, 1, 4),
    target: exactly<RandomFault['target']>('all', 0, 1, 2, 'storage', 'storage'),
  }),
  { maxLength: 3 },
);

type RandomFault = { at: number; for: number; target: number | 'all' | 'storage' };

function faultsOf(drawn: readonly RandomFault[], count: number): Fault[] {
  return drawn.map(({ target, ...span }) => {
    if (target === 'storage') return { kind: 'storage-down', ...span };
    return { kind: 'server-down', ...span, server: target === 'all' ? target : target % count };
  });
}

type SiteOverrides = Deep<typeof fluid>;

const client = fc.record({
  timeout: near(none, none, none, 0.5, 2, 6),
  patience: near(none, none, none, none, 0.3, 2, 8).map(always),
  retry: fc.record({
    attempts: exactly(1, 2, 3, 5),
    base: near(0.1, 0.5, 2),
    cap: near(0.3, 3, 60),
    jitter: fc.constant('none' as const),
    budget: fc.option(
      fc.record({ ratio: exactly(0, 0.2, 0.5), minimum: exactly(0, 0, 0.4), window: near(1, 3, 30) }),
      { freq: 2 },
    ),
  }),
});

const transport = fc.record({
  tls: exactly('none' as const, '1.3' as const, '1.2' as const),
  slowStart: fc.boolean(),
  unfairness: fc.constant(0),
  ackLoad: exactly(0, 0.025),
  preflight: fc.boolean(),
  keepAlive: near(0, 0, 0, 0.5, 3, none),
});

const health = fc.oneof(
  { weight: 3, arbitrary: fc.constant(null) },
  {
    weight: 2,
    arbitrary: fc.record({
      interval: near(0.2, 0.5, 1),
      timeout: near(0, 0, 0.1),
      unhealthy: exactly(1, 2, 3),
      healthy: exactly(1, 2, 3),
    }),
  },
);

/** Thresholds for a metric, none of which a mean meets exactly; what is unlimited has none. */
const scaling = (metric: Autoscaling['metric'], above: number, below: number) =>
  fc.record({
    min: exactly(1, 1, 2),
    max: exactly(3, 4, 5),
    metric: fc.constant(metric),
    above: near(above, above / 2),
    below: near(below, below / 4),
    step: exactly(1, 1, 2),
    period: near(0.3, 0.7, 1.5),
    startup: near(0, 0.2, 0.9),
    cooldown: near(0, 0.5, 2),
  });

const autoscale = fc.oneof(
  { weight: 4, arbitrary: fc.constant(null) },
  { weight: 1, arbitrary: scaling('requests', 2.0371, 0.9137) },
  { weight: 1, arbitrary: scaling('threads', 0.8071, 0.3137) },
  { weight: 1, arbitrary: scaling('cpu', 0.5171, 0.2137) },
  { weight: 1, arbitrary: scaling('networkIn', 0.5171, 0.2137) },
  { weight: 1, arbitrary: scaling('networkOut', 0.5171, 0.2137) },
  { weight: 1, arbitrary: scaling('memory', 0.5171, 0.2137) },
);

/** The metric of a fleet has a capacity, as the scenario's checks would have it. */
function withCapacity<
  Direction extends { readonly rate: number },
  S extends Pick<ServerParameters, 'cores' | 'threads' | 'memory'> & {
    readonly autoscale: Pick<Autoscaling, 'metric'> | null;
    readonly network: { readonly in: Direction; readonly out: Direction };
  },
>(server: S): S {
  const { autoscale, cores, threads, memory, network } = server;
  const metric = autoscale?.metric;
  const limited = (value: number, limit: number): number => (value === none ? limit : value);
  const rate = (way: 'in' | 'out') =>
    metric === (way === 'in' ? 'networkIn' : 'networkOut')
      ? { ...network[way], rate: Math.min(network[way].rate, 4e6) }
      : network[way];
  return {
    ...server,
    cores: metric === 'cpu' ? limited(cores, 2) : cores,
    threads: metric === 'threads' ? limited(threads, 5) : threads,
    memory: metric === 'memory' ? limited(memory, 4e6) : memory,
    network: { ...network, in: rate('in'), out: rate('out') },
  };
}

const server = fc
  .record({
    count: exactly(1, 1, 2, 3),
    threads: exactly(none, none, 1, 2, 4),
    backlog: exactly(none, 0, 1, 3),
    memory: near(none, none, 1.5e6, 2e6, 3e6, 6e6),
    baseMemory: exactly(0, 1e6),
    cores: exactly(none, none, 1, 2),
    cpu: fc.record({ perRequest: near(0, 0.01, 0.1).map(always), perMiB: near(0, 0, 0.02, 0.3) }),
    network,
    disk: fc.record({
      space: near(none, none, 1.2e6, 3.5e6, 8e6),
      bandwidth: near(none, none, 1e6, 4e6),
    }),
    balancing: exactly('round-robin' as const, 'round-robin' as const, 'least-connections' as const),
    onOutOfMemory: exactly('crash' as const, 'crash' as const, 'reject' as const),
    restart: near(0.5, 3),
    health,
    autoscale,
  })
  .map(withCapacity);

const storage = fc.record({
  network,
  perConnection: near(none, none, 0.5e6, 2e6),
  rtt: near(0, 0, 0.01),
  firstByte: near(0, 0.05).map(always),
  requestRate: fc.oneof(
    { weight: 3, arbitrary: fc.constant({ rate: none, burst: none, partitions: 1, split: null }) },
    {
      weight: 1,
      arbitrary: fc.record({
        rate: near(1, 5),
        burst: exactly(1, 3),
        partitions: exactly(1, 1, 2),
        split: fc.oneof(
          fc.constant(null),
          fc.record({ after: near(0.5, 2), calm: near(0.3, 1, 5), upTo: exactly(none, 4) }),
        ),
      }),
    },
  ),
});

const valetKey = fc.record({
  ttl: near(900, 900, 0.05, 1),
  clockSkew: fc.oneof(
    { weight: 3, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: near(-901, -0.5, 0.3) },
  ),
  credentialsEnd: fc.oneof(
    { weight: 3, arbitrary: fc.constant(null) },
    {
      weight: 1,
      arbitrary: fc.record({ first: near(0.5, 2, 4), every: near(none, 1, 2), ahead: near(0, 0.3) }),
    },
  ),
  maxSize: near(none, none, none, 0.5e6),
  useAfter: near(0, 0, 0.5).map(always),
  authorise: near(0, 0.004, 0.2).map(always),
  sign: near(0, 0.0005, 0.1).map(always),
  request: exactly(0, 1000, 14_600, 40_000),
  response: exactly(0, 1000, 14_600, 40_000),
  notify: exactly('none' as const, 'client' as const, 'storage' as const),
});

const gateway = fc.oneof(
  { weight: 2, arbitrary: fc.constant(null) },
  {
    weight: 1,
    arbitrary: fc.record({
      profile: fc.constant(null),
      maxBody: near(none, none, none, 0.8e6, 2e6),
      timeout: near(none, none, 0.4, 1.5, 4),
      idle: near(none, none, 0.2, 0.8),
      buffers: fc.boolean(),
    }),
  },
);

/** `completeCopies` >= `copies`: a reservation covers what arrives. */
const options = fc
  .record({
    streamBuffer: near(0, 0.1e6, 1e6),
    copies: exactly(1, 1.27),
    more: exactly(0, 0.58),
    perRequest: exactly(0, 1e5),
    upstreamConnections: exactly(none, 1, 2),
    partSize: fc.oneof(exactly(1e5, 5e5), near(3e4, 3e5, 1e6, 5e6)),
    parallel: exactly(1, 2, 3, 6),
    signing: exactly('upfront' as const, 'each' as const),
  })
  .map(({ more, ...rest }) => ({ ...rest, completeCopies: rest.copies + more }));

const site: fc.Arbitrary<SiteOverrides> = fc.record({
  client,
  transport,
  server,
  storage,
  valetKey,
  gateway,
  options,
});

const clientPath = (ties: boolean) => ({
  client: fc.nat({ max: 2 }),
  uplink: near(none, 0.2e6, 1e6, 3e6),
  downlink: near(none, 1e6),
  loss: near(0, 0, 0, 0.001, 0.02),
  roundTrip: ties ? near(0, 0, 0.02, 0.2) : near(0.001, 0.02, 0.2),
});

/** One in twenty asks for something wrong. */
const mistakes = fc.oneof(
  { weight: 19, arbitrary: fc.constant(0) },
  { weight: 1, arbitrary: exactly(1, 2, 4, 8) },
);

const upload = (ties: boolean): fc.Arbitrary<Partial<UploadDraw>> =>
  fc
    .record({
      ...clientPath(ties),
      size: ties ? exactly(1e4, 1e5, 1e6, 3e6) : near(1e4, 1e5, 1e6, 3e6),
      weight: exactly(1, 1, 1, 0.5, 2),
      bucket: fc.oneof({ weight: 19, arbitrary: fc.constant(0) }, { weight: 1, arbitrary: fc.constant(1) }),
      mistakes,
      toStorage: exactly(1, 1, 0.5),
    })
    .map(({ roundTrip, toStorage, ...rest }) => ({
      ...rest,
      rttServer: roundTrip,
      rttStorage: roundTrip * toStorage,
    }));

const request = (ties: boolean): fc.Arbitrary<Partial<RequestDraw>> =>
  fc
    .record({
      ...clientPath(ties),
      request: near(0, 1000, 50_000),
      response: near(0, 1000, 50_000),
      service: near(0, 0.01, 0.3),
    })
    .map(({ roundTrip, ...rest }) => ({ ...rest, rttServer: roundTrip, rttStorage: 0 }));

/** Of the three classes of clients; in half of the scenarios no connection breaks. */
const life = fc.record({ seconds: near(none, none, 0.3, 2), bytes: near(none, none, 1e5, 2e6) });
const drops = fc.option(fc.tuple(life, life, life), { freq: 2 });

/** Requests are never at an upload's instant: which of two streams comes first is nobody's promise. */
const arrival = near(0.1, 0.5, 1, 1.5, 2, 3, 5);

const burst = (ties: boolean) => (ties ? fc.oneof(exactly(0, 0, 1), arrival) : arrival);

const withStart = <T extends object>(job: fc.Arbitrary<T>, start: fc.Arbitrary<number>) =>
  fc.tuple(job, start).map(([draw, at]) => ({ ...draw, start: at }));

function loop<T extends object>(job: fc.Arbitrary<T>) {
  const turn = fc.tuple(job, near(0.01, 0.5, 2)).map(([draw, think]) => ({ ...draw, think }));
  return fc.record({
    until: near(3, 10),
    turns: fc.array(fc.array(turn, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 5 }),
  });
}

function work({ ties = false, maxUploads = 40, maxRequests = 40 }: RandomOptions): fc.Arbitrary<HandWork> {
  const uploads = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.array(withStart(upload(ties), burst(ties)), {
        minLength: 1,
        maxLength: maxUploads,
        size: 'max',
      }),
    },
    { weight: 1, arbitrary: loop(upload(ties)) },
  );
  const requests = fc.oneof(
    {
      weight: 5,
      arbitrary: fc.array(withStart(request(ties), arrival), { maxLength: maxRequests, size: 'max' }),
    },
    { weight: 1, arbitrary: loop(request(ties)) },
  );
  const background = fc.oneof(
    { weight: 1, arbitrary: fc.constant([]) },
    { weight: 2, arbitrary: fc.record({ name: fc.constant('get'), requests }).map(stream => [stream]) },
  );
  return fc.record({ uploads, background, drops });
}

export function randomScenario(choice: RandomOptions = {}): fc.Arbitrary<RandomScenario> {
  const kinds =
    choice.kinds ??
    (['proxy-buffered', 'proxy-spooled', 'proxy-streaming', 'valet-key', 'valet-key-multipart'] as const);
  return fc
    .record({
      kind: fc.constantFrom(...kinds),
      overrides: site,
      work: work(choice),
      faults: fc.oneof({ weight: 1, arbitrary: fc.constant([]) }, { weight: 1, arbitrary: faults }),
      horizon: near(none, none, none, 1, 4),
    })
    .map(({ kind, overrides, faults, ...rest }) => {
      const spec = specOf(kind, overrides);
      return { spec: { ...spec, faults: faultsOf(faults, spec.server.count) }, ...rest };
    });
}
