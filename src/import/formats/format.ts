/** What every log format gives: one file per format against this one interface. */

/**
 * One line that tells of a request. Instants and times are whole microseconds, sizes bytes; NaN is what the log does
 * not tell.
 */
export interface LoggedRequest {
  /** The instant that the line gives ... */
  readonly at: number;
  /** ... which is that of the request's start or of its end ... */
  readonly anchor: 'start' | 'end';
  /** ... and the microseconds within which it lies. */
  readonly resolution: number;
  /** From start to end. */
  readonly duration: number;
  /** The body came in within this time; longer than its transfer took, never shorter. */
  readonly receiving: number;
  /** Time that a server worked or waited for the answer, without the transfers as far as the log can tell them apart. */
  readonly service: number;
  readonly method: string;
  /** Without the query string, which may hold secrets. */
  readonly path: string;
  readonly status: number;
  readonly requestBytes: number;
  readonly responseBytes: number;
  /** Whether this request stores a file by its kind (a PUT to storage), and not by its size. */
  readonly stores: boolean;
  readonly bucket: string;
  readonly key: string;
}

/** A line that tells of no request that a server or an upload is concerned with. */
export interface Aside {
  /** Why, in a few words, the same for all lines of this sort. */
  readonly aside: string;
  /** It is not a line of this format at all, and is to be shown. */
  readonly malformed: boolean;
}

export type Reading = LoggedRequest | Aside;

export const isAside = (reading: Reading): reading is Aside => 'aside' in reading;

export const malformed = (why: string): Aside => ({ aside: why, malformed: true });

export const setAside = (why: string): Aside => ({ aside: why, malformed: false });

/** What the times and sizes of a format mean, for those who read the scenario that comes of it. */
export interface Meaning {
  readonly start: string;
  readonly size: string;
  readonly uplink: string;
  readonly service: string;
}

/** Reads the lines of one log. */
export interface LogReader {
  /** What kind of log it is, for people. */
  readonly title: string;
  read(line: string): Reading;
  /** How it understood what a line alone does not say. */
  readonly notes: readonly string[];
  readonly meaning: Meaning;
}

export interface LogFormat {
  readonly name: string;
  /** Whether its uploads are told by what they do (a PUT to storage) and not by method and size. */
  readonly ofStorage: boolean;
  /** @param sample the first lines of the log, from which a reader may tell what stands where */
  open(sample: readonly string[]): LogReader;
}
