import { type Replayed, type ReplayProgress, replayInSteps } from '../replay/replay.js';
import type { Assumption, Result, TopologyResult, UploadTable } from '../result.js';
import type { Scenario } from '../scenario/types.js';
import { version } from '../version.js';
import { drawWorkload } from '../workload/draw.js';
import type { Workload } from '../workload/workload.js';
import { Baselines } from './baselines.js';
import { breakEvens } from './break-even.js';
import { compareTopologies } from './comparison.js';
import { offeredBy } from './offered.js';
import { withoutFaults } from './recovery.js';
import { summarise } from './summary.js';
import { uploadTable } from './upload-table.js';
import type { Evidence } from './warnings/warning.js';
import { warningsOf } from './warnings/warnings.js';

/** A scenario as it was loaded: what to run, and how to tell it from others. */
export interface Loaded {
  readonly scenario: Scenario;
  /** The scenario with all its defaults, in the form of a scenario file. */
  readonly resolved: unknown;
  readonly sha256: string;
  readonly file: string;
  readonly warnings: readonly string[];
  readonly assumptions: readonly Assumption[];
}

export interface Run {
  readonly result: Result;
  readonly uploads: readonly UploadTable[];
}

/** What is wanted of a run besides its result. */
export interface Wanted {
  /** The table of all uploads; of millions it would be the largest part of the result. */
  readonly uploads: boolean;
}

/** How far a run has come. */
export interface RunProgress {
  /** The topology that is being replayed. */
  readonly topology: string;
  /** Seconds on the scenario's clock. */
  readonly now: number;
  /** Share of the whole run that is done, about: 0 to 1. */
  readonly share: number;
}

/** Says whether the run is to be given up; an `AbortSignal` will do. */
export interface Stop {
  readonly aborted: boolean;
}

/** Draws the workload once and replays it through every topology of the scenario. */
export function runScenario(loaded: Loaded, wanted: Wanted = { uploads: true }): Run {
  const steps = runInSteps(loaded, wanted, { aborted: false });
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/**
 * The same, pausing now and then, so that a caller can show progress or give up. A run that was given up keeps the
 * topologies that are finished, and its result says which are missing.
 */
export function* runInSteps(loaded: Loaded, wanted: Wanted, stop: Stop): Generator<RunProgress, Run, void> {
  const { scenario } = loaded;
  const replication = 0;
  const seed = `${scenario.seed}/${replication}`;
  const workload = drawWorkload(scenario, seed);
  const options = { seed, horizon: scenario.horizon, warmup: scenario.warmup };
  const offered = offeredBy(scenario, workload);
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
    const result = summarise(spec, run, alone, scenario.slo, offered, calm);
    topologies.push(result);
    evidence.push({ scenario, workload, spec, unequalInto: run.topology.unequalInto, result });
    if (wanted.uploads) uploads.push(uploadTable(spec.name, replication, run, workload));
  }
  const issuers = new Set(topologies.filter(t => t.timeToToken !== null).map(t => t.name));
  const missing = scenario.topologies.slice(topologies.length).map(spec => spec.name);
  const result: Result = {
    format: 'valet-sim/result@1',
    version,
    scenario: {
      name: scenario.name,
      file: loaded.file,
      sha256: loaded.sha256,
      resolved: loaded.resolved,
    },
    seed: scenario.seed,
    replications: 1,
    partial: missing.length === 0 ? null : { missing },
    topologies,
    comparison: compareTopologies(topologies),
    warnings: [...loaded.warnings, ...warningsOf(evidence)],
    assumptions: loaded.assumptions,
    breakEven: missing.length === 0 ? breakEvens(scenario, name => issuers.has(name)) : [],
  };
  return { result, uploads };
}

/** Follows the replays of a run, whose sizes are counted in jobs, and gives up where that is asked for. */
class Work {
  /** Jobs of a replay of the background requests alone, and of one with the uploads. */
  readonly alone: number;
  readonly whole: number;
  private readonly total: number;
  private done = 0;

  constructor(
    { topologies }: Scenario,
    { uploads, background }: Workload,
    private readonly stop: Stop,
  ) {
    this.alone = background.reduce((sum, { count }) => sum + count, 0);
    // A closed loop does not tell how many: as good as one.
    this.whole = this.alone + uploads.count + 1;
    const replays = topologies.reduce((sum, { faults }) => sum + (faults.length > 0 ? 2 : 1), 0);
    this.total = replays * this.whole + this.alone;
  }

  /** The outcome of a replay of so many jobs, or null where it was given up. */
  *follow<Outcome>(
    steps: Generator<ReplayProgress, Outcome, void>,
    topology: string,
    jobs: number,
  ): Generator<RunProgress, Outcome | null, void> {
    for (;;) {
      const step = steps.next();
      if (step.done) {
        this.done += jobs;
        return step.value;
      }
      const { share, now } = step.value;
      yield { topology, now, share: Math.min(1, (this.done + share * jobs) / this.total) };
      if (this.stop.aborted) return null;
    }
  }
}
