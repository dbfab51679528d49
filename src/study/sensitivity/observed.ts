/** What a study of sensitivity keeps of the replications of one point. */
import { figureOf, type ObjectiveResult, type TopologyResult } from '../../result.js';
import type { Objective } from '../../scenario/types.js';
import { keepsWork } from '../comparison.js';
import { judge } from '../objectives.js';
import { runsByTopology } from '../replications/plan.js';
import type { Replication } from '../replications/replication.js';

/** One topology; by replication, in their order. */
export interface Observed {
  readonly topology: string;
  readonly figures: readonly (number | null)[];
  /** Share of the uploads offered that succeeded; null where none was offered. */
  readonly succeeded: readonly (number | null)[];
  /** Fails so little in each of them that its times are those of the whole load. */
  readonly keepsWork: boolean;
  readonly objectives: readonly ObjectiveResult[];
}

/** @param replications whole ones, of the same scenario */
export function observe(
  replications: readonly Replication[],
  figure: string,
  objectives: readonly Objective[],
): readonly Observed[] {
  return runsByTopology(replications).map(runs => ({
    topology: runs[0]!.name,
    figures: runs.map(run => figureOf(run, figure)),
    succeeded: runs.map(run => figureOf(run, 'succeeded')),
    keepsWork: runs.every((run: TopologyResult) => keepsWork(run)),
    objectives: judge(objectives, runs),
  }));
}
