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
  /** What is missing from a run that was interrupted: names of topologies. Null where it is whole. */
  readonly partial: { readonly missing: readonly string[] } | null;
  readonly topologies: readonly TopologyResult[];
  readonly comparison: readonly Comparison[];
  /** What the reader should know before believing the numbers; empty when there is nothing. */
  readonly warnings: readonly string[];
  readonly assumptions: readonly Assumption[];
  /** Which of two designs a lone upload prefers, by the size of the file. */
  readonly breakEven: readonly BreakEven[];
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
  readonly networkIn: Usage;
  readonly networkOut: Usage;
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

export interface FleetResult extends ServerResult {
  /** One entry per server when there are several. */
  readonly servers: readonly ServerResult[];
}

export interface StorageResult {
  readonly networkIn: Usage;
  readonly networkOut: Usage;
  readonly bytes: number;
  readonly requests: number;
  readonly slowDowns: number;
  readonly rejectedTokens: number;
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
    | 'alone';
  readonly resource: string;
  /** The numbers that go into it, SI units. */
  readonly terms: Readonly<Record<string, number>>;
  readonly value: number;
  /**
   * What the simulation says to it: of a time, for how long the resource was saturated; of requests, how many were
   * turned away; else the same figure. Null where the run does not come that far.
   */
  readonly simulated: number | null;
  /** The values of the scenario that it uses. */
  readonly uses: readonly string[];
}

export interface ObjectiveResult {
  readonly expr: string;
  readonly ok: boolean;
  readonly value: number | null;
}

export interface TopologyResult {
  readonly name: string;
  readonly kind: string;
  readonly uploads: {
    readonly offered: number;
    readonly succeeded: number;
    readonly failed: number;
    readonly unfinished: number;
    readonly attempts: number;
    /** Failed uploads by the reason of their last attempt. */
    readonly failures: Readonly<Record<string, number>>;
    /** Failed attempts by reason. */
    readonly attemptFailures: Readonly<Record<string, number>>;
    /** File bytes that clients sent in attempts that failed. */
    readonly wastedBytes: number;
    /** Uploads that were given up because the budget had no retry left; null where there is no budget. */
    readonly retriesDenied: number | null;
  };
  readonly latency: Distribution;
  readonly completion: Percentiles;
  readonly completionCurve: CompletionCurve;
  readonly timeToToken: Distribution | null;
  /** Whether order statistics are exact or from a histogram of at most 0.1% relative error. */
  readonly quantiles: 'exact' | 'histogram';
  readonly makespan: number | null;
  readonly window: readonly [number, number];
  readonly goodput: number | null;
  readonly server: FleetResult;
  readonly storage: StorageResult;
  readonly background: readonly BackgroundResult[];
  readonly cost: {
    readonly servers: number | null;
    readonly requests: number | null;
    readonly transfer: number | null;
    readonly total: number | null;
    readonly perMillionUploads: number | null;
  };
  readonly series: Series;
  readonly slo: readonly ObjectiveResult[];
  readonly byHand: readonly HandCheck[];
  /** Identities that hold exactly in a correct run. */
  readonly checks: readonly SelfCheck[];
}

export interface Comparison {
  readonly baseline: string;
  readonly topology: string;
  readonly metric: string;
  /** topology / baseline; null where one side is missing or a design fails 1% or more of its uploads. */
  readonly ratio: number | null;
  /** topology - baseline. */
  readonly difference: number | null;
  readonly ci95: readonly [number, number] | null;
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
  'abandoned',
] as const;
export type FailureReason = (typeof failureReasons)[number];
