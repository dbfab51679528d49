/**
 * The result of a run, `valet-sim/result@1`: what is saved, printed and compared. Plain JSON: seconds, bytes,
 * bytes per second, US dollars on the scenario's clock; null where a figure does not exist (an unlimited
 * capacity, a percentile of nothing, an unknown price), never NaN or Infinity.
 */
export interface Result {
  readonly format: 'valet-sim/result@1';
  readonly version: string;
  readonly scenario: {
    readonly name: string;
    readonly file: string;
    readonly sha256: string;
    /** The scenario with all its defaults, in the form of a scenario file. */
    readonly resolved: unknown;
  };
  readonly seed: string;
  readonly replications: number;
  /** What is missing from a run that was interrupted: names of topologies, and replications. Null where it is whole. */
  readonly partial: {
    readonly missing: readonly string[];
    /** How many replications had been asked for. */
    readonly replications: number;
  } | null;
  /** What was asked of the means' precision, and what came of it; null where nothing was. */
  readonly precision: PrecisionReached | null;
  /** What it takes to repeat it; null where the scenario did not come from a file. */
  readonly origin: Origin | null;
  /** The warm-up that a pilot has found; null where the scenario says how long it is. */
  readonly warmup: FoundWarmup | null;
  readonly topologies: readonly TopologyResult[];
  readonly comparison: readonly Comparison[];
  /** What the reader should know before believing the numbers; empty when there is nothing. */
  readonly warnings: readonly string[];
  readonly assumptions: readonly Assumption[];
  /** Which of two designs a lone upload prefers, by the size of the file. */
  readonly breakEven: readonly BreakEven[];
}

/** What made a run what it is, beside its scenario. */
export interface Origin {
  /** Overrides as `--set` takes them. */
  readonly set: readonly string[];
  /** In place of the scenario's; null where that held. */
  readonly seed: string | null;
  /** Those that were selected; null where all ran. */
  readonly selection: readonly string[] | null;
  /** SHA-256 of the traces and values that the scenario reads, by their path as it stands there. */
  readonly files: Readonly<Record<string, string>>;
  /** The most replications, and what might have ended them earlier. */
  readonly replications: number;
  readonly precision: { readonly figure: string; readonly halfWidth: number } | null;
  readonly untilDecided: boolean;
  readonly baseline: string | null;
}

/** `warmup: auto`. Instants are seconds on the scenario's clock, as a warm-up that is given. */
export interface FoundWarmup {
  readonly given: 'auto';
  /** The latest of those of the topologies: earlier arrivals are in no percentile of any. 0: none is left out. */
  readonly seconds: number;
  /** The arrival with which the start-up of each is over; null where its latencies have not settled. */
  readonly byTopology: Readonly<Record<string, number | null>>;
}

/** Replicating until a figure is known well enough. */
export interface PrecisionReached {
  /** Path of the figure: `latency.p99`. */
  readonly figure: string;
  /** Half-width of the interval as a share of the mean: the largest that was allowed. */
  readonly wanted: number;
  /** The same as it is, by topology; null where fewer than two replications have the figure. */
  readonly halfWidths: Readonly<Record<string, number | null>>;
  readonly reached: boolean;
}

/** A proxy and a design that issues tokens, compared by the latency of one upload alone. */
export interface BreakEven {
  readonly proxy: string;
  readonly valetKey: string;
  /** The class of clients whose typical upload it is. */
  readonly client: string;
  /** Bytes of a file from which on it is the other way round; null where no size changes it. */
  readonly size: number | null;
  /** Seconds that a file of one byte takes longer with the signed URL; negative where it is faster. */
  readonly overhead: number;
  /** The faster one for files just below, and from that size on; null where they are equally fast. */
  readonly below: string | null;
  readonly above: string | null;
}

/** How sure a value is: documented by a vendor, published or measured by others or for this project, and so on. */
export type SourceKind =
  | 'documented'
  | 'published'
  | 'measured'
  | 'derived'
  | 'recalled'
  | 'estimate'
  | 'convention';

/** A value of the run that the scenario does not give: a default, or one of a profile. */
export interface Assumption {
  /** As `--set` takes it: `server.cores`. */
  readonly path: string;
  /** In the form of a scenario file. */
  readonly value: string;
  readonly kind: SourceKind;
  readonly source: string;
  /** Names of the topologies that use it. */
  readonly topologies: readonly string[];
}

/** Order statistics (nearest rank) of durations in seconds; null where there is no value. */
export interface Percentiles {
  readonly p50: number | null;
  readonly p90: number | null;
  readonly p95: number | null;
  readonly p99: number | null;
  readonly max: number | null;
}

