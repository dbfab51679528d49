import { createHash, createHmac } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf } from '../../src/signing/address.js';
import { dateOf, timeZero } from '../../src/signing/clock.js';
import {
  encode,
  exampleCredentials,
  LONGEST_LIFE,
  presign,
  signatureOf,
  signatureOver,
} from '../../src/signing/presign.js';

/** Signature V4 for a presigned URL of S3, step by step as AWS documents it; only `host` is signed. */
function byHand(method: string, url: string): string {
  const [, host, path, query] = /^https:\/\/([^/]+)(\/[^?]*)\?(.*)$/.exec(url)!;
  const signed = query!.split('&').filter(part => !part.startsWith('X-Amz-Signature='));
  const value = (name: string) =>
    decodeURIComponent(signed.find(part => part.startsWith(`${name}=`))!.slice(name.length + 1));
  const canonical = [
    method,
    path,
    signed.sort().join('&'),
    `host:${host}`,
    '',
    'host',
    'UNSIGNED-PAYLOAD',
  ].join('\n');
  const [, day, region] = value('X-Amz-Credential').split('/');
  const toSign = [
    'AWS4-HMAC-SHA256',
    value('X-Amz-Date'),
    `${day}/${region}/s3/aws4_request`,
    createHash('sha256').update(canonical).digest('hex'),
  ].join('\n');
  const hmac = (key: string | Buffer, text: string) => createHmac('sha256', key).update(text).digest();
  const key = [day!, region!, 's3', 'aws4_request'].reduce<string | Buffer>(
    hmac,
    `AWS4${exampleCredentials.secretAccessKey}`,
  );
  return hmac(key, toSign).toString('hex');
}

describe('a presigned URL', () => {
  it("is the one of AWS's documentation", async () => {
    // Amazon S3 API Reference, "Authenticating Requests: Using Query Parameters (AWS Signature Version 4)".
    const url = await presign(
      {
        method: 'GET',
        host: 'examplebucket.s3.amazonaws.com',
        path: '/test.txt',
        date: new Date('2013-05-24T00:00:00Z'),
        expires: 86_400,
        region: 'us-east-1',
      },
      exampleCredentials,
    );
    expect(url).toBe(
      'https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256' +
        '&X-Amz-Credential=AKIAIOSFODNN7EXAMPLE%2F20130524%2Fus-east-1%2Fs3%2Faws4_request' +
        '&X-Amz-Date=20130524T000000Z&X-Amz-Expires=86400&X-Amz-SignedHeaders=host' +
        '&X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404',
    );
    expect(byHand('GET', url)).toBe(signatureOf(url));
  });

  const permission = fc.record({
    method: fc.constantFrom('PUT', 'POST', 'GET'),
    bucket: fc.oneof(
      fc.constantFrom('user-profiles', 'Old_Bucket', 'with.dots'),
      fc.string({ minLength: 1 }),
    ),
    key: fc.oneof(
      fc.constantFrom('a/b c.png', '../x', "it's (1)*!.png", 'ü/日本.png'),
      fc.string({ unit: 'binary' }),
    ),
    seconds: fc.nat({ max: 1e9 }),
    expires: fc.integer({ min: 1, max: LONGEST_LIFE }),
  });

  it('has the signature that an independent computation finds, for any bucket and key', async () => {
    await fc.assert(
      fc.asyncProperty(permission, async ({ method, bucket, key, seconds, expires }) => {
        const region = 'eu-west-3';
        const address = addressOf(bucket, key, region);
        const url = await presign(
          { method, ...address, date: dateOf(seconds), expires, region },
          exampleCredentials,
        );
        expect(signatureOf(url)).toBe(byHand(method, url));
        expect(await signatureOver(method, url, exampleCredentials)).toBe(signatureOf(url));
      }),
      { numRuns: 200, seed: 6 },
    );
  });

  it('does not survive any change', async () => {
    const region = 'us-east-1';
    const address = addressOf('user-profiles', 'avatar-1.png', region);
    const url = await presign(
      { method: 'PUT', ...address, date: dateOf(0), expires: 900, region },
      exampleCredentials,
    );
    const changed: [string, string][] = [
      ['POST', url],
      ['PUT', url.replace('avatar-1', 'avatar-2')],
      ['PUT', url.replace('user-profiles', 'user-profile')],
      ['PUT', url.replace('Expires=900', 'Expires=901')],
      ['PUT', url.replace('T000000Z', 'T000001Z')],
    ];
    for (const [method, other] of changed) {
      expect(await signatureOver(method, other, exampleCredentials)).not.toBe(signatureOf(other));
    }
  });
});

describe('the address of an object', () => {
  it.each([
    ['user-profiles', 'avatar-1.png', 'user-profiles.s3.us-east-1.amazonaws.com', '/avatar-1.png'],
    ['User_Profiles', 'a b/ü.png', 's3.us-east-1.amazonaws.com', '/User_Profiles/a%20b/%C3%BC.png'],
    ['with.dots', "it's", 's3.us-east-1.amazonaws.com', '/with.dots/it%27s'],
    ['ab', 'x', 's3.us-east-1.amazonaws.com', '/ab/x'],
  ])('%s, %s', (bucket, key, host, path) => {
    expect(addressOf(bucket, key, 'us-east-1')).toEqual({ host, path });
  });

  it('escapes all that RFC 3986 does not leave alone, and half a character too', () => {
    expect(encode("AZaz09-._~!'()*/ +\ud800")).toBe('AZaz09-._~%21%27%28%29%2A%2F%20%2B%EF%BF%BD');
  });
});

describe('the date of an instant', () => {
  it('counts whole seconds from the date of simulated time 0', () => {
    expect(timeZero).toBe('2026-01-01T00:00:00Z');
    expect(dateOf(0.999).toISOString()).toBe('2026-01-01T00:00:00.000Z');
    expect(dateOf(960.5).toISOString()).toBe('2026-01-01T00:16:00.000Z');
  });

  it('ends with the year 9999', () => {
    expect(() => dateOf(1e15)).toThrow('dates end with the year 9999');
    expect(() => dateOf(3e11)).toThrow('dates end with the year 9999');
  });
});
