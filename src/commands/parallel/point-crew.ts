import { Worker } from 'node:worker_threads';
import type { PointAnswer, PointRequest, PointWorkerData } from './point-protocol.js';

/** Points to be run, by their numbers from 0 on. */
export interface PointWork {
  readonly count: number;
  /** What to run; null where the point is known already, or has nothing to run. Called once for each, in order. */
  readonly request: (index: number) => PointRequest | null;
  /** Takes what came of one. */
  readonly answered: (index: number, answer: PointAnswer) => void;
}

/**
 * Worker threads that run points side by side, each with all its replications in one worker: what comes of a point
 * depends on nothing but the point. One whose worker dies is run once more by another; if that one dies, too, it is
 * over, with what is finished up to there.
 */
export class PointCrew {
  private readonly workers = new Map<Worker, { readonly place: number; index: number | null }>();
  private readonly requests = new Map<number, PointRequest>();
  private readonly orphaned = new Set<number>();
  private readonly again: number[] = [];
  private readonly shares: Float64Array;
  private next = 0;
  private passed = 0;
  private ended = false;
  private settle: (failure: Error | null) => void = () => {};

  constructor(
    private readonly size: number,
    private readonly work: PointWork,
  ) {
    this.shares = new Float64Array(new SharedArrayBuffer(8 * size));
  }

  /** Points that are done with, those under way by their shares. */
  get done(): number {
    return this.passed + this.shares.reduce((sum, share) => sum + share, 0);
  }

  /** @returns why it has ended before all was done, where nobody has asked for it */
  async run(signal: AbortSignal): Promise<Error | null> {
    const failure = await new Promise<Error | null>(resolve => {
      this.settle = resolve;
      signal.addEventListener('abort', () => resolve(null), { once: true });
      if (signal.aborted) resolve(null);
      else {
        this.attempt(() => {
          for (let place = 0; place < this.size && !this.ended; place++) this.hire(place);
        });
      }
    });
    this.ended = true;
    await Promise.all(Array.from(this.workers.keys(), worker => worker.terminate()));
    return failure;
  }

  private hire(place: number): void {
    const task = this.nextTask();
    if (task === null) {
      this.endIfIdle();
      return;
    }
    const workerData: PointWorkerData = { shares: this.shares.buffer as SharedArrayBuffer, place };
    const worker = new Worker(new URL('./point-worker.js', import.meta.url), { workerData });
    let cause: Error | null = null;
    worker.on('message', (answer: PointAnswer) => this.answered(worker, answer));
    worker.on('error', error => {
      cause = error;
    });
    worker.on('exit', code => this.died(worker, cause ?? new Error(`a worker ended with status ${code}`)));
    this.workers.set(worker, { place, index: task });
    worker.postMessage(this.requests.get(task));
  }

  /** The number of the next point that has to be run. */
  private nextTask(): number | null {
    const again = this.again.shift();
    if (again !== undefined) return again;
    while (this.next < this.work.count) {
      const index = this.next++;
      const request = this.work.request(index);
      if (request !== null) {
        this.requests.set(index, request);
        return index;
      }
      this.passed++;
    }
    return null;
  }

  private answered(worker: Worker, answer: PointAnswer): void {
    const task = this.workers.get(worker);
    if (this.ended || task === undefined || task.index === null) return;
    const { index } = task;
    this.requests.delete(index);
    this.passed++;
    this.attempt(() => {
      this.work.answered(index, answer);
      task.index = this.nextTask();
      if (task.index === null) this.endIfIdle();
      else worker.postMessage(this.requests.get(task.index));
    });
  }

  private died(worker: Worker, cause: Error): void {
    const { place, index } = this.workers.get(worker)!;
    this.workers.delete(worker);
    if (this.ended) return;
    this.shares[place] = 0;
    if (index === null) return;
    if (this.orphaned.has(index)) {
      this.end(cause);
      return;
    }
    this.orphaned.add(index);
    this.again.push(index);
    this.hire(place);
  }

  /** What a caller throws, ends the work. */
  private attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      this.end(error as Error);
    }
  }

  private endIfIdle(): void {
    const busy = [...this.workers.values()].some(({ index }) => index !== null);
    if (!busy && this.next >= this.work.count && this.passed >= this.work.count) this.end(null);
  }

  private end(failure: Error | null): void {
    this.ended = true;
    this.settle(failure);
  }
}
