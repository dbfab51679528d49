/** How many replications to make, and when to stop before that. */
import { figureOf, type TopologyResult } from '../../result.js';
import type { Objective } from '../../scenario/types.js';
import { meanInterval } from '../../statistics/mean-interval.js';
import { FEWEST, isPrecise, replicationsNeeded } from '../../statistics/precision.js';
import { judge } from '../objectives.js';
import { agreed } from '../steady/agree.js';
import type { Replication } from './replication.js';

export interface Plan {
  /** The most replications: all of them, where nothing ends it earlier. */
  readonly most: number;
  /** Ends when the mean of a figure is known this well in every topology. */
  readonly precision: PrecisionGoal | null;
  /** Ends when every objective is met or missed. */
  readonly untilDecided: boolean;
}

export interface PrecisionGoal {
  /** Path of the figure: `latency.p99`. */
  readonly figure: string;
  /** Largest half-width of its 95% interval, as a share of the mean. */
  readonly halfWidth: number;
}

export const once: Plan = { most: 1, precision: null, untilDecided: false };

/**
 * Nothing more is to be learnt from another replication. Depends on the replications before alone, in their order, so
 * that as many count whoever has made them.
 */
export function isEnough(
  { most, precision, untilDecided }: Plan,
  objectives: readonly Objective[],
  replications: readonly Replication[],
): boolean {
  if (replications.length >= most) return true;
  if (precision === null && !untilDecided) return false;
  const topologies = runsByTopology(replications);
  if (replications.length >= 2 && topologies.every(leaveNothingToLuck)) return true;
  if (replications.length < FEWEST) return false;
  if (precision !== null) {
    const { figure, halfWidth } = precision;
    if (!topologies.every(runs => isSettled(valuesOf(runs, figure), halfWidth))) return false;
  }
  if (!untilDecided) return true;
  return topologies
    .flatMap(runs => judge(objectives, runs))
    .every(({ outcome }) => outcome !== 'inconclusive');
}

/** Independent draws never give the same mean latency to the last bit: nothing is drawn, and more would be the same. */
function leaveNothingToLuck(runs: readonly TopologyResult[]): boolean {
  const [first] = runs;
  return runs.every(
    ({ latency, uploads, goodput }) =>
      latency.mean === first!.latency.mean &&
      uploads.attempts === first!.uploads.attempts &&
      uploads.failed === first!.uploads.failed &&
      goodput === first!.goodput,
  );
}

/** A figure that none of so many replications has will not come any more: there is nothing to be precise about. */
function isSettled(values: readonly number[], halfWidth: number): boolean {
  return values.length === 0 || isPrecise(values, halfWidth);
}

/** The results of each topology over the replications, which agree on whether it has a steady state. */
export function runsByTopology(replications: readonly Replication[]): (readonly TopologyResult[])[] {
  const count = replications[0]?.topologies.length ?? 0;
  return Array.from({ length: count }, (_, i) =>
    agreed(replications.map(({ topologies }) => topologies[i]!)),
  );
}

/** The figure in the replications that have it. */
export function valuesOf(runs: readonly TopologyResult[], figure: string): readonly number[] {
  return runs.map(run => figureOf(run, figure)).filter(value => value !== null);
}

/** Half-width of the 95% interval as a share of the mean; null for fewer than two values and about a mean of 0. */
export function relativeHalfWidth(values: readonly number[]): number | null {
  const interval = meanInterval(values);
  if (interval === null) return null;
  const { mean, halfWidth } = interval;
  return halfWidth === 0 ? 0 : mean === 0 ? null : halfWidth / Math.abs(mean);
}

/** About how many replications the plan will take, from those that there are; never fewer than these. */
export function foreseen(
  { most, precision, untilDecided }: Plan,
  replications: readonly Replication[],
): number {
  if (precision === null || untilDecided) return most;
  const needed = runsByTopology(replications).map(
    runs => replicationsNeeded(valuesOf(runs, precision.figure), precision.halfWidth) ?? FEWEST,
  );
  return Math.min(most, Math.max(replications.length, FEWEST, ...needed));
}