export interface Distribution extends Percentiles {
  readonly mean: number | null;
}

/** The distribution of completion over all uploads offered; both lists are equally long. */
export interface CompletionCurve {
  /** Shares of the uploads that count, ascending: 0.01 to 0.99 in steps of 0.01, 0.999, 1. */
  readonly share: readonly number[];
  /** Within how many seconds of their arrival so many were complete; null where the rank falls on one that was not. */
  readonly seconds: readonly (number | null)[];
}

/** A resource over the window. */
export interface Usage {
  readonly capacity: number | null;
  readonly mean: number;
  readonly peak: number;
  /** mean / capacity. */
  readonly utilization: number | null;
  readonly saturatedAt: number | null;
  readonly saturatedFor: number;
}

/**
 * A network direction over the window. Where its capacity changes, `capacity` is the time average of what it could
 * carry, so that `utilization` is still mean / capacity; `peak` may be above it.
 */
export interface DirectionUsage extends Usage {
  /** Null where it has no burst credit. */
  readonly burst: BurstUsage | null;
}

/** The burst credit of a direction; bytes, and bytes per second, on the wire. Of a fleet, sums of its servers'. */
export interface BurstUsage {
  /** Of one server: what lasts, and what it may carry while credit is left. */
  readonly baseline: number;
  readonly rate: number;
  /** At the start, and at the end of the window. */
  readonly credit: number;
  readonly left: number;
  /** The first instant at which none was left and it fell to its baseline (of any server); null where it never did. */
  readonly exhaustedAt: number | null;
  /** Seconds for which none was left (to at least one server). */
  readonly exhaustedFor: number;
}

export interface ThreadUsage extends Usage {
  readonly holdTime: {
    readonly mean: number | null;
    readonly p50: number | null;
    readonly p99: number | null;
  };
}

export interface ServerResult {
  readonly threads: ThreadUsage;
  readonly backlog: { readonly capacity: number | null; readonly mean: number; readonly peak: number };
  readonly memory: Usage;
  readonly cpu: Usage;
  readonly networkIn: DirectionUsage;
  readonly networkOut: DirectionUsage;
  /** Connections to storage in use; null for topologies that do not pool them. */
  readonly upstream: Usage | null;
  /** Bytes per second that the disk writes and reads; null for topologies that do not spool. */
  readonly disk: Usage | null;
  /** Bytes of the disk that bodies take, from their heads to their answers; null likewise. */
  readonly diskSpace: Usage | null;
  /** File bytes received by servers, once per attempt, partial ones too. */
  readonly bytes: number;
  readonly crashes: number;
  /** Seconds down, summed over the servers. */
  readonly down: number;
}

/** A decision of autoscaling. Instants are seconds on the scenario's clock. */
export interface ScalingStep {
  readonly at: number;
  /** Servers before and after it, those that start included. */
  readonly from: number;
  readonly to: number;
  /** The mean of the metric over the period before it. */
  readonly value: number;
  /** When the new servers are in the rotation; null where some are taken away. */
  readonly ready: number | null;
  /** Share of the offered uploads that had arrived by then; null likewise. */
  readonly arrived: number | null;
}

export interface AutoscalingResult {
  /** What is watched, and the mean of a period above which servers are added. */
  readonly metric: string;
  readonly above: number;
  /** Servers at the beginning; in the rotation at most, and in the mean over the window. */
  readonly initial: number;
  readonly peak: number;
  readonly mean: number;
  /** Decisions to add servers, and to take some away; in order, the first 1,000 of them. */
  readonly added: number;
  readonly removed: number;
  readonly steps: readonly ScalingStep[];
  /** The highest mean of the metric over a period; null where no period ended. */
  readonly highest: number | null;
  /** Periods after which more servers were wanted than there may be. */
  readonly heldBack: number;
}

/** A server that the balancer sent nothing to. Instants are seconds on the scenario's clock. */
export interface Removal {
  readonly server: number;
  readonly at: number;
  /** When it sent to it again; null where it has not. */
  readonly back: number | null;
}

export interface HealthResult {
  /** How often a server left the rotation; the first 1,000 times in order. */
  readonly removals: number;
  readonly events: readonly Removal[];
}

export interface FleetResult extends ServerResult {
  /** Server-hours that cost money: of all servers over the window, or while they were there. */
  readonly hours: number;
  /** Null without autoscaling. */
  readonly autoscale: AutoscalingResult | null;
  /** Null without health checks. */
  readonly health: HealthResult | null;
  /** One entry per server when there are several. */
  readonly servers: readonly ServerResult[];
}

