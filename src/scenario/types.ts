/**
 * What a scenario file says, resolved to SI numbers: seconds, bytes, bytes per second, core-seconds,
 * shares between 0 and 1. `Infinity` stands for `unlimited`.
 */

/** A quantity that may vary. `lognormal` carries the parameters of the underlying normal distribution. */
export type Distribution =
  | { readonly kind: 'constant'; readonly value: number }
  | { readonly kind: 'uniform'; readonly a: number; readonly b: number }
  | { readonly kind: 'exponential'; readonly mean: number }
  | { readonly kind: 'lognormal'; readonly mu: number; readonly sigma: number }
  | { readonly kind: 'pareto'; readonly min: number; readonly alpha: number; readonly max: number }
  | { readonly kind: 'choice'; readonly values: readonly number[]; readonly weights: readonly number[] }
  | { readonly kind: 'empirical'; readonly values: readonly number[] };

/** Names of which one is drawn; a single name has weight 1. */
export interface NameChoice {
  readonly values: readonly string[];
  readonly weights: readonly number[];
}

/** Columns of a trace CSV in file order. An optional column is absent, or NaN (-1 for names) where a cell is empty. */
export interface Trace {
  readonly file: string;
  readonly start: Float64Array;
  readonly size: Float64Array;
  readonly uplink?: Float64Array;
  readonly downlink?: Float64Array;
  readonly rtt?: Float64Array;
  readonly weight?: Float64Array;
  /** Index into `names`. */
  readonly bucket?: Int32Array;
  readonly fileName?: Int32Array;
  readonly names: readonly string[];
}

export type Arrivals =
  | { readonly kind: 'burst'; readonly count: number; readonly at: number }
  | { readonly kind: 'spread'; readonly count: number; readonly over: number }
  | {
      readonly kind: 'poisson';
      readonly pieces: readonly { readonly until: number; readonly rate: number }[];
    }
  | { readonly kind: 'constant'; readonly rate: number; readonly for: number }
  | { readonly kind: 'closed'; readonly users: number; readonly think: Distribution; readonly for: number }
  | { readonly kind: 'trace'; readonly trace: Trace };

export interface UploadsSpec {
  readonly arrivals: Arrivals;
  /** Bytes; with a trace the trace's own value holds. */
  readonly size: Distribution;
  readonly bucket: NameChoice;
  readonly file: NameChoice;
}

export interface BackgroundSpec {
  readonly name: string;
  readonly arrivals: Arrivals;
  readonly request: Distribution;
  readonly response: Distribution;
  readonly service: Distribution;
}

/** How long a connection lasts in the mean, until it breaks by itself: Infinity where that does not break it. */
export interface ConnectionLife {
  /** Seconds for which it is open. */
  readonly seconds: number;
  /** Bytes of a body that it carries. */
  readonly bytes: number;
}

export interface ClientClass {
  readonly name: string;
  readonly weight: number;
  readonly uplink: Distribution;
  readonly downlink: Distribution;
  readonly rtt: { readonly server: Distribution; readonly storage: Distribution };
  /** Share of packets lost, 0 to 1. */
  readonly loss: Distribution;
  readonly mistakes: {
    readonly bucket: number;
    readonly key: number;
    readonly method: number;
    readonly signature: number;
  };
  readonly drops: ConnectionLife;
}

/** What a class of clients allows itself in retries, over any `window` seconds. */
export interface RetryBudgetParameters {
  /** Retries for each first attempt. */
  readonly ratio: number;
  /** Retries per second beside that. */
  readonly minimum: number;
  readonly window: number;
}

/** How every client behaves. */
export interface ClientBehaviour {
  /** Seconds for one attempt, from its first packet. */
  readonly timeout: number;
  /** Seconds from the click until its user gives the upload up. */
  readonly patience: Distribution;
  readonly retry: {
    readonly attempts: number;
    readonly base: number;
    readonly cap: number;
    readonly jitter: 'full' | 'equal' | 'none';
    /** Null: retries are limited by `attempts` alone. */
    readonly budget: RetryBudgetParameters | null;
  };
}

export interface Transport {
  /** Round trips that TLS adds to the opening of a connection: 1.3 one, 1.2 two, none zero. */
  readonly tls: '1.2' | '1.3' | 'none';
  readonly slowStart: boolean;
  /** Sigma of the lognormal weights of flows whose bottleneck queue is remote and drops. */
  readonly unfairness: number;
  readonly ackLoad: number;
  readonly preflight: boolean;
  /** Seconds for which clients keep idle connections open; 0: each attempt opens its own. */
  readonly keepAlive: number;
}

