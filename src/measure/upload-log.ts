/** What became of each upload, in columns that grow: a closed loop offers uploads as it goes. */
export class UploadLog {
  count = 0;
  /** Seconds; NaN where there is none (yet). */
  start: Float64Array;
  end: Float64Array;
  size: Float64Array;
  /** Index into `uploadStatus`. */
  status: Uint8Array;
  /** Index into `failureReasons`, where it failed. */
  reason: Uint8Array;
  attempts: Uint32Array;
  /** Index of the server of the last attempt, -1 for none. */
  server: Int32Array;
  client: Uint16Array;
  bucket: Uint16Array;
  /** The user-visible number of the upload. */
  id: Uint32Array;

  constructor(expected: number) {
    const room = Math.max(16, expected);
    this.start = new Float64Array(room);
    this.end = new Float64Array(room);
    this.size = new Float64Array(room);
    this.status = new Uint8Array(room);
    this.reason = new Uint8Array(room);
    this.attempts = new Uint32Array(room);
    this.server = new Int32Array(room);
    this.client = new Uint16Array(room);
    this.bucket = new Uint16Array(room);
    this.id = new Uint32Array(room);
  }

  /** Adds an upload that has not ended and returns its index. */
  add(id: number, start: number, size: number, client: number, bucket: number): number {
    const index = this.count++;
    if (index === this.start.length) this.grow();
    this.id[index] = id;
    this.start[index] = start;
    this.end[index] = Number.NaN;
    this.size[index] = size;
    this.client[index] = client;
    this.bucket[index] = bucket;
    this.server[index] = -1;
    return index;
  }

  private grow(): void {
    const room = 2 * this.start.length;
    this.start = copyInto(new Float64Array(room), this.start);
    this.end = copyInto(new Float64Array(room), this.end);
    this.size = copyInto(new Float64Array(room), this.size);
    this.status = copyInto(new Uint8Array(room), this.status);
    this.reason = copyInto(new Uint8Array(room), this.reason);
    this.attempts = copyInto(new Uint32Array(room), this.attempts);
    this.server = copyInto(new Int32Array(room), this.server);
    this.client = copyInto(new Uint16Array(room), this.client);
    this.bucket = copyInto(new Uint16Array(room), this.bucket);
    this.id = copyInto(new Uint32Array(room), this.id);
  }
}

function copyInto<T extends { set(from: ArrayLike<number>): void }>(to: T, from: ArrayLike<number>): T {
  to.set(from);
  return to;
}
