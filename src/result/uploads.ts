/** Every upload of one topology and replication, for the uploads CSV. Instants are NaN where there is none. */
export interface UploadTable {
  readonly topology: string;
  readonly replication: number;
  readonly count: number;
  readonly start: Float64Array;
  readonly end: Float64Array;
  /** Index into `uploadStatus`. */
  readonly status: Uint8Array;
  /** Index into `failureReasons`, read only for failed uploads. */
  readonly reason: Uint8Array;
  readonly attempts: Uint32Array;
  readonly size: Float64Array;
  /** Index into `clients`. */
  readonly client: Uint16Array;
  /** The server that handled the last attempt; -1 where none did. */
  readonly server: Int32Array;
  /** Index into `buckets`. */
  readonly bucket: Uint16Array;
  readonly clients: readonly string[];
  readonly buckets: readonly string[];
}

export const uploadStatus = ['unfinished', 'succeeded', 'failed'] as const;

export type UploadStatus = (typeof uploadStatus)[number];

export const failureReasons = [
  'overloaded',
  'refused',
  'server-crash',
  'out-of-memory',
  'timeout',
  'slow-down',
  'connection-lost',
  'token-expired',
  'no-such-bucket',
  'access-denied',
  'signature-mismatch',
  'disk-full',
  'storage-down',
  'payload-too-large',
  'gateway-timeout',
  'gateway-idle',
  'token-not-yet-valid',
  'too-large',
  'abandoned',
] as const;

export type FailureReason = (typeof failureReasons)[number];
