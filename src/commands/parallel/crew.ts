import { Worker } from 'node:worker_threads';
import type { TimedScenario } from '../../scenario/types.js';
import type { Replication, Wanted } from '../../study/replications/replication.js';
import type { Answer, WorkerData } from './protocol.js';

export interface Outcome {
  /** Those that count, from the first on without a gap. */
  readonly replications: readonly Replication[];
  /** Why there are no more, where something other than `isEnough` or the signal has ended it. */
  readonly failure: Error | null;
}

/**
 * Worker threads that make the replications 0, 1, 2, ... side by side until enough are made. Which of them counts is
 * decided in the order of their numbers alone, so that any number of workers gives the same: what was made beyond is
 * thrown away. A replication whose worker dies is made once more by another; if that one dies, too, it is over, with
 * all that is finished up to there.
 */
export class Crew {
  private readonly workers = new Map<Worker, { place: number; index: number | null }>();
  private readonly finished = new Map<number, Replication>();
  private readonly counted: Replication[] = [];
  /** Numbers whose worker has died, and those that are to be made again. */
  private readonly orphaned = new Set<number>();
  private readonly again: number[] = [];
  private next = 0;
  private ended = false;
  private readonly shares: Float64Array;
  private settle: (failure: Error | null) => void = () => {};

  constructor(
    private readonly size: number,
    private readonly scenario: TimedScenario,
    private readonly wanted: Wanted,
    /** Asked after each replication that counts. */
    private readonly isEnough: (replications: readonly Replication[]) => boolean,
    /** The most that can be wanted. */
    private readonly most: number,
  ) {
    this.shares = new Float64Array(new SharedArrayBuffer(8 * size));
  }

  /** Replications that are made, those under way by their shares. */
  get done(): number {
    return this.counted.length + this.finished.size + this.shares.reduce((sum, share) => sum + share, 0);
  }

  get replications(): readonly Replication[] {
    return this.counted;
  }

  async work(signal: AbortSignal): Promise<Outcome> {
    const failure = await new Promise<Error | null>(resolve => {
      this.settle = resolve;
      signal.addEventListener('abort', () => resolve(null), { once: true });
      if (signal.aborted || this.isEnough(this.counted)) resolve(null);
      else for (let place = 0; place < this.size; place++) this.hire(place);
    });
    this.ended = true;
    await Promise.all(Array.from(this.workers.keys(), worker => worker.terminate()));
    return { replications: this.counted, failure };
  }

  private hire(place: number): void {
    const { scenario, wanted, shares } = this;
    const workerData: WorkerData = { scenario, wanted, shares: shares.buffer as SharedArrayBuffer, place };
    const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData });
    let cause: Error | null = null;
    this.workers.set(worker, { place, index: null });
    worker.on('message', (answer: Answer) => this.answered(worker, answer));
    worker.on('error', error => {
      cause = error;
    });
    worker.on('exit', code => this.died(worker, cause ?? new Error(`a worker ended with status ${code}`)));
    this.assign(worker);
  }

  private assign(worker: Worker): void {
    const index = this.again.shift() ?? (this.next < this.most ? this.next++ : null);
    this.workers.get(worker)!.index = index;
    if (index !== null) worker.postMessage(index);
  }

  private answered(worker: Worker, replication: Answer): void {
    if (this.ended) return;
    this.finished.set(replication.index, replication);
    for (let next = this.finished.get(this.counted.length); next !== undefined; ) {
      this.finished.delete(next.index);
      this.counted.push(next);
      if (this.isEnough(this.counted)) {
        this.ended = true;
        this.settle(null);
        return;
      }
      next = this.finished.get(this.counted.length);
    }
    this.assign(worker);
  }

  private died(worker: Worker, cause: Error): void {
    const { place, index } = this.workers.get(worker)!;
    this.workers.delete(worker);
    if (this.ended) return;
    this.shares[place] = 0;
    if (index !== null) {
      if (this.orphaned.has(index)) {
        this.ended = true;
        this.settle(cause);
        return;
      }
      this.orphaned.add(index);
      this.again.push(index);
    }
    this.hire(place);
  }
}