export interface StorageResult {
  readonly networkIn: DirectionUsage;
  readonly networkOut: DirectionUsage;
  readonly bytes: number;
  readonly requests: number;
  readonly slowDowns: number;
  readonly rejectedTokens: number;
  /** Partitions of the keys at the end, and the instants at which they doubled; null where they never do. */
  readonly partitions: { readonly count: number; readonly splits: readonly number[] } | null;
  /** The requests by their kind; null where files are not uploaded in parts. */
  readonly requestKinds: {
    readonly create: number;
    readonly uploadPart: number;
    readonly complete: number;
  } | null;
  /** Parts of failed uploads, which stay in storage until somebody removes them; null likewise. */
  readonly abandonedParts: number | null;
  readonly abandonedBytes: number | null;
  /**
   * Whole files of uploads that failed, of which nobody has told the application; null where servers put files into
   * storage.
   */
  readonly orphans: number | null;
  readonly orphanBytes: number | null;
}

/** The least, the mean and the largest of some values. */
export interface Extent {
  readonly min: number;
  readonly mean: number;
  readonly max: number;
}

/** Signed URLs: how long they live, and how old they are when they are used. Seconds. */
export interface TokenResult {
  /** URLs that were signed. */
  readonly issued: number;
  /** Requests whose URL storage looked at. */
  readonly presented: number;
  /** From the signing to the arrival of the request's head at storage; above a million of them a histogram. */
  readonly age: Distribution;
  /** For how long URLs are valid, from their signing on; null where there were none. */
  readonly life: Extent | null;
  /** For how long they still are when the head arrives; negative where it came too late. */
  readonly left: Extent | null;
}

export interface BackgroundResult {
  readonly name: string;
  readonly offered: number;
  readonly succeeded: number;
  readonly failed: number;
  readonly unfinished: number;
  readonly failures: Readonly<Record<string, number>>;
  readonly latency: Distribution;
  /** The same requests replayed with no uploads at all. */
  readonly baseline: Distribution;
  readonly slowdown: { readonly p50: number | null; readonly p99: number | null };
}

/** How uploads came through scheduled faults, against the same workload replayed without them. */
export interface Recovery {
  /** The longest of the times of the incidents; null where one of them has none. */
  readonly time: number | null;
  /** Goodput never comes back although the last fault has ended; null where that cannot be told. */
  readonly metastable: boolean | null;
  /** In order; faults that overlap, or follow each other at once, are one. */
  readonly incidents: readonly Incident[];
  readonly undisturbed: {
    readonly offered: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly amplification: number | null;
    readonly completion: Percentiles;
  };
}

export interface Incident {
  /** Seconds on the scenario's clock. */
  readonly from: number;
  readonly until: number;
  /** Bytes delivered while it lasts, of those without the faults; null where there are none. */
  readonly share: number | null;
  /** Seconds from its start to the delivery from which on at least 90% of those bytes are delivered. */
  readonly time: number | null;
  /**
   * - recovered: `time` says when;
   * - overtaken: not before the next fault;
   * - metastable: never, although the load goes on after its end;
   * - cut-short: not, and the load does not go on for long enough to tell;
   * - no-load: nothing arrives from its start on.
   */
  readonly outcome: 'recovered' | 'overtaken' | 'metastable' | 'cut-short' | 'no-load';
}

export interface Series {
  /** Seconds; the last bin may be cut short by the end of the window. */
  readonly binWidth: number;
  /** Start of each bin. */
  readonly time: readonly number[];
  /** Time averages over each bin. */
  readonly active: readonly number[];
  readonly threads: readonly number[];
  readonly backlog: readonly number[];
  readonly memory: readonly number[];
  readonly cpu: readonly number[];
  readonly networkIn: readonly number[];
  readonly networkOut: readonly number[];
  readonly storageIn: readonly number[];
  /** Null for topologies that do not spool. */
  readonly disk: readonly number[] | null;
  /** What directions could carry, where that changes; null elsewhere. */
  readonly networkInCapacity: readonly number[] | null;
  readonly networkOutCapacity: readonly number[] | null;
  readonly storageInCapacity: readonly number[] | null;
  /** Burst credit that was left, bytes on the wire; null where there is none. */
  readonly networkInCredit: readonly number[] | null;
  readonly networkOutCredit: readonly number[] | null;
  readonly storageInCredit: readonly number[] | null;
  /** Servers that the balancer sends requests to; null where they never change. */
  readonly servers: readonly number[] | null;
  /** Uploads that ended well in each bin (a count). */
  readonly completed: readonly number[];
  /** Uploads that ended in failure in each bin (a count). */
  readonly failed: readonly number[];
}

