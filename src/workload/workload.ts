import type { ConnectionLife } from '../scenario/types.js';

/**
 * What is asked of the system, drawn once from a scenario and a seed and replayed by every topology.
 * The workload knows no topology: the same arrays are read, never written, by each replay.
 */

/** Where the instants of a stream of jobs come from. */
export interface JobStream {
  /** Number of jobs of an open stream; 0 for a closed one, whose arrivals follow from the replay. */
  readonly count: number;
  /** Seconds, ascending; ties keep the order of `id`. */
  readonly start: Float64Array;
  /** The user-visible number of each job: its row in the trace, else its order of arrival. */
  readonly id: Uint32Array;
  /** Think-time population of a closed loop, or null. */
  readonly closed: {
    readonly users: number;
    readonly until: number;
    think(user: number, turn: number): number;
  } | null;
}

/** The properties of an upload. */
export interface UploadDraw {
  size: number;
  client: number;
  bucket: number;
  file: number;
  weight: number;
  uplink: number;
  downlink: number;
  rttServer: number;
  rttStorage: number;
  loss: number;
  /** Bit set of `Mistake`. */
  mistakes: number;
}

/** One property of all jobs of an open stream, by job. */
export type Property = (job: number) => number;

export type UploadProperties = { readonly [K in keyof UploadDraw]: Property };

export interface UploadStream extends JobStream {
  /** Those of an open stream's jobs stay where they are: millions of uploads in flight need no copies. */
  readonly properties: UploadProperties;
  /** Fills `into` with the properties of user's turn of a closed stream. */
  readTurn(user: number, turn: number, into: UploadDraw): void;
}

/** The properties of a background request. */
export interface RequestDraw {
  client: number;
  request: number;
  response: number;
  service: number;
  uplink: number;
  downlink: number;
  rttServer: number;
  rttStorage: number;
  loss: number;
}

export interface RequestStream extends JobStream {
  readonly name: string;
  read(index: number, into: RequestDraw): void;
  readTurn(user: number, turn: number, into: RequestDraw): void;
}

/** What an upload asks for wrongly, as bits. */
export const Mistake = { bucket: 1, key: 2, method: 4, signature: 8 } as const;

export interface Workload {
  readonly uploads: UploadStream;
  readonly background: readonly RequestStream[];
  /** Names of client classes, buckets and files that indices refer to. */
  readonly clients: readonly string[];
  readonly buckets: readonly string[];
  readonly files: readonly string[];
  /** How long connections last, by class of clients; null where none ever breaks by itself. */
  readonly drops: readonly ConnectionLife[] | null;
}
