import type { DirectionUsage, ThreadUsage, Usage } from './usage.js';

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

export interface HealthResult {
  /** How often a server left the rotation; the first 1,000 times in order. */
  readonly removals: number;
  readonly events: readonly Removal[];
}

/** A server that the balancer sent nothing to. Instants are seconds on the scenario's clock. */
export interface Removal {
  readonly server: number;
  readonly at: number;
  /** When it sent to it again; null where it has not. */
  readonly back: number | null;
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
