import type { CheckedField, SignedUrl, TokenCheck } from '../journey.js';
import type { AttemptNotes, Stage } from '../replay/watch.js';
import type { FailureReason } from '../result.js';
import { addressOf } from '../signing/address.js';
import { dateOf } from '../signing/clock.js';
import { exampleCredentials, LONGEST_LIFE, presign, signatureOf, signatureOver } from '../signing/presign.js';
import { Mistake } from '../workload/workload.js';
import type { Watched } from './journey.js';

const REGION = 'us-east-1';
const METHOD = 'PUT';

/** The names that an upload asks for. */
export interface Asked {
  readonly bucket: string;
  readonly key: string;
}

/** A request as storage sees it. */
interface Received extends Asked {
  readonly method: string;
  readonly url: string;
  readonly expires: number;
}

/** Signs each URL that the servers issued, and does what storage does with each that was presented. */
export async function tokensOf(watched: Watched, asked: Asked) {
  const tokens: SignedUrl[] = [];
  const checks: TokenCheck[] = [];
  for (const notes of watched.watch.attempts) {
    for (const stage of notes.stages) {
      if (stage.verb === 'issueToken') tokens.push(await sign(watched, asked, notes.number, stage));
      const token = tokens.at(-1);
      if (isPresented(stage) && token !== undefined && isLookedAt(stage, notes))
        checks.push(await check(watched, token, notes, stage));
    }
  }
  return { tokens, checks };
}

const isPresented = ({ verb }: Stage): boolean => verb === 'presentToken' || verb === 'presentTokens';

/** A request over storage's rate is sent away before anyone looks at its token. */
function isLookedAt({ at }: Stage, { refusal }: AttemptNotes): boolean {
  return refusal === null || refusal.at !== at || refusal.reason !== 'slow-down';
}

async function sign(
  watched: Watched,
  asked: Asked,
  attempt: number,
  { at, parts }: Stage,
): Promise<SignedUrl> {
  const { bucket, key } = asked;
  const { ttl, clockSkew } = watched.spec.valetKey;
  const issued = watched.clock(at);
  const life = watched.tokens.lifeOf(at);
  const date = dateOf(issued - clockSkew);
  // Signature V4 knows whole seconds only.
  const expires = Math.max(1, Math.round(ttl));
  const query = parts === null ? {} : queryOf(parts.first, watched.watch.id);
  const permission = {
    method: METHOD,
    ...addressOf(bucket, key, REGION),
    query,
    date,
    expires,
    region: REGION,
  };
  const url = await presign(permission, exampleCredentials);
  return {
    attempt,
    parts,
    method: METHOD,
    bucket,
    key,
    url,
    date: date.toISOString(),
    expires,
    signature: signatureOf(url),
    issued,
    ttl,
    life,
    validUntil: issued + life,
  };
}

async function check(
  watched: Watched,
  token: SignedUrl,
  { number: attempt, refusal }: AttemptNotes,
  { at: instant, parts }: Stage,
): Promise<TokenCheck> {
  const own = await ofPart(token, parts, watched);
  const received = receivedOf(watched, own);
  const { method, url } = received;
  const at = watched.clock(instant);
  const reason = refusal?.at === instant ? refusal.reason : null;
  const ours = await signatureOver(method, url, exampleCredentials);
  const bucketExists = watched.spec.storage.buckets.includes(received.bucket);
  const fields = [
    compared('method', token.method, method),
    bucketExists || received.bucket !== token.bucket
      ? compared('bucket', token.bucket, received.bucket)
      : { ...compared('bucket', token.bucket, token.bucket), verdict: 'no such bucket' as const, ok: false },
    compared('key', token.key, received.key),
    expiry(token, received, reason),
    compared('signature', own.signature, ours),
    ...size(watched),
  ];
  return { attempt, parts, at, age: at - token.issued, method, url, fields, reason };
}

/** Which part of which upload a request is. */
function queryOf(part: number, upload: number): Readonly<Record<string, string>> {
  return { partNumber: String(part), uploadId: `example-upload-${upload}` };
}

/** The URL of the first of some parts, of those that were signed together. */
async function ofPart(token: SignedUrl, parts: Stage['parts'], { watch }: Watched): Promise<SignedUrl> {
  if (parts === null || parts.first === token.parts?.first) return token;
  const { bucket, key, method, expires } = token;
  const query = queryOf(parts.first, watch.id);
  const date = new Date(token.date);
  const permission = { method, ...addressOf(bucket, key, REGION), query, date, expires, region: REGION };
  const url = await presign(permission, exampleCredentials);
  return { ...token, url, signature: signatureOf(url) };
}

function compared(field: CheckedField['field'], signed: string, received: string): CheckedField {
  const ok = signed === received;
  return { field, signed, received, verdict: ok ? 'same' : 'differs', ok };
}

function expiry(token: SignedUrl, received: Received, reason: FailureReason | null): CheckedField {
  const field = compared('expiry', String(token.expires), String(received.expires));
  if (!field.ok) return field;
  if (reason === 'token-expired') return { ...field, verdict: 'expired', ok: false };
  if (reason === 'token-not-yet-valid') return { ...field, verdict: 'not yet valid', ok: false };
  return { ...field, verdict: 'valid' };
}

/** Where sizes are limited: the largest one and that of the file, in bytes. */
function size({ spec, watch }: Watched): CheckedField[] {
  const { maxSize } = spec.valetKey;
  const bytes = watch.upload!.size;
  if (maxSize === Number.POSITIVE_INFINITY) return [];
  const ok = bytes <= maxSize;
  const verdict = ok ? 'small enough' : 'too large';
  return [{ field: 'size', signed: String(maxSize), received: String(bytes), verdict, ok }];
}

/** The request that this client makes with the URL, with the mistakes that the workload says it makes. */
function receivedOf({ spec, watch }: Watched, token: SignedUrl): Received {
  const { mistakes } = watch.upload!;
  const makes = (mistake: number) => (mistakes & mistake) !== 0;
  const bucket = makes(Mistake.bucket) ? missingBucket(token.bucket, spec.storage.buckets) : token.bucket;
  const key = makes(Mistake.key) ? `not-${token.key}` : token.key;
  // A form upload in place of the PUT that was signed.
  const method = makes(Mistake.method) ? 'POST' : token.method;
  const expires = makes(Mistake.signature) ? longerThan(token.expires) : token.expires;
  const { host, path } = addressOf(bucket, key, REGION);
  const query = token.url
    .slice(token.url.indexOf('?'))
    .replace(`X-Amz-Expires=${token.expires}`, `X-Amz-Expires=${expires}`);
  return { method, bucket, key, expires, url: `https://${host}${path}${query}` };
}

function missingBucket(bucket: string, existing: readonly string[]): string {
  let name = `${bucket}-2`;
  while (existing.includes(name)) name += '2';
  return name;
}

/** What a client would like its URL to say: a week, the longest that there is. */
function longerThan(expires: number): number {
  return expires < LONGEST_LIFE ? LONGEST_LIFE : LONGEST_LIFE - 1;
}
