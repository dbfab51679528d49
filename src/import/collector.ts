/** Logged requests -> uploads and background requests, as columns of numbers; and why others are neither. */
import { KeyedUniforms, sequence, type Uniforms } from '../kernel/random.js';
import { sample } from '../workload/sample.js';
import { Account } from './account.js';
import { Groups } from './classes.js';
import { indices, numbers } from './columns.js';
import type { LoggedRequest } from './formats/format.js';
import { second } from './instants.js';
import { isName } from './names.js';
import { minSizeOf, type Rules } from './rules.js';

const bodied = new Set(['PUT', 'POST', 'PATCH']);

/** Microseconds below which a time in milliseconds says too little about a rate. */
const leastReceiving = 10_000;

const mostBuckets = 10_000;
const longestBucket = 100;
const longestKey = 1000;
/** Different names that a trace may have. */
const mostKeys = 10_000_000;

/** Reason of a request that may be an upload, of which the log does not tell. */
export const unknownSize = 'PUT, POST and PATCH whose size the log does not tell';

export class Collector {
  readonly account = new Account();
  readonly groups = new Groups();

  /** Columns of uploads: microseconds since 1970, bytes, bytes per second (NaN: unknown), number of the bucket. */
  readonly starts = numbers();
  readonly sizes = numbers();
  readonly uplinks = numbers();
  readonly bucketOf = indices();
  /** Names of buckets; 0 is none. */
  readonly buckets: string[] = [''];
  readonly keys: string[] = [];

  /** Columns of background requests. */
  readonly requestStarts = numbers();
  readonly requestSizes = numbers();
  readonly responses = numbers();
  readonly services = numbers();
  readonly groupOf = indices();

  /** Instants of the first start and the last end of what was taken. */
  first = Number.POSITIVE_INFINITY;
  last = Number.NEGATIVE_INFINITY;
  /** Requests whose instant is known to the second only, and uploads whose start is that of their end. */
  coarse = 0;
  startless = 0;
  drawn = 0;
  /** Uploads that failed and were taken all the same. */
  failed = 0;

  readonly #rules: Rules;
  readonly #bucketNumbers = new Map<string, number>([['', 0]]);
  readonly #within = new KeyedUniforms('valet-sim import', 'within the second');
  readonly #sizesToDraw: Uniforms = sequence('valet-sim import', 'sizes');

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  add(request: LoggedRequest): void {
    const start = this.#startOf(request);
    if (start < this.#rules.from || start >= this.#rules.until) {
      this.account.skip('outside of --from and --until');
      return;
    }
    const least = minSizeOf(this.#rules, request.stores);
    const size = request.requestBytes;
    if (!this.#mayBeUpload(request)) this.#addBackground(request, start);
    else if (Number.isNaN(size) && this.#rules.sizes === null)
      this.account.skip(failureOf(request.status) ?? unknownSize);
    else if (size < least && request.stores) this.account.skip('files below --min-size');
    else if (size < least) this.#addBackground(request, start);
    else this.#addUpload(request, start);
  }

  #mayBeUpload({ method, path, stores }: LoggedRequest): boolean {
    if (stores) return true;
    const { uploadPaths } = this.#rules;
    return (
      bodied.has(method) && (uploadPaths.length === 0 || uploadPaths.some(prefix => path.startsWith(prefix)))
    );
  }

  /** A start in whole microseconds. Seconds are spread evenly at random, always in the same way. */
  #startOf({ at, anchor, duration, resolution }: LoggedRequest): number {
    const spread = this.#rules.spread && resolution >= second;
    const offset = spread
      ? Math.floor(this.#within.at(this.account.lines % 2 ** 32).double() * resolution)
      : 0;
    const before = anchor === 'start' || Number.isNaN(duration) ? 0 : duration;
    return at + offset - before;
  }

  #addUpload(request: LoggedRequest, start: number): void {
    const { status, requestBytes, receiving } = request;
    const failure = failureOf(status);
    if (failure !== undefined && !this.#rules.failed) {
      this.account.skip(failure);
      return;
    }
    if (failure !== undefined) this.failed += 1;
    const drawn = Number.isNaN(requestBytes);
    if (drawn) this.drawn += 1;
    const size = drawn
      ? Math.max(1, Math.round(sample(this.#rules.sizes!, this.#sizesToDraw)))
      : requestBytes;
    const honest = this.#rules.uplinks && !drawn && failure === undefined && receiving >= leastReceiving;
    this.starts.push(start);
    this.sizes.push(size);
    this.uplinks.push(honest ? Math.round((size / receiving) * second) : Number.NaN);
    this.bucketOf.push(this.#bucketNumber(request.bucket));
    if (this.#rules.keys && request.stores && this.starts.length <= mostKeys)
      this.keys[this.starts.length - 1] = keyOf(request.key);
    if (request.anchor === 'end' && Number.isNaN(request.duration)) this.startless += 1;
    this.account.uploads += 1;
    this.#note(request, start);
  }

  #addBackground(request: LoggedRequest, start: number): void {
    if (this.#rules.groups === 0) {
      this.account.skip('other requests (no background wanted)');
      return;
    }
    const { status, service } = request;
    this.requestStarts.push(start);
    this.requestSizes.push(request.requestBytes);
    this.responses.push(request.responseBytes);
    // A server that gave up or broke down did not work for so long.
    this.services.push(status < 500 && !gaveUp(status) ? service : Number.NaN);
    this.groupOf.push(this.groups.add(request.method, request.path));
    this.account.background += 1;
    this.#note(request, start);
  }

  #note({ duration, resolution }: LoggedRequest, start: number): void {
    if (resolution >= second) this.coarse += 1;
    this.first = Math.min(this.first, start);
    this.last = Math.max(this.last, Number.isNaN(duration) ? start : start + duration);
  }

  #bucketNumber(text: string): number {
    const known = this.#bucketNumbers.get(text);
    if (known !== undefined) return known;
    const name = ownText(text);
    const fits = this.buckets.length < mostBuckets && name.length <= longestBucket && isName(name);
    if (!fits) return 0;
    this.#bucketNumbers.set(name, this.buckets.length);
    this.buckets.push(name);
    return this.buckets.length - 1;
  }
}

/** Why an upload failed, or undefined. A redirect after a form was sent is a success. */
function failureOf(status: number): string | undefined {
  if (status >= 200 && status < 400) return undefined;
  if (gaveUp(status)) return 'failed uploads: given up by the client (499, 460 or no status)';
  return status < 500 ? 'failed uploads: refused (4xx)' : 'failed uploads: broken (5xx)';
}

/** nginx writes 499 and an Application Load Balancer 460 when the client closes the connection. */
const gaveUp = (status: number): boolean => status === 499 || status === 460 || status < 200;

function keyOf(text: string): string {
  const key = ownText(text);
  return key.length <= longestKey && isName(key) ? key : '';
}

/** The text as UTF-8, in memory of its own and not in that of the line that it was cut from. */
const ownText = (text: string): string => Buffer.from(text, 'latin1').toString('utf8');
