import type { UploadDraw, UploadProperties } from '../workload/workload.js';
import type { User } from './population.js';
import type { Upload } from './upload.js';

/** What an upload in the system has of its own, beside its properties. */
export interface InSystem extends Upload {
  index: number;
  /** Whose turn it is, in a closed loop. */
  readonly user: User | null;
}

/** The properties of an open stream's uploads, by job, at a site that has some buckets and not others. */
export interface OpenProperties extends UploadProperties {
  readonly bucketExists: (job: number) => boolean;
}

/**
 * An upload of an open stream. Its properties stay in the workload's columns: copied, they would be the largest part
 * of what is kept of a million uploads in flight.
 */
export class OpenUpload implements InSystem {
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
  get client(): number {
    return this.properties.client(this.item);
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
export class WatchedUpload extends OpenUpload {
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

/** One turn of a user. Its properties begin as NaN, not 0, so that the engine takes them for doubles at once. */
export class TurnUpload implements InSystem, UploadDraw {
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
