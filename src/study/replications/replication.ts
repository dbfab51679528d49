import { type Replayed, replayInSteps } from '../../replay/replay.js';
import type { TopologyResult, UploadTable } from '../../result.js';
import { drawWorkload } from '../../workload/draw.js';
import { Baselines } from '../baselines.js';
import { loadSpanOf } from '../load-span.js';
import type { Ready } from '../loaded.js';
import { offeredBy } from '../offered.js';
import { withoutFaults } from '../recovery.js';
import { steadinessOf } from '../steady/steadiness.js';
import { summarise } from '../summary.js';
import { uploadTable } from '../upload-table.js';
import type { Evidence } from '../warnings/warning.js';
import { warningsOf } from '../warnings/warnings.js';
import { type RunProgress, type Stop, Work } from './work.js';

/** One run of the scenario: a workload, drawn once, through every topology. */
export interface Replication {
  /** From 0. */
  readonly index: number;
  /** In the scenario's order; the last ones are missing where the run was given up. */
  readonly topologies: readonly TopologyResult[];
  readonly uploads: readonly UploadTable[];
  readonly warnings: readonly string[];
}

/** What is wanted of a run besides its figures. */
export interface Wanted {
  /** The table of all uploads; of millions it would be the largest part of the result. */
  readonly uploads: boolean;
  /** Name of the topology against which the others are compared; the first where there is none. */
  readonly baseline?: string | undefined;
}

/** Draws the workload of a replication and replays it through the topologies, until it is given up. */
export function* replicate(
  { scenario }: Pick<Ready, 'scenario'>,
  index: number,
  wanted: Wanted,
  stop: Stop,
): Generator<RunProgress, Replication, void> {
  const seed = `${scenario.seed}/${index}`;
  const workload = drawWorkload(scenario, seed);
  const options = { seed, horizon: scenario.horizon, warmup: scenario.warmup };
  const offered = offeredBy(scenario, workload);
  const loadSpan = loadSpanOf(scenario);
  const baselines = new Baselines(workload, options);
  const work = new Work(scenario, workload, stop);
  const topologies: TopologyResult[] = [];
  const uploads: UploadTable[] = [];
  const evidence: Evidence[] = [];
  for (const spec of scenario.topologies) {
    const alone = yield* work.follow(baselines.of(spec), spec.name, baselines.lacks(spec) ? work.alone : 0);
    if (alone === null) break;
    const run = yield* work.follow(replayInSteps(spec, workload, options), spec.name, work.whole);
    if (run === null) break;
    let calm: Replayed | null = null;
    if (spec.faults.length > 0) {
      calm = yield* work.follow(replayInSteps(withoutFaults(spec), workload, options), spec.name, work.whole);
      if (calm === null) break;
    }
    const summary = summarise(spec, run, alone, scenario.slo, offered, calm, loadSpan);
    const steady = steadinessOf(scenario, spec, run.topology, offered, summary);
    const result = { ...summary, steady };
    topologies.push(result);
    evidence.push({ scenario, workload, spec, unequalInto: run.topology.unequalInto, result });
    if (wanted.uploads) uploads.push(uploadTable(spec.name, index, run, workload));
  }
  return { index, topologies, uploads, warnings: warningsOf(evidence) };
}