export interface NetworkDirection {
  /** Bytes per second on the wire, before `efficiency`; of a direction with a burst, what lasts: its baseline. */
  readonly rate: number;
  /** Seconds that the standing queue of the saturated direction adds to a half round trip, at `rate`. */
  readonly queue: number;
  /** The queue was given in bytes, which take longer where the direction carries less. */
  readonly queueInBytes: boolean;
  /** Null where nothing but its rate limits it. */
  readonly burst: Burst | null;
}

/** Credit on which a direction carries more than its baseline, as bytes and bytes per second on the wire. */
export interface Burst {
  readonly rate: number;
  readonly credit: number;
}

export interface NetworkParameters {
  readonly in: NetworkDirection;
  readonly out: NetworkDirection;
  readonly efficiency: number;
}

/** What the load balancer asks its servers to find out which of them are dead. Seconds. */
export interface HealthChecks {
  readonly interval: number;
  /** For how long it waits for the answer of a server that is down. */
  readonly timeout: number;
  /** Failures in a row after which a server leaves the rotation, and successes after which it returns. */
  readonly unhealthy: number;
  readonly healthy: number;
}

/** A mean over the servers in the rotation: shares of a capacity, or requests of one server. */
export type ScalingMetric = 'cpu' | 'threads' | 'memory' | 'networkIn' | 'networkOut' | 'requests';

/** The rule by which servers are added and taken away. Seconds. */
export interface Autoscaling {
  readonly min: number;
  readonly max: number;
  readonly metric: ScalingMetric;
  /** In the unit of the metric. */
  readonly above: number;
  readonly below: number;
  readonly step: number;
  readonly period: number;
  readonly startup: number;
  readonly cooldown: number;
}

export interface ServerParameters {
  readonly count: number;
  readonly threads: number;
  readonly backlog: number;
  readonly memory: number;
  readonly baseMemory: number;
  readonly cores: number;
  /** Core-seconds per request, and per 2^20 bytes that pass through. */
  readonly cpu: { readonly perRequest: Distribution; readonly perMiB: number };
  readonly network: NetworkParameters;
  /** Bytes, and bytes per second of writing and reading together. */
  readonly disk: { readonly space: number; readonly bandwidth: number };
  readonly balancing: 'round-robin' | 'least-connections' | 'random' | 'ip-hash';
  readonly onOutOfMemory: 'crash' | 'reject';
  readonly restart: number;
  /** US dollars per hour for one server, or null where it is not known. */
  readonly price: number | null;
  /** Null where nobody tells the balancer that a server is dead. */
  readonly health: HealthChecks | null;
  /** Null where there are `count` servers throughout. */
  readonly autoscale: Autoscaling | null;
}

/** What stands before the servers; Infinity where it does not limit. */
export interface GatewayParameters {
  /** The profile's name, or null. */
  readonly profile: string | null;
  /** Bytes. */
  readonly maxBody: number;
  /** Seconds from passing a request on to the answer. */
  readonly timeout: number;
  /** Seconds for which a client's connection may be silent. */
  readonly idle: number;
  /** It passes a body on only when it is whole. */
  readonly buffers: boolean;
}

/** What each partition of the keys takes; they are spread evenly over all. */
export interface RequestRate {
  /** Requests per second; Infinity = unlimited. */
  readonly rate: number;
  readonly burst: number;
  /** To begin with. */
  readonly partitions: number;
  /** When they double, seconds; null: never. */
  readonly split: { readonly after: number; readonly calm: number; readonly upTo: number } | null;
}

export interface StorageParameters {
  readonly network: NetworkParameters;
  readonly perConnection: number;
  readonly rtt: number;
  readonly firstByte: Distribution;
  readonly requestRate: RequestRate;
  /** US dollars per request, or null where it is not known. */
  readonly price: number | null;
  readonly buckets: readonly string[];
}

/** Ends of the credentials that sign, in seconds on the scenario's clock. */
export interface CredentialsEnd {
  readonly first: number;
  /** From one end to the next; Infinity: there is one only. */
  readonly every: number;
  /** So long before each end the servers take the next ones. */
  readonly ahead: number;
}

export interface ValetKeyParameters {
  readonly ttl: number;
  /** By how much storage's clock is ahead of the servers'; negative: behind them. */
  readonly clockSkew: number;
  /** Null: they never end. */
  readonly credentialsEnd: CredentialsEnd | null;
  /** Bytes that a signed URL permits. */
  readonly maxSize: number;
  readonly useAfter: Distribution;
  readonly authorise: Distribution;
  /** Core-seconds. */
  readonly sign: Distribution;
  readonly request: number;
  readonly response: number;
  readonly notify: 'none' | 'client' | 'storage';
}

