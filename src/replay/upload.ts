import type { ValetStep } from '../topologies/topology.js';
import { Mistake } from '../workload/workload.js';
import type { ClientLink } from './host.js';
import type { Server } from './server.js';

/** One upload as all its attempts see it. */
export interface Upload extends ClientLink {
  readonly index: number;
  /** Index of the class of its client. */
  readonly client: number;
  /** Bytes. */
  readonly size: number;
  /** Bit set of `Mistake`. */
  readonly mistakes: number;
  /** Storage has a bucket of that name. */
  readonly bucketExists: boolean;
  /** It has received a signed URL before. */
  hasHadToken: boolean;
  /** Keys what is drawn for it, and from where on its attempts are counted. */
  readonly item: number;
  readonly turn: number;
}

/** What one attempt hands on to the next. */
export interface Progress {
  readonly step: ValetStep;
  /** When the URL that the client holds was signed; null where it has none. */
  readonly tokenSigned: number | null;
  /** The server to which the connection of the permission is still open. */
  readonly keptAlive: Server | null;
}

/** It names a bucket that storage does not have. */
export function asksForMissingBucket(upload: Upload): boolean {
  return !upload.bucketExists || (upload.mistakes & Mistake.bucket) !== 0;
}
