import { encode } from './presign.js';

/** Where an object is found in Amazon S3. */
export interface Address {
  readonly host: string;
  /** Percent-encoded. */
  readonly path: string;
}

/** Names that can stand in a host name under a wildcard certificate; dots cannot. */
const dnsName = /^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/;

/** Virtual-hosted style where the bucket's name allows it, else path style. */
export function addressOf(bucket: string, key: string, region: string): Address {
  const host = `s3.${region}.amazonaws.com`;
  const path = `/${key.split('/').map(encode).join('/')}`;
  return dnsName.test(bucket)
    ? { host: `${bucket}.${host}`, path }
    : { host, path: `/${encode(bucket)}${path}` };
}
