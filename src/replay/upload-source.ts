import type { FailureReason } from '../result.js';
import { drawOf } from '../workload/properties.js';
import type { UploadDraw, UploadProperties, Workload } from '../workload/workload.js';
import { Arrivals } from './arrivals.js';
import { Attempt, type AttemptObserver, type Progress, type Upload } from './attempt.js';
import type { Context } from './context.js';
import { Population, type User } from './population.js';
import { progressOf } from './progress.js';
import { isRetried } from './retry.js';
import { WatchedAttempt } from './watched-attempt.js';

/** Spreads the turns of one user over the keys of his attempts: a prime beyond any usual number of retries. */
const KEYS_PER_TURN = 1009;

/** What an upload in the system has of its own, beside its properties. */
interface InSystem extends Upload {
  index: number;
  /** Whose turn it is, in a closed loop. */
  readonly user: User | null;
}

/**
 * An upload of an open stream. Its properties stay in the workload's columns: copied, they would be the largest part
 * of what is kept of a million uploads in flight.
 */
class OpenUpload implements InSystem {
  index = -1;
  hasHadToken = false;

  constructor(
    private readonly properties: OpenProperties,
    readonly item: number,
  ) {}

  get turn(): number {
    return 0;
  }
  get user(): null {
    return null;
  }
  get size(): number {
    return this.properties.size(this.item);
  }
  get uplink(): number {
    return this.properties.uplink(this.item);
  }
  get downlink(): number {
    return this.properties.downlink(this.item);
  }
  get rttServer(): number {
    return this.properties.rttServer(this.item);
  }
  get rttStorage(): number {
    return this.properties.rttStorage(this.item);
  }
  get loss(): number {
    return this.properties.loss(this.item);
  }
  get weight(): number {
    return this.properties.weight(this.item);
  }
  get mistakes(): number {
    return this.properties.mistakes(this.item);
  }
  get bucketExists(): boolean {
    return this.properties.bucketExists(this.item);
  }
}

/** One that makes mistakes beside its own. */
class WatchedUpload extends OpenUpload {
  constructor(
    properties: OpenProperties,
    item: number,
    private readonly more: number,
  ) {
    super(properties, item);
  }

  override get mistakes(): number {
    return super.mistakes | this.more;
  }
}

interface OpenProperties extends UploadProperties {
  readonly bucketExists: (job: number) => boolean;
}

/** One turn of a user. Its properties begin as NaN, not 0, so that the engine takes them for doubles at once. */
class TurnUpload implements InSystem, UploadDraw {
  size = Number.NaN;
  weight = Number.NaN;
  uplink = Number.NaN;
  downlink = Number.NaN;
  rttServer = Number.NaN;
  rttStorage = Number.NaN;
  loss = Number.NaN;
  client = 0;
  bucket = 0;
  file = 0;
  mistakes = 0;
  index = -1;
  bucketExists = true;
  hasHadToken = false;

  constructor(
    readonly item: number,
    readonly turn: number,
    readonly user: User,
  ) {}
}

/** Brings the uploads to the site, tries them again where they fail, and notes what becomes of them. */
export class UploadSource implements AttemptObserver {
  private toCome: number;
  private running = 0;
  private launched = 0;
  private readonly arrivals: Arrivals;
  private readonly population: Population | null;
  private readonly properties: OpenProperties;
  private readonly bucketExists: readonly boolean[];

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
    const { recorder, simulation } = this.context;
    this.running++;
    this.launched++;
    recorder.uploadArrived(simulation.now);
    this.attempt(upload, 1, null, 0);
  }

  /** Notes an upload of an open stream. */
  private note(job: number, start: number): number {
    const { id } = this.workload.uploads;
    const { size, client, bucket } = this.properties;
    return this.context.recorder.uploads.add(id[job]!, start, size(job), client(job), bucket(job));
  }

  private attempt(upload: InSystem, number: number, progress: Progress | null, delay: number): void {
    const { context } = this;
    // Two classes, so that watching one upload costs the others nothing.
    const attempt =
      upload.index === context.watch?.index
        ? new WatchedAttempt(context, upload, number, progress, this, context.watch)
        : new Attempt(context, upload, number, progress, this);
    attempt.begin(delay);
  }

  attemptBegan({ upload, number }: Attempt): void {
    const { recorder } = this.context;
    recorder.attempts++;
    recorder.uploads.attempts[upload.index] = number;
  }

  attemptSucceeded(attempt: Attempt): void {
    this.ended(attempt, null);
  }

  attemptFailed(attempt: Attempt, reason: FailureReason): void {
    const { recorder, draws, spec } = this.context;
    recorder.attemptFailures.add(reason);
    recorder.wastedBytes += attempt.failedBytes;
    if (!isRetried(reason) || attempt.number >= spec.client.retry.attempts) {
      this.ended(attempt, reason);
      return;
    }
    const delay = draws.backoff(attempt, attempt.number - 1);
    const step = reason === 'token-expired' ? 'permission' : attempt.step;
    // The connection of the permission does not outlive a notification that failed on it.
    const keptAlive = step === 'put' ? attempt.keptAlive : null;
    const progress = { step, tokenExpires: attempt.tokenExpires, keptAlive } as const;
    this.attempt(attempt.upload as InSystem, attempt.number + 1, progress, delay);
  }

  private ended(attempt: Attempt, reason: FailureReason | null): void {
    const { recorder, simulation } = this.context;
    const upload = attempt.upload as InSystem;
    this.running--;
    recorder.uploadEnded(upload.index, simulation.now, reason, upload.size);
    if (upload.user !== null) this.population!.ended(upload.user);
  }
}
