import { availableParallelism } from 'node:os';
import { ExitCode, UserError } from '../../errors.js';
import { openProgress, type Progress } from '../../present/progress.js';
import { type LoadedScenario, reloaded } from '../../scenario/load.js';
import { ScenarioError } from '../../scenario/problem.js';
import type { TimedScenario } from '../../scenario/types.js';
import type { Observed } from '../../study/sensitivity/observed.js';
import type { Point } from '../../study/sensitivity/points.js';
import type { Finished, Outcome } from '../../study/sensitivity/sensitivity.js';
import { warmedUp } from '../../study/steady/warm-up.js';
import { courseFor } from '../course.js';
import { drive, paced } from '../drive.js';
import { PointCrew } from '../parallel/point-crew.js';
import type { PointRequest } from '../parallel/point-protocol.js';
import type { SensitivityOptions } from '../run-options.js';
import type { SavedPoints } from './saved-points.js';

/** What is kept of a point: what was set (nothing for the scenario as it stands), and what came of it. */
export interface SavedPoint extends Outcome {
  readonly values: readonly string[];
}

/** What a study of points has come to. */
export interface Ran {
  readonly replications: number;
  /** The scenario as it stands; null where not even that is finished. */
  readonly base: readonly Observed[] | null;
  readonly finished: readonly Finished[];
  /** Points of an earlier run. */
  readonly kept: number;
}

/** How often Ctrl-C and the progress get their turn, at least. */
const BREATH_MS = 100;

/** Runs the scenario as it stands and each point, side by side, until all are finished or Ctrl-C ends it. */
export class PointRunner {
  /** By number: 0 is the scenario as it stands, then the points in their order. */
  private readonly outcomes: (SavedPoint | null)[];
  private readonly kept: number;
  private saving: Promise<void> = Promise.resolve();
  private failure: unknown = null;

  constructor(
    private readonly loaded: LoadedScenario,
    private readonly figure: string,
    private readonly points: readonly Point[],
    private readonly saved: SavedPoints<SavedPoint>,
    private readonly options: SensitivityOptions,
  ) {
    this.outcomes = [saved.get([]) ?? null, ...points.map(({ set }) => saved.get(set) ?? null)];
    this.kept = this.outcomes.slice(1).filter(outcome => outcome !== null).length;
  }

  async run(): Promise<Ran> {
    const progress = openProgress(process.stderr, process.env, this.options.quiet, () => performance.now());
    const replications = this.outcomes[0]?.topologies[0]?.figures.length ?? (await this.replicationsNeeded());
    const stop = new AbortController();
    const interrupt = () => {
      progress.end();
      if (stop.signal.aborted) process.exit(ExitCode.interrupted);
      stop.abort();
    };
    process.on('SIGINT', interrupt);
    try {
      if (replications !== null) await this.runAll(replications, progress, stop.signal);
    } finally {
      progress.end();
      process.off('SIGINT', interrupt);
    }
    await this.saving;
    if (this.failure !== null) throw this.failure;
    return {
      replications: replications ?? 0,
      base: this.outcomes[0]?.topologies ?? null,
      finished: this.points.map((point, i) => ({ point, outcome: this.outcomes[i + 1] ?? null })),
      kept: this.kept,
    };
  }

  /** As many as the scenario as it stands takes, for all points, so that each can be paired; null where interrupted. */
  private async replicationsNeeded(): Promise<number | null> {
    const { plan, jobs } = courseFor(this.loaded.scenario, { ...this.options, untilDecided: false });
    if (plan.precision === null) return plan.most;
    const inner = openProgress(process.stderr, process.env, this.options.quiet, () => performance.now());
    const progress: Progress = {
      show: (what, share) => inner.show(`the scenario as it stands: ${what}`, share),
      end: inner.end,
    };
    const { result, failure } = await drive(this.loaded, { uploads: false }, progress, { plan, jobs });
    if (failure !== null) throw failure;
    return result.partial === null ? result.replications : null;
  }

  private async runAll(replications: number, progress: Progress, signal: AbortSignal): Promise<void> {
    // One warm-up for all points, so that the same arrivals count in each.
    const ready = await paced(warmedUp(this.loaded, signal), progress);
    if (ready === null) return;
    const count = this.outcomes.length;
    const crew = new PointCrew(Math.min(this.options.jobs ?? availableParallelism(), count), {
      count,
      request: index => this.requestOf(index, ready.scenario, replications),
      answered: (index, topologies) => this.take(index, { refused: null, topologies }),
    });
    const begun = this.outcomes.filter(outcome => outcome !== null).length;
    const looking = setInterval(() => {
      const done = crew.done;
      const share = Math.max(0, done - begun) / Math.max(1, count - begun);
      progress.show(`${Math.floor(done)} of ${count} points`, Math.min(1, share));
    }, BREATH_MS);
    try {
      this.failure = await crew.run(signal);
    } finally {
      clearInterval(looking);
    }
  }

  private requestOf(
    index: number,
    { warmup, pilot }: TimedScenario,
    replications: number,
  ): PointRequest | null {
    if (this.outcomes[index] !== null) return null;
    const point = index === 0 ? null : this.points[index - 1]!;
    const scenario = this.scenarioAt(index, point);
    if (scenario === null) return null;
    const topologies = scenario.topologies.filter(
      ({ name }) => point === null || point.parameter.topologies.includes(name),
    );
    return {
      scenario: { ...scenario, topologies, warmup, pilot },
      replications,
      figure: this.figure,
    };
  }

  /** Null where the scenario does not take the value, which is what came of that point. */
  private scenarioAt(index: number, point: Point | null) {
    try {
      return reloaded(this.loaded, point?.set ?? []).scenario;
    } catch (error) {
      if (point === null || !(error instanceof ScenarioError)) throw error;
      const [problem] = error.problems;
      this.take(index, { refused: problem!.message, topologies: [] });
      return null;
    }
  }

  /** @throws UserError where no design has the figure that is asked for */
  private take(index: number, outcome: Outcome): void {
    if (index === 0) this.checkFigure(outcome.topologies);
    const values = index === 0 ? [] : this.points[index - 1]!.set;
    const point: SavedPoint = { values, ...outcome };
    this.outcomes[index] = point;
    this.saving = this.saving
      .then(() => this.saved.add(point))
      .catch(error => {
        this.failure ??= error;
      });
  }

  /** Times may be missing because all fails, and come with another value; what nobody measures never does. */
  private checkFigure(base: readonly Observed[]): void {
    if (/^(?:completion|latency|makespan|recovery)\b/.test(this.figure)) return;
    if (base.some(({ figures }) => figures.some(value => value !== null))) return;
    if (!base.some(({ succeeded }) => succeeded.some(share => share !== null && share > 0))) return;
    throw new UserError(
      `--figure: no design of "${this.loaded.scenario.name}" has ${this.figure}; it is nothing that happens here`,
    );
  }
}
