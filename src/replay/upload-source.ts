import type { FailureReason } from '../result.js';
import type { Distribution } from '../scenario/types.js';
import { drawOf } from '../workload/properties.js';
import type { Workload } from '../workload/workload.js';
import { Arrivals } from './arrivals.js';
import type { Attempt, AttemptObserver } from './attempt.js';
import { attemptIn } from './attempts.js';
import type { Context } from './context.js';
import {
  type InSystem,
  type OpenProperties,
  OpenUpload,
  TurnUpload,
  WatchedUpload,
} from './offered-upload.js';
import { Patience } from './patience.js';
import { Population, type User } from './population.js';
import { progressOf } from './progress.js';
import { isRetried } from './retry.js';
import { RetryBudget } from './retry-budget.js';
import type { Progress } from './upload.js';

/** Spreads the turns of one user over the keys of his attempts: a prime beyond any usual number of retries. */
const KEYS_PER_TURN = 1009;

/** Brings the uploads to the site, tries them again where they fail, and notes what becomes of them. */
export class UploadSource implements AttemptObserver {
  private toCome: number;
  private running = 0;
  private launched = 0;
  private readonly arrivals: Arrivals;
  private readonly population: Population | null;
  private readonly properties: OpenProperties;
  private readonly bucketExists: readonly boolean[];
  /** Null where nobody ever gives up. */
  private readonly patience: Patience<Attempt> | null;
  private readonly budget: RetryBudget | null;

  constructor(
    private readonly context: Context,
    private readonly workload: Workload,
  ) {
    const { simulation, spec } = context;
    const { uploads } = workload;
    this.toCome = uploads.count;
    this.arrivals = new Arrivals(simulation, uploads, 0, context.epoch, index => this.arrived(index));
    this.population =
      uploads.closed === null
        ? null
        : new Population(simulation, uploads.closed, user => this.turnBegan(user));
    this.bucketExists = workload.buckets.map(bucket => spec.storage.buckets.includes(bucket));
    const { bucket } = uploads.properties;
    this.patience = neverEnds(spec.client.patience)
      ? null
      : new Patience(simulation, (attempt, underWay) => this.gaveUp(attempt, underWay));
    const { budget } = spec.client.retry;
    this.budget = budget && new RetryBudget(budget, workload.clients.length);
    this.properties = { ...uploads.properties, bucketExists: job => this.bucketExists[bucket(job)]! };
  }

  /** Uploads that have not ended, those that are to come, and users who think about theirs. */
  get outstanding(): number {
    return this.toCome + this.running + (this.population?.thinking ?? 0);
  }

  /** Uploads that the workload offers: all of an open stream, those that were begun of a closed loop. */
  get offered(): number {
    return this.population === null ? this.workload.uploads.count : this.launched;
  }

  /** Share of its work that is done at an instant of the scenario, about: arrivals are one half, ends the other. */
  progress(now: number): number {
    const { count, closed } = this.workload.uploads;
    return progressOf(closed, count, this.toCome, this.running, now);
  }

  begin(): void {
    this.arrivals.begin();
    this.population?.begin();
  }

  /** Uploads that the end of the run has kept from arriving are offered all the same, and unfinished. */
  noteThoseToCome(): void {
    const { uploads } = this.workload;
    for (let index = uploads.count - this.toCome; index < uploads.count; index++) {
      this.note(index, uploads.start[index]! - this.context.epoch);
    }
  }

  private arrived(index: number): void {
    this.toCome--;
    const { simulation, watch } = this.context;
    const isWatched = this.workload.uploads.id[index] === watch?.id;
    const upload = isWatched
      ? new WatchedUpload(this.properties, index, watch!.mistakes)
      : new OpenUpload(this.properties, index);
    upload.index = this.note(index, simulation.now);
    if (isWatched) {
      const { mistakes } = upload;
      watch!.meet({ ...drawOf(this.properties, index), mistakes }, upload.index);
    }
    this.launch(upload);
  }

  private turnBegan(user: User): void {
    const { recorder, simulation, watch } = this.context;
    const upload = new TurnUpload(user.number, (user.turn * KEYS_PER_TURN) >>> 0, user);
    this.workload.uploads.readTurn(user.number, user.turn, upload);
    const { size, client, bucket } = upload;
    upload.bucketExists = this.bucketExists[bucket]!;
    upload.index = recorder.uploads.add(this.launched, simulation.now, size, client, bucket);
    if (this.launched === watch?.id) {
      upload.mistakes |= watch.mistakes;
      watch.meet(upload, upload.index);
    }
    this.launch(upload);
  }

