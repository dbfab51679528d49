import type { FailureReason } from '../result.js';
import type { PartedJob } from '../topologies/topology.js';
import type { UploadDraw } from '../workload/workload.js';

/** The verbs of a job, and what a gateway does that no topology knows of. */
export type Verb =
  | {
      [K in keyof PartedJob]: PartedJob[K] extends (...args: never[]) => unknown ? K : never;
    }[keyof PartedJob]
  | 'toGateway';

/** A verb that a topology's program called: a stage that lasts until it calls the next. Seconds, replay's clock. */
export interface Stage {
  readonly verb: Verb;
  readonly at: number;
  /** Name of the host or of the route that it is about. */
  readonly about: string | null;
  /** Bytes that it is given, or moves of the file. */
  readonly bytes: number | null;
  /** Parts of the file that it is about, counted from 1; null where it is about none. */
  readonly parts: { readonly first: number; readonly last: number } | null;
}

/** What was noted of one attempt. */
export interface AttemptNotes {
  /** Counts from 1. */
  readonly number: number;
  began: number;
  readonly stages: Stage[];
  /** A no of the server or of storage: when, and through which server it travels back. */
  refusal: { readonly reason: FailureReason; readonly at: number; readonly by: string } | null;
  /** A refusal by storage comes to the server that will pass it on. */
  relayed: { readonly server: string; at: number } | null;
  /** The gateway answered in the server's stead. */
  cutOff: { readonly reason: FailureReason; readonly at: number } | null;
  /** The server died, and which; of a scheduled fault, or for lack of memory. */
  crash: { readonly at: number; readonly server: string; readonly scheduled: boolean } | null;
  /** Storage went down with the attempt's connection. */
  outage: number | null;
  /** File bytes that have left the client. */
  sent: number;
  /** Stays on a thread. */
  readonly threads: { readonly from: number; to: number }[];
  /** The client learns how it ended; NaN until then. */
  ended: number;
  reason: FailureReason | null;
  /** Work for a client that has gone comes to its end; NaN where there is none. */
  endedAlone: number;
}

/** Watches one upload: each verb that its attempts call, and what becomes of them. */
export class Watch {
  readonly attempts: AttemptNotes[] = [];
  /** Its properties, once it has arrived. */
  upload: UploadDraw | null = null;
  /** Its place in the log of the replay; -1 until it arrives. */
  index = -1;

  /**
   * @param id number of the upload, as users see it.
   * @param mistakes bit set of `Mistake` that this upload makes beside its own.
   * @param lateUse seconds from its first signed URL to its use, in place of what it would draw.
   */
  constructor(
    readonly id: number,
    readonly mistakes = 0,
    readonly lateUse: number | null = null,
  ) {}

  /** The upload has arrived. */
  meet(upload: UploadDraw, index: number): void {
    this.upload = upload;
    this.index = index;
  }
}