/** US dollars per byte and per hour; null where a design has no such link, or gets it for nothing. */
export interface Prices {
  /** File bytes from clients, wherever they go. */
  readonly ingress: number | null;
  /** File bytes from clients to storage. */
  readonly acceleration: number | null;
  /** File bytes from servers to storage. */
  readonly nat: number | null;
  /** Of file bytes to servers, that share, for each of two directions. */
  readonly crossZone: { readonly price: number; readonly share: number } | null;
  readonly loadBalancer: { readonly hour: number | null; readonly processed: number | null };
  /** Null where the arrivals are to tell. */
  readonly runsPerMonth: number | null;
}

/** What a kind of topology takes beyond the common parts. */
export interface TopologyOptions {
  /** proxy-streaming: bytes of memory per upload. */
  readonly streamBuffer: number;
  /** proxy-buffered: bytes of memory per byte received while receiving. */
  readonly copies: number;
  /** proxy-buffered: bytes of memory per byte of a whole body, from completion to the answer. */
  readonly completeCopies: number;
  /** proxy-buffered, proxy-spooled: bytes of memory per request. */
  readonly perRequest: number;
  /** proxy-buffered, proxy-spooled: connections of one server to storage. */
  readonly upstreamConnections: number;
  /** valet-key-multipart: bytes of a part; the last one may be smaller. */
  readonly partSize: number;
  /** valet-key-multipart: parts of one upload that are on their way at once. */
  readonly parallel: number;
  /** valet-key-multipart: all URLs come with the permission, or those of a wave just before it. */
  readonly signing: 'upfront' | 'each';
}

export type TopologyKind =
  | 'proxy-buffered'
  | 'proxy-spooled'
  | 'proxy-streaming'
  | 'valet-key'
  | 'valet-key-multipart';

/** A direction of a network. */
export type LinkName = 'server.in' | 'server.out' | 'storage.in' | 'storage.out';

/** What goes wrong at an instant of the scenario's clock, and for how long; seconds. Servers count from 0. */
export type Fault = { readonly at: number; readonly for: number } & (
  | { readonly kind: 'server-down'; readonly server: number | 'all' }
  | { readonly kind: 'storage-down' }
  /** Its network and the rate of each connection are multiplied by `factor`, `firstByte` is divided by it. */
  | { readonly kind: 'storage-slow'; readonly factor: number }
  /** These directions have `factor` times their capacity; `server` says of which server, where they are servers'. */
  | {
      readonly kind: 'link';
      readonly links: readonly LinkName[];
      readonly server: number | 'all';
      readonly factor: number;
    }
);

/** The parts of a scenario that one topology may override. */
export interface SiteParameters {
  readonly client: ClientBehaviour;
  readonly transport: Transport;
  readonly server: ServerParameters;
  readonly storage: StorageParameters;
  readonly valetKey: ValetKeyParameters;
  /** Null where nobody says what bytes cost. */
  readonly prices: Prices | null;
  /** Null where clients connect to the servers themselves. */
  readonly gateway: GatewayParameters | null;
  /** In the order of the scenario. */
  readonly faults: readonly Fault[];
}

/** One design under test, complete: its overrides are already merged into its own site parameters. */
export interface TopologySpec extends SiteParameters {
  readonly name: string;
  readonly kind: TopologyKind;
  readonly options: TopologyOptions;
}

export interface Objective {
  /** As the user wrote it, without the topology: `completion.p99 < 10m`. */
  readonly expr: string;
  /** Name of a topology, or `all`. */
  readonly topology: string;
  readonly metric: string;
  readonly comparison: '<' | '<=' | '>' | '>=';
  /** SI value. */
  readonly limit: number;
}

export interface Scenario {
  readonly name: string;
  readonly description: string;
  readonly seed: string;
  readonly horizon: number;
  /** Seconds of arrivals that stay out of the percentiles; 0 = none; `auto` where a pilot is to say how many. */
  readonly warmup: number | 'auto';
  readonly workload: { readonly uploads: UploadsSpec; readonly background: readonly BackgroundSpec[] };
  readonly clients: readonly ClientClass[];
  readonly topologies: readonly TopologySpec[];
  readonly slo: readonly Objective[];
}

/** A scenario of which it is known how long its warm-up is. */
export interface TimedScenario extends Scenario {
  readonly warmup: number;
  /** What has looked for it, and the names of the topologies whose latencies had not settled; null where it was given. */
  readonly pilot: { readonly unsettled: readonly string[] } | null;
}