  private launch(upload: InSystem): void {
    const { recorder, simulation, draws } = this.context;
    this.running++;
    this.launched++;
    recorder.uploadArrived(simulation.now);
    this.budget?.uploadArrived(upload.client, simulation.now);
    if (this.patience !== null) {
      const { item, turn } = upload;
      this.patience.uploadArrived(upload.index, draws.patience.for({ stream: 0, item, turn }));
    }
    this.attempt(upload, 1, null, 0);
  }

  /** Notes an upload of an open stream. */
  private note(job: number, start: number): number {
    const { id } = this.workload.uploads;
    const { size, client, bucket } = this.properties;
    return this.context.recorder.uploads.add(id[job]!, start, size(job), client(job), bucket(job));
  }

  private attempt(upload: InSystem, number: number, progress: Progress | null, delay: number): void {
    const attempt = attemptIn(this.context, upload, number, progress, this);
    this.patience?.attemptPlanned(attempt);
    attempt.begin(delay);
  }

  attemptBegan(attempt: Attempt): void {
    const { recorder } = this.context;
    const { upload, number } = attempt;
    this.patience?.attemptBegan(attempt);
    recorder.attempts++;
    recorder.uploads.attempts[upload.index] = number;
  }

  attemptSucceeded(attempt: Attempt): void {
    this.ended(attempt, null);
  }

  attemptFailed(attempt: Attempt, reason: FailureReason): void {
    const { recorder, draws } = this.context;
    recorder.attemptFailures.add(reason);
    recorder.wastedBytes += attempt.failedBytes;
    if (!this.triesAgain(attempt, reason)) {
      this.ended(attempt, reason);
      return;
    }
    const delay = draws.backoff(attempt, attempt.number - 1);
    const step = reason === 'token-expired' ? 'permission' : attempt.step;
    // The connection of the permission does not outlive a notification that failed on it.
    const keptAlive = step === 'put' ? attempt.keptAlive : null;
    const progress = { step, tokenSigned: attempt.tokenSigned, keptAlive } as const;
    this.attempt(attempt.upload as InSystem, attempt.number + 1, progress, delay);
  }

  private triesAgain({ number, upload }: Attempt, reason: FailureReason): boolean {
    const { recorder, simulation, spec } = this.context;
    if (!isRetried(reason) || number >= spec.client.retry.attempts) return false;
    if (this.budget === null || this.budget.take(upload.client, simulation.now)) return true;
    recorder.retriesDenied++;
    return false;
  }

  /** The user has had enough of it. */
  private gaveUp(attempt: Attempt, underWay: boolean): void {
    if (underWay) {
      attempt.interrupt('abandoned');
      return;
    }
    attempt.callOff();
    this.ended(attempt, 'abandoned');
  }

  /** What an upload that has failed leaves in storage. */
  private noteRemains(attempt: Attempt): void {
    const { recorder, parted } = this.context;
    if (parted === null) {
      if (attempt.step === 'notification') recorder.remains?.orphaned(attempt.size);
      return;
    }
    const { completed, stored, storedBytes } = parted.of(attempt.upload);
    if (completed) {
      recorder.remains!.orphaned(attempt.size);
    } else {
      recorder.parts!.abandoned(stored, storedBytes);
      recorder.wastedBytes += storedBytes;
    }
  }

  private ended(attempt: Attempt, reason: FailureReason | null): void {
    const { recorder, simulation } = this.context;
    const upload = attempt.upload as InSystem;
    this.running--;
    this.patience?.uploadEnded(upload.index);
    if (reason !== null) this.noteRemains(attempt);
    this.context.parted?.forget(upload);
    recorder.uploadEnded(upload.index, simulation.now, reason, upload.size);
    if (upload.user === null) this.context.connections?.forget(upload.item);
    else this.population!.ended(upload.user);
  }
}

function neverEnds(time: Distribution): boolean {
  return time.kind === 'constant' && time.value === Number.POSITIVE_INFINITY;
}
