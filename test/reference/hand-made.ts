/** Workloads written down by hand, and a specification in which nothing costs anything until it is asked to. */
import type {
  Distribution,
  SiteParameters,
  TopologyOptions,
  TopologySpec,
} from '../../src/scenario/types.js';
import type {
  JobStream,
  RequestDraw,
  RequestStream,
  UploadDraw,
  Workload,
} from '../../src/workload/workload.js';

export type HandUpload = Partial<UploadDraw> & { readonly start: number };
export type HandRequest = Partial<RequestDraw> & { readonly start: number };

/** Users who think, then ask; turn j of user k takes `turns[k][j]`, and the loop ends when they run out. */
export interface HandLoop<T> {
  readonly until: number;
  readonly turns: readonly (readonly (T & { readonly think: number })[])[];
}

export interface HandWork {
  readonly uploads?: readonly HandUpload[] | HandLoop<Partial<UploadDraw>>;
  readonly background?: readonly {
    readonly name: string;
    readonly requests: readonly HandRequest[] | HandLoop<Partial<RequestDraw>>;
  }[];
  readonly buckets?: readonly string[];
  /** How long connections last, by class of clients: one, two, three. */
  readonly drops?: Workload['drops'];
}

export const always = (value: number): Distribution => ({ kind: 'constant', value });

const upload: UploadDraw = {
  size: 1e6,
  client: 0,
  bucket: 0,
  file: 0,
  weight: 1,
  uplink: Number.POSITIVE_INFINITY,
  downlink: Number.POSITIVE_INFINITY,
  rttServer: 0,
  rttStorage: 0,
  loss: 0,
  mistakes: 0,
};

const request: RequestDraw = {
  client: 0,
  request: 0,
  response: 0,
  service: 0,
  uplink: Number.POSITIVE_INFINITY,
  downlink: Number.POSITIVE_INFINITY,
  rttServer: 0,
  rttStorage: 0,
  loss: 0,
};

/** Arrivals are sorted by `start`, ties in the order given. */
export function handMade(work: HandWork): Workload {
  return {
    uploads: stream(work.uploads ?? [], upload),
    background: (work.background ?? []).map(
      ({ name, requests }): RequestStream => ({ name, ...stream(requests, request) }),
    ),
    clients: ['one', 'two', 'three'],
    buckets: work.buckets ?? ['bucket', 'nowhere'],
    files: ['file'],
    drops: work.drops ?? null,
  };
}

interface Readable<D> extends JobStream {
  readonly properties: { readonly [K in keyof D]: (job: number) => number };
  read(index: number, into: D): void;
  readTurn(user: number, turn: number, into: D): void;
}

function stream<D extends Record<keyof D, number>>(
  work: readonly (Partial<D> & { readonly start: number })[] | HandLoop<Partial<D>>,
  defaults: D,
): Readable<D> {
  if ('turns' in work) {
    const { turns, until } = work;
    return {
      count: 0,
      start: new Float64Array(0),
      id: new Uint32Array(0),
      closed: {
        users: turns.length,
        until,
        think: (user, turn) => turns[user]?.[turn]?.think ?? Number.POSITIVE_INFINITY,
      },
      properties: propertiesOf(defaults, () => {
        throw new Error('a closed stream has no jobs');
      }),
      read: () => {
        throw new Error('a closed stream has no jobs');
      },
      readTurn: (user, turn, into) => {
        const { think: _, ...draw } = turns[user]![turn]!;
        Object.assign(into, defaults, draw);
      },
    };
  }
  const order = work.map((_, index) => index).sort((a, b) => work[a]!.start - work[b]!.start || a - b);
  return {
    count: work.length,
    start: Float64Array.from(order, index => work[index]!.start),
    id: Uint32Array.from(order),
    closed: null,
    properties: propertiesOf(defaults, (job, name) => work[order[job]!]![name] ?? defaults[name]),
    read: (index, into) => {
      const { start: _, ...draw } = work[order[index]!]!;
      Object.assign(into, defaults, draw);
    },
    readTurn: () => {
      throw new Error('an open stream has no turns');
    },
  };
}

function propertiesOf<D extends object>(
  defaults: D,
  read: (job: number, name: keyof D) => number,
): Readable<D>['properties'] {
  const names = Object.keys(defaults) as (keyof D)[];
  const columns = names.map(name => [name, (job: number) => read(job, name)] as const);
  return Object.fromEntries(columns) as Readable<D>['properties'];
}

/** Overrides of any depth. */
export type Deep<T> = {
  readonly [K in keyof T]?: T[K] extends readonly unknown[] | number | string ? T[K] : Deep<T[K]>;
};

const unlimited = { rate: Number.POSITIVE_INFINITY, queue: 0, queueInBytes: false, burst: null };

/** "Purely fluid" in the words of the model reference, and nothing limited. */
export const fluid: SiteParameters & { readonly options: TopologyOptions } = {
  client: {
    timeout: Number.POSITIVE_INFINITY,
    patience: always(Number.POSITIVE_INFINITY),
    retry: { attempts: 1, base: 1, cap: 60, jitter: 'none', budget: null },
  },
  transport: { tls: 'none', slowStart: false, unfairness: 0, ackLoad: 0, preflight: false, keepAlive: 0 },
  server: {
    count: 1,
    threads: Number.POSITIVE_INFINITY,
    backlog: Number.POSITIVE_INFINITY,
    memory: Number.POSITIVE_INFINITY,
    baseMemory: 0,
    cores: Number.POSITIVE_INFINITY,
    cpu: { perRequest: always(0), perMiB: 0 },
    network: { in: unlimited, out: unlimited, efficiency: 1 },
    disk: { space: Number.POSITIVE_INFINITY, bandwidth: Number.POSITIVE_INFINITY },
    balancing: 'round-robin',
    onOutOfMemory: 'crash',
    restart: 10,
    price: null,
    health: null,
    autoscale: null,
  },
  storage: {
    network: { in: unlimited, out: unlimited, efficiency: 1 },
    perConnection: Number.POSITIVE_INFINITY,
    rtt: 0,
    firstByte: always(0),
    requestRate: {
      rate: Number.POSITIVE_INFINITY,
      burst: Number.POSITIVE_INFINITY,
      partitions: 1,
      split: null,
    },
    price: null,
    buckets: ['bucket'],
  },
  prices: null,
  valetKey: {
    ttl: 900,
    clockSkew: 0,
    credentialsEnd: null,
    maxSize: Number.POSITIVE_INFINITY,
    useAfter: always(0),
    authorise: always(0),
    sign: always(0),
    request: 0,
    response: 0,
    notify: 'none',
  },
  gateway: null,
  faults: [],
  options: {
    streamBuffer: 0,
    copies: 1,
    completeCopies: 1,
    perRequest: 0,
    upstreamConnections: Number.POSITIVE_INFINITY,
    partSize: 5 * 2 ** 20,
    parallel: 6,
    signing: 'upfront',
  },
};

export function specOf(kind: TopologySpec['kind'], overrides: Deep<typeof fluid> = {}): TopologySpec {
  return { name: kind, kind, ...merge(fluid, overrides) };
}

const isGroup = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function merge<T extends object>(base: T, overrides: object): T {
  const merged: Record<string, unknown> = Object.fromEntries(Object.entries(base));
  for (const [key, value] of Object.entries(overrides)) {
    const old = merged[key];
    merged[key] = isGroup(old) && isGroup(value) ? merge(old, value) : value;
  }
  return merged as T;
}