export interface SelfCheck {
  readonly name: string;
  readonly ok: boolean;
  /** Relative deviation of the two sides of the identity. */
  readonly error: number;
}

/** A line of arithmetic by hand beside what was simulated. */
export interface HandCheck {
  /**
   * What is computed, in the unit of `value`:
   * - time: seconds in which a resource moves all files, bytes / (bytes per second);
   * - turns: seconds in which all uploads have had their turn on one of several places (threads, cores, connections);
   * - share: the share of the arrivals' time that either takes;
   * - memory, memory-full: bytes that bodies may need, and seconds until they fill it;
   * - threads: those that are busy, by Little's law;
   * - signing: seconds in which all URLs are signed;
   * - requests: uploads that storage's request rate has room for;
   * - breaks: attempts for each upload over connections that break;
   * - oversize: uploads that are larger than a gateway takes;
   * - late: seconds that the median upload takes on the client's own uplink, where a gateway gives it fewer;
   * - silent: seconds in which a server forwards the median upload, where a gateway allows no such silence;
   * - alone: seconds that the median upload takes alone.
   */
  readonly kind:
    | 'time'
    | 'turns'
    | 'share'
    | 'memory'
    | 'memory-full'
    | 'threads'
    | 'signing'
    | 'requests'
    | 'breaks'
    | 'oversize'
    | 'late'
    | 'silent'
    | 'alone';
  readonly resource: string;
  /** The numbers that go into it, SI units. */
  readonly terms: Readonly<Record<string, number>>;
  readonly value: number;
  /**
   * What the simulation says to it: of a time, for how long the resource was saturated; of requests and of what a
   * gateway does not let through, how many were turned away; else the same figure. Null where the run does not come that far.
   */
  readonly simulated: number | null;
  /** The values of the scenario that it uses. */
  readonly uses: readonly string[];
}

/** What a run costs, in US dollars; null where a price is not known. */
export interface Cost {
  /** Servers x window / 3600 x price. */
  readonly servers: number | null;
  /** Requests to storage. */
  readonly requests: number | null;
  /** File bytes over links that have a price. */
  readonly transfer: number | null;
  readonly loadBalancer: number | null;
  /** All lines together; null where one of them has no price. */
  readonly total: number | null;
  /** The total per million uploads that succeeded; null where none did. */
  readonly perMillionUploads: number | null;
  /** The total of a month of 730 hours at this load; null where nothing says what load a month has. */
  readonly perMonth: number | null;
  /** What it is made of: whatever has a price, and servers and requests in any case. */
  readonly lines: readonly CostLine[];
}

/** One price and what it was paid for. */
export interface CostLine {
  readonly name:
    | 'servers'
    | 'requests'
    | 'ingress'
    | 'acceleration'
    | 'nat'
    | 'crossZone'
    | 'loadBalancer'
    | 'processed';
  /** Where the scenario says its price, as `--set` takes it: `prices.nat`. */
  readonly path: string;
  readonly quantity: number;
  /** Hours, requests or bytes. */
  readonly unit: 'h' | 'request' | 'B';
  /** US dollars for one of them; null where it is not known. */
  readonly price: number | null;
  /** quantity x price. */
  readonly dollars: number | null;
  readonly perMillionUploads: number | null;
  readonly perMonth: number | null;
}

export interface ObjectiveResult {
  readonly expr: string;
  /** It passed. */
  readonly ok: boolean;
  /** Inconclusive where the limit lies in the interval. No data fails. */
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  /** Of several replications the mean; null where one of them has none. */
  readonly value: number | null;
  readonly ci95: Interval | null;
  /** Why there is no value, where the design has no steady state. */
  readonly reason: 'no-steady-state' | null;
}

/** Whether there is anything that the times of a steady-state scenario, one with a warm-up, could be times of. */
export interface Steady {
  readonly stable: boolean;
  /**
   * Why not; null where nothing speaks against it.
   * - overload: more uploads are offered than a resource can serve, and the queue before it grows without end;
   * - unsettled: in the pilot of `warmup: auto` the latencies had not settled, or there were too few of them.
   */
  readonly reason: 'overload' | 'unsettled' | null;
  /** What is overloaded, with the uploads per second that are offered and that it can serve; null where unknown. */
  readonly resource: string | null;
  readonly offered: number | null;
  readonly capacity: number | null;
}

/** A 95% confidence interval. */
export type Interval = readonly [low: number, high: number];

/** What stood before the servers. Null: unlimited, or of `profile` none. */
export interface GatewayResult {
  readonly profile: string | null;
  readonly maxBody: number | null;
  readonly timeout: number | null;
  readonly idle: number | null;
  readonly buffers: boolean;
}

