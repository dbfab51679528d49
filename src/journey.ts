/**
 * The journeys of one upload, `valet-sim/trace@1`: what `trace` prints. Plain JSON: seconds on the scenario's clock,
 * bytes, bytes per second; null where there is no value (an unlimited rate, the end of what has not ended).
 */
import type { FailureReason, UploadStatus } from './result.js';

/** The ways of a token's refusal that can be played on one upload. */
export const plays = ['expired', 'wrong-bucket', 'wrong-key', 'wrong-method', 'tampered'] as const;
export type Play = (typeof plays)[number];

export interface Trace {
  readonly format: 'valet-sim/trace@1';
  readonly version: string;
  readonly scenario: { readonly name: string; readonly file: string; readonly sha256: string };
  readonly seed: string;
  /** Number of the upload, as in the uploads CSV. */
  readonly upload: number;
  readonly play: Play | null;
  /** The instant that simulated time 0 stands for where a date is needed, ISO 8601. */
  readonly timeZero: string;
  /** One for each topology. */
  readonly journeys: readonly Journey[];
  readonly warnings: readonly string[];
}

/** How one upload fared in one topology, among all the others. */
export interface Journey {
  readonly topology: string;
  readonly kind: string;
  /** Uploads that this topology was offered. */
  readonly offered: number;
  readonly file: string;
  readonly bucket: string;
  readonly size: number;
  readonly client: {
    readonly name: string;
    readonly uplink: number | null;
    readonly rtt: { readonly server: number; readonly storage: number };
  };
  readonly servers: number;
  readonly tls: '1.3' | '1.2' | 'none';
  /** Attempts that the client would make. */
  readonly mostAttempts: number;
  readonly start: number;
  /** When the client learnt how it ended; null where it had not at the horizon. */
  readonly end: number | null;
  readonly status: UploadStatus;
  readonly reason: FailureReason | null;
  /** From start to end; of an upload that failed, too. */
  readonly latency: number | null;
  readonly attempts: number;
  /** In the order of their starts; those of the client's own way follow each other without a gap. */
  readonly steps: readonly JourneyStep[];
  /** Seconds of the way spent in each phase; together they are all of it. */
  readonly phases: Readonly<Record<Phase, number>>;
  /** What it has of its servers meanwhile: seconds on a thread, most bytes of memory at once. */
  readonly held: { readonly thread: number; readonly memory: number };
  readonly tokens: readonly SignedUrl[];
  readonly checks: readonly TokenCheck[];
}

/** What time is spent on. */
export const phases = [
  'connecting',
  'messages',
  'waiting',
  'server',
  'slowStart',
  'bytes',
  'storage',
  'client',
  'backOff',
] as const;
export type Phase = (typeof phases)[number];

export const stepTypes = ['handshake', 'request', 'response', 'bytes', 'work', 'wait', 'note'] as const;
export type StepType = (typeof stepTypes)[number];

export interface JourneyStep {
  /**
   * What is done: the verb of the topology's program, or what went wrong (`refusal`, `crash`, `outage`,
   * `connectionLost`, `timeout`, `giveUp`, `backOff`).
   */
  readonly action: string;
  readonly type: StepType;
  readonly phase: Phase;
  /** Counts from 1; of a back-off, the attempt that it waits for. */
  readonly attempt: number;
  /** The step of the valet-key flow: 1 permission, 2 signed URL, 3 upload, 4 confirmation; null for proxies. */
  readonly flow: 1 | 2 | 3 | 4 | null;
  /** `client`, `server N` or `storage`; the same twice for what happens at one place. */
  readonly from: string;
  readonly to: string;
  /** The server through which bytes pass on their way, or null. */
  readonly through: string | null;
  readonly start: number;
  readonly end: number;
  readonly duration: number;
  /** Of the file, of a message, or of memory that is taken (negative: given back); null where none move. */
  readonly bytes: number | null;
  /** Mean over the step. */
  readonly rate: number | null;
  /** What kept the rate from being higher. */
  readonly bound: string | null;
  /** Why it was refused, where it was. */
  readonly reason: FailureReason | null;
  /** Seconds for which the signed URL in the client's hands is still valid when the step ends; negative: expired. */
  readonly tokenLeft: number | null;
  /** The parts of the file that it is about, counted from 1; null where files go as a whole. */
  readonly parts: PartRange | null;
  /** Nobody waits for it: it is no part of the latency. */
  readonly aside: boolean;
}

/** Parts of a file, both included. */
export interface PartRange {
  readonly first: number;
  readonly last: number;
}

/** A temporary, restricted URL: Signature V4, presigned. */
export interface SignedUrl {
  readonly attempt: number;
  /** The parts that were signed together; this URL is that of the first. Null where files go as a whole. */
  readonly parts: PartRange | null;
  readonly method: string;
  readonly bucket: string;
  readonly key: string;
  readonly url: string;
  /** X-Amz-Date and X-Amz-Expires: whole seconds. */
  readonly date: string;
  readonly expires: number;
  readonly signature: string;
  /** Seconds of simulated time; its last valid instant is `issued` + `life`. */
  readonly issued: number;
  readonly ttl: number;
  /** For how long storage honours it: less where clocks differ, or where its credentials end before. */
  readonly life: number;
  readonly validUntil: number;
}

/** What storage compares when the head of a request arrives. */
export interface TokenCheck {
  readonly attempt: number;
  /** The parts whose requests arrive together; this is the first of them. */
  readonly parts: PartRange | null;
  readonly at: number;
  readonly age: number;
  readonly method: string;
  /** As storage receives it. */
  readonly url: string;
  readonly fields: readonly CheckedField[];
  /** Null where the request was let in. */
  readonly reason: FailureReason | null;
}

export interface CheckedField {
  readonly field: 'method' | 'bucket' | 'key' | 'expiry' | 'signature' | 'size';
  readonly signed: string;
  readonly received: string;
  readonly verdict:
    | 'same'
    | 'differs'
    | 'valid'
    | 'expired'
    | 'not yet valid'
    | 'no such bucket'
    | 'small enough'
    | 'too large';
  readonly ok: boolean;
}
