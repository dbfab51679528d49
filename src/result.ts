import type { Assumption } from './result/assumption.js';
import type { BreakEven } from './result/break-even.js';
import type { Comparison } from './result/comparison.js';
import type { Origin } from './result/origin.js';
import type { PrecisionReached } from './result/precision.js';
import type { FoundWarmup } from './result/steady.js';
import type { TopologyResult } from './result/topology.js';

export type * from './result/assumption.js';
export type * from './result/background.js';
export type * from './result/break-even.js';
export type * from './result/checks.js';
export type * from './result/comparison.js';
export type * from './result/cost.js';
export type * from './result/durations.js';
export * from './result/figure.js';
export type * from './result/fleet.js';
export type * from './result/gateway.js';
export type * from './result/objective.js';
export type * from './result/origin.js';
export type * from './result/precision.js';
export type * from './result/recovery.js';
export type * from './result/series.js';
export type * from './result/steady.js';
export type * from './result/storage.js';
export type * from './result/tokens.js';
export type * from './result/topology.js';
export * from './result/uploads.js';
export type * from './result/usage.js';

/**
 * The result of a run, `valet-sim/result@1`: what is saved, printed and compared. Plain JSON: seconds, bytes,
 * bytes per second, US dollars on the scenario's clock; null where a figure does not exist (an unlimited
 * capacity, a percentile of nothing, an unknown price), never NaN or Infinity. Its parts stand in result/ and are
 * imported from here.
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
