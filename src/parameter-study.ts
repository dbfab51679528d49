/**
 * What comes of running a scenario at several values of its fields: `valet-sim/sweep@1` and `valet-sim/capacity@1`.
 * Units as in a result.
 */
import type { Interval, TopologyResult } from './result.js';

/** Which scenario was studied, and how to study it again. */
export interface Study {
  readonly version: string;
  readonly scenario: { readonly name: string; readonly file: string; readonly sha256: string };
  readonly seed: string;
  /** Overrides that hold at every point, as `--set` takes them. */
  readonly set: readonly string[];
}

/** A topology at one point: its result without curves and time series. */
export interface SweptTopology
  extends Omit<TopologyResult, 'series' | 'completionCurve' | 'byHand' | 'checks' | 'samples'> {
  /** Path of the resource that is pressed hardest; null where nothing is limited. */
  readonly bottleneck: string | null;
}

export interface SweepPoint {
  /** The value of each varied field, as `--set` takes it, in the order of `vary`. */
  readonly values: readonly string[];
  readonly replications: number;
  readonly topologies: readonly SweptTopology[];
}

export interface Sweep extends Study {
  readonly format: 'valet-sim/sweep@1';
  readonly figure: string;
  readonly vary: readonly {
    readonly path: string;
    readonly values: readonly string[];
    readonly log: boolean;
  }[];
  readonly points: readonly SweepPoint[];
  /** Where the figure begins to climb steeply, by topology, for one varied field; null where it does not. */
  readonly knees: readonly { readonly topology: string; readonly value: string | null }[];
  /** Points that an interruption has left out. */
  readonly missing: number;
}

/** One value that was tried in the search for a capacity. */
export interface CapacityTrial {
  readonly value: string;
  readonly verdict: 'pass' | 'fail' | 'inconclusive';
  readonly replications: number;
  readonly objectives: readonly {
    readonly expr: string;
    readonly outcome: 'pass' | 'fail' | 'inconclusive';
    readonly value: number | null;
    readonly ci95: Interval | null;
  }[];
}

export interface TopologyCapacity {
  readonly topology: string;
  /** The largest (or smallest) value that meets the objectives; null where none in the range does. */
  readonly capacity: string | null;
  /** The nearest value beyond that misses them; null where none in the range does. */
  readonly missed: string | null;
  /** Path of the resource that gives way; null where no limited resource is pressed. */
  readonly bottleneck: string | null;
  /** At the capacity, by path, of every other resource: how many times its use it could carry. */
  readonly headroom: readonly { readonly resource: string; readonly times: number }[];
  /** In the order in which they were tried. */
  readonly trials: readonly CapacityTrial[];
}

export interface CapacityStudy extends Study {
  readonly format: 'valet-sim/capacity@1';
  readonly vary: { readonly path: string; readonly low: string; readonly high: string };
  readonly smallest: boolean;
  /** How near the capacity and what misses are, as a share. */
  readonly tolerance: number;
  readonly objectives: readonly string[];
  readonly topologies: readonly TopologyCapacity[];
  /** Topologies that an interruption has left out. */
  readonly missing: readonly string[];
}

/** Two results side by side: `valet-sim/compare@1`. */
export interface SideBySide {
  readonly format: 'valet-sim/compare@1';
  readonly version: string;
  readonly a: Side;
  readonly b: Side;
  readonly pairs: readonly {
    /** Of a and of b; they differ where each has one topology only. */
    readonly topologies: readonly [string, string];
    readonly metrics: readonly MetricPair[];
  }[];
  /** Topologies that the other side does not have. */
  readonly unmatched: { readonly a: readonly string[]; readonly b: readonly string[] };
}

export interface Side {
  /** As the user named it. */
  readonly file: string;
  readonly name: string;
  readonly sha256: string;
  readonly seed: string;
  readonly replications: number;
}

export interface MetricPair {
  readonly metric: string;
  readonly a: number | null;
  readonly b: number | null;
  /** b / a, and b - a. */
  readonly ratio: number | null;
  readonly difference: number | null;
  /** Of the difference; null for single runs. */
  readonly ci95: Interval | null;
  /** Each replication of a against the same one of b, which share their luck; else they are taken for independent. */
  readonly paired: boolean;
}
