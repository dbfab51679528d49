import { Sha256 } from '@aws-crypto/sha256-js';
import { SignatureV4 } from '@smithy/signature-v4';

/** Who signs. */
export interface Credentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
}

/** The credentials of the examples in AWS's own documentation: they open nothing. */
export const exampleCredentials: Credentials = {
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
};

/** A week: the longest life that Signature V4 allows a presigned URL, seconds. */
export const LONGEST_LIFE = 604_800;

/** What a presigned URL permits. */
export interface Permission {
  readonly method: string;
  readonly host: string;
  /** As it stands in the URL, percent-encoded. */
  readonly path: string;
  /** Parameters that are signed beside those of the signature. */
  readonly query?: Readonly<Record<string, string>>;
  readonly date: Date;
  /** Whole seconds, 1 to `LONGEST_LIFE`. */
  readonly expires: number;
  readonly region: string;
}

/** The parameters that signing adds, in the order of AWS's documentation. */
const parameters = ['Algorithm', 'Credential', 'Date', 'Expires', 'SignedHeaders', 'Signature'].map(
  name => `X-Amz-${name}`,
);

/** The body is not known when its URL is signed. */
const payload = 'x-amz-content-sha256';

/**
 * Signs a URL for Amazon S3 with Signature Version 4 in its query ("Authenticating Requests: Using Query
 * Parameters"): host signed, payload not.
 */
export async function presign(permission: Permission, credentials: Credentials): Promise<string> {
  const { method, host, path, query: own = {}, date, expires, region } = permission;
  const signer = new SignatureV4({
    credentials,
    region,
    service: 's3',
    sha256: Sha256,
    // S3 takes paths as they are; other services escape them twice.
    uriEscapePath: false,
    applyChecksum: false,
  });
  const request = {
    method,
    protocol: 'https:',
    hostname: host,
    path,
    query: { ...own },
    headers: { host, [payload]: 'UNSIGNED-PAYLOAD' },
  };
  const options = {
    signingDate: date,
    expiresIn: expires,
    unhoistableHeaders: new Set([payload]),
    unsignableHeaders: new Set([payload]),
  };
  const { query } = await signer.presign(request, options);
  const names = [...Object.keys(own), ...parameters];
  const signed = names.map(name => `${name}=${encode(String(query?.[name]))}`);
  return `https://${host}${path}?${signed.join('&')}`;
}

/** What storage does with a request: signs again what it sees, with the same secret, and compares. */
export async function signatureOver(method: string, url: string, credentials: Credentials): Promise<string> {
  const { host, path, query } = partsOf(url);
  const [, , region = ''] = (query.get('X-Amz-Credential') ?? '').split('/');
  const date = dateOf(query.get('X-Amz-Date') ?? '');
  const expires = Number(query.get('X-Amz-Expires'));
  const own = Object.fromEntries([...query].filter(([name]) => !parameters.includes(name)));
  return signatureOf(await presign({ method, host, path, query: own, date, expires, region }, credentials));
}

/** The signature that a URL carries. */
export function signatureOf(url: string): string {
  return partsOf(url).query.get('X-Amz-Signature') ?? '';
}

/** Not by `URL`, which resolves `..` in a path: to storage it is a key like any other. */
function partsOf(url: string) {
  const [, host = '', path = '', query = ''] = /^https:\/\/([^/]+)([^?]*)\?(.*)$/.exec(url) ?? [];
  return { host, path, query: new URLSearchParams(query) };
}

/** RFC 3986: everything but letters, digits and `-._~`. */
export function encode(text: string): string {
  return encodeURIComponent(text.replace(/\p{Surrogate}/gu, '\ufffd')).replace(
    /[!'()*]/g,
    mark => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

/** `20130524T000000Z`, as in X-Amz-Date. */
function dateOf(short: string): Date {
  return new Date(short.replace(/^(....)(..)(..T..)(..)(..Z)$/, '$1-$2-$3:$4:$5'));
}
