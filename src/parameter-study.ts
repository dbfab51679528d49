/**
 * What comes of running a scenario at several values of its fields: `valet-sim/sweep@1`, `valet-sim/capacity@1` and
 * `valet-sim/sensitivity@1`. Units as in a result.
 */
import type { Interval, ObjectiveResult, SourceKind, TopologyResult } from './result.js';

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

/** How much a figure depends on each parameter of a scenario, one moved at a time: `valet-sim/sensitivity@1`. */
export interface Sensitivity extends Study {
  readonly format: 'valet-sim/sensitivity@1';
  readonly figure: string;
  /** By which share of itself each value is moved, down and up: 0.2. */
  readonly by: number;
  /** Of the scenario as it stands and of each point; replication r has the same luck in all of them. */
  readonly replications: number;
  /** The scenario as it stands, by topology. */
  readonly base: readonly Standing[];
  /** Those of the scenario as it stands. */
  readonly objectives: readonly {
    readonly topology: string;
    readonly expr: string;
    readonly outcome: ObjectiveResult['outcome'];
  }[];
  /**
   * Ranked: the one with the strongest effect first. With `strength` 0 and last come those whose effects cannot be told
   * from luck, and those that change nothing.
   */
  readonly parameters: readonly MovedParameter[];
  /** Values that are not moved, and why. */
  readonly leftOut: readonly LeftOut[];
  /** Points that an interruption has left out. */
  readonly missing: number;
}

/** A topology at one point. */
export interface Standing {
  readonly topology: string;
  /** Mean over the replications; null where one of them has no such figure, e.g. where too many uploads fail. */
  readonly figure: number | null;
  /** Of the mean; null for a single replication. */
  readonly ci95: Interval | null;
  /** Share of the uploads offered that succeeded. */
  readonly succeeded: number | null;
}

export interface MovedParameter {
  /** `server.network`, or `topologies.four servers.server.count` where one design has its own. */
  readonly path: string;
  /** The same, short: for an axis or a table. */
  readonly label: string;
  /** Who says it: the scenario, the program's defaults, or a profile that the scenario names. */
  readonly origin: 'given' | 'default' | 'profile';
  /** How sure a value is that is not given; null for one that is. */
  readonly sourceKind: SourceKind | null;
  /** Where such a value comes from. */
  readonly source: string | null;
  /** As it stands, in the form of a scenario file. */
  readonly value: string;
  /** Null where the value cannot be moved that way: 100% does not grow, one server does not shrink. */
  readonly low: Move | null;
  readonly high: Move | null;
  /** Those that the parameter concerns; the others keep the figures of `base`. */
  readonly topologies: readonly ParameterEffects[];
  /**
   * What it is ranked by: the largest |ln(figure moved / figure)| or change of the share that succeeded, over both
   * moves and all topologies. Null: beyond all numbers, since a figure appears, disappears, or leaves 0.
   */
  readonly strength: number | null;
}

export interface Move {
  /** The value instead, in the form of a scenario file. */
  readonly value: string;
  /** What sets it, each as `--set` takes it, in the scenario with all its defaults written out. */
  readonly set: readonly string[];
  /** Why the scenario does not take the value; null where it does. */
  readonly refused: string | null;
  /** What changes in the verdict of the study; empty where nothing does. */
  readonly flips: readonly Flip[];
}

export interface ParameterEffects {
  readonly topology: string;
  /** Null where that point was not run: no such move, refused, or missing. */
  readonly low: Effect | null;
  readonly high: Effect | null;
}

/** What a move does to one topology. */
export interface Effect extends Standing {
  /** Figure moved / figure as it stands, the mean over replications; null where either is missing or the latter is 0. */
  readonly ratio: number | null;
  readonly ratioCi95: Interval | null;
  /** Figure moved - figure as it stands, paired likewise. */
  readonly difference: number | null;
  readonly differenceCi95: Interval | null;
  /**
   * - none: nothing has changed;
   * - changed: it has; by more than luck where there are intervals;
   * - uncertain: the interval of the difference holds 0;
   * - lost: there is no figure any more, e.g. since too many uploads fail;
   * - gained: there was none before.
   */
  readonly outcome: 'none' | 'changed' | 'uncertain' | 'lost' | 'gained';
}

/** Something that a design review would decide differently. */
export type Flip =
  | {
      readonly kind: 'objective';
      readonly topology: string;
      readonly expr: string;
      readonly from: ObjectiveResult['outcome'];
      readonly to: ObjectiveResult['outcome'];
    }
  | {
      /** Of two designs, the better one by the figure; null: they are equal. */
      readonly kind: 'order';
      readonly topologies: readonly [string, string];
      readonly from: string | null;
      readonly to: string | null;
    };

export interface LeftOut {
  readonly path: string;
  readonly value: string;
  /**
   * - zero: a share of nothing is nothing;
   * - unlimited: there is no number to move;
   * - bound: neither direction is possible;
   * - word: a choice of words, or true and false;
   * - file: read from a file;
   * - price: it changes no figure and no objective that is not about costs.
   */
  readonly reason: 'zero' | 'unlimited' | 'bound' | 'word' | 'file' | 'price';
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
