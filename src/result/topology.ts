import type { BackgroundResult } from './background.js';
import type { HandCheck, SelfCheck } from './checks.js';
import type { Cost } from './cost.js';
import type { CompletionCurve, Distribution, Percentiles } from './durations.js';
import type { FleetResult } from './fleet.js';
import type { GatewayResult } from './gateway.js';
import type { ObjectiveResult } from './objective.js';
import type { Interval } from './precision.js';
import type { Recovery } from './recovery.js';
import type { Series } from './series.js';
import type { Steady } from './steady.js';
import type { StorageResult } from './storage.js';
import type { TokenResult } from './tokens.js';

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
  /** The intervals of shares of uploads and requests, by their names in objectives (`failed`); null likewise. */
  readonly shares: Readonly<Record<string, Interval>> | null;
  /** How many replications have a figure, by its path, where some lack it; null for a single replication. */
  readonly n: Readonly<Record<string, number>> | null;
  /** What designs are compared by, replication by replication, so that results can be paired; null for a single one. */
  readonly samples: Readonly<Record<string, readonly (number | null)[]>> | null;
}
