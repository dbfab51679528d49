import type { ReplayProgress } from '../../replay/replay.js';
import type { Scenario } from '../../scenario/types.js';
import type { Workload } from '../../workload/workload.js';

/** How far a replication has come. */
export interface RunProgress {
  /** The topology that is being replayed. */
  readonly topology: string;
  /** Seconds on the scenario's clock. */
  readonly now: number;
  /** Share of the whole replication that is done, about: 0 to 1. */
  readonly share: number;
}

/** Says whether the run is to be given up; an `AbortSignal` will do. */
export interface Stop {
  readonly aborted: boolean;
}

/** Follows the replays of a replication, whose sizes are counted in jobs, and gives up where that is asked for. */
export class Work {
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