/** Figures of several replications are means over those that have them. */
export interface TopologyResult {
  readonly name: string;
  readonly kind: string;
  /** Null where clients connect to the servers themselves. */
  readonly gateway: GatewayResult | null;
  readonly uploads: {
    readonly offered: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly unfinished: number;
    readonly attempts: number;
    /** Attempts per upload offered; null where none was. */
    readonly amplification: number | null;
    /** Failed uploads by the reason of their last attempt. */
    readonly failures: Readonly<Record<string, number>>;
    /** Failed attempts by reason. */
    readonly attemptFailures: Readonly<Record<string, number>>;
    /** File bytes that clients sent in attempts that failed. */
    readonly wastedBytes: number;
    /** Uploads that were given up because the budget had no retry left; null where there is no budget. */
    readonly retriesDenied: number | null;
  };
  /** Null where no steady state is asked for. Without one, there are no latencies and times of completion. */
  readonly steady: Steady | null;
  readonly latency: Distribution;
  readonly completion: Percentiles;
  readonly completionCurve: CompletionCurve;
  readonly timeToToken: Distribution | null;
  /** Connections that clients opened, and requests over one that was open; null where each attempt opens its own. */
  readonly connections: { readonly opened: number; readonly reused: number } | null;
  /** Null where no URLs are signed. */
  readonly tokens: TokenResult | null;
  /** Whether order statistics are exact or from a histogram of at most 0.1% relative error. */
  readonly quantiles: 'exact' | 'histogram';
  readonly makespan: number | null;
  readonly window: readonly [number, number];
  readonly goodput: number | null;
  readonly server: FleetResult;
  readonly storage: StorageResult;
  readonly background: readonly BackgroundResult[];
  /** What scheduled faults did; null where there are none. */
  readonly recovery: Recovery | null;
  readonly cost: Cost;
  readonly series: Series;
  readonly slo: readonly ObjectiveResult[];
  readonly byHand: readonly HandCheck[];
  /** Identities that hold exactly in a correct run. */
  readonly checks: readonly SelfCheck[];
  /** The interval of each figure's mean by its path (`latency.p99`); null for a single replication. */
  readonly ci95: Readonly<Record<string, Interval>> | null;
  /** How many replications have a figure, by its path, where some lack it; null for a single replication. */
  readonly n: Readonly<Record<string, number>> | null;
  /** What designs are compared by, replication by replication, so that results can be paired; null for a single one. */
  readonly samples: Readonly<Record<string, readonly (number | null)[]>> | null;
}

export interface Comparison {
  readonly baseline: string;
  readonly topology: string;
  readonly metric: string;
  /** topology / baseline; null where one side is missing or a design fails 1% or more of its uploads. */
  readonly ratio: number | null;
  /** topology - baseline. */
  readonly difference: number | null;
  /** Of the difference, from the differences of the same replication; null for fewer than two. */
  readonly ci95: Interval | null;
  /** Of the ratio, likewise. */
  readonly ratioCi95: Interval | null;
  /**
   * Share of the difference's variance that replaying the same workload has saved, against independent runs of the
   * two; negative where it has added to it.
   */
  readonly varianceSaved: number | null;
}

/** Every upload of one topology and replication, for the uploads CSV. Instants are NaN where there is none. */
export interface UploadTable {
  readonly topology: string;
  readonly replication: number;
  readonly count: number;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Index into `uploadStatus`. */
  readonly status: Uint8Array;
  /** Index into `failureReasons`, read only for failed uploads. */
  readonly reason: Uint8Array;
  readonly attempts: Uint32Array;
  readonly size: Float64Array;
  /** Index into `clients`. */
  readonly client: Uint16Array;
  /** The server that handled the last attempt; -1 where none did. */
  readonly server: Int32Array;
  /** Index into `buckets`. */
  readonly bucket: Uint16Array;
  readonly clients: readonly string[];
  readonly buckets: readonly string[];
}

export const uploadStatus = ['unfinished', 'succeeded', 'failed'] as const;
export type UploadStatus = (typeof uploadStatus)[number];

export const failureReasons = [
  'overloaded',
  'refused',
  'server-crash',
  'out-of-memory',
  'timeout',
  'slow-down',
  'connection-lost',
  'token-expired',
  'no-such-bucket',
  'access-denied',
  'signature-mismatch',
  'disk-full',
  'storage-down',
  'payload-too-large',
  'gateway-timeout',
  'gateway-idle',
  'token-not-yet-valid',
  'too-large',
  'abandoned',
] as const;
export type FailureReason = (typeof failureReasons)[number];
