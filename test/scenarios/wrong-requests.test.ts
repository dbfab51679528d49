/** scenarios/wrong-requests.yaml: which mistakes fail in which design, and what they cost. */
import { describe, expect, it } from 'vitest';
import { expectBinomial } from './binomial.js';
import {
  eachSeed,
  expectAbout,
  expectBetween,
  failedRows,
  runFile,
  topologyOf,
  uploadsOf,
} from './scenario-file.js';

const file = 'wrong-requests.yaml';
const [bucket, key, method, signature] = [0.02, 0.01, 0.01, 0.005];
const size = 10e6;
const proxies = ['proxy-buffered', 'proxy-streaming'] as const;

const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

/** In the order in which storage looks: signature, method, bucket, key. */
const share = {
  'signature-mismatch': signature,
  'no-such-bucket': (1 - signature) * (1 - method) * bucket,
  'access-denied': (1 - signature) * (method + (1 - method) * (1 - bucket) * key),
};

it('the arithmetic of the comment', () => {
  const all = Object.values(share).reduce((sum, one) => sum + one, 0);
  expect(all).toBeCloseTo(0.044, 3);
  // Any mistake at all, for they are independent.
  expect(all).toBeCloseTo(1 - (1 - bucket) * (1 - key) * (1 - method) * (1 - signature), 12);
  expect(5 * 600 * bucket * size).toBe(600e6);
});

describe.each(proxies)('%s', name => {
  eachSeed(file, run => {
    const { uploads, server } = topologyOf(run, name);
    expect(Object.keys(uploads.failures)).toEqual(['no-such-bucket']);
    expectBinomial(uploads.failed, uploads.offered, bucket);
    // Told after the last byte, and never tried again.
    expect(uploads.attempts).toBe(uploads.offered);
    expect(uploads.wastedBytes).toBe(uploads.failed * size);
    expectAbout(server.bytes, uploads.offered * size, 1e-9);
    // The thread is held for as long as that of any other.
    const table = uploadsOf(run, name);
    const failed = mean(failedRows(table).map(row => table.end[row]! - table.start[row]!));
    expectAbout(failed, topologyOf(run, name).latency.mean!, 0.35);
  });
});

describe('valet-key', () => {
  eachSeed(file, run => {
    const { uploads, storage } = topologyOf(run, 'valet-key');
    for (const [reason, expected] of Object.entries(share)) {
      expectBinomial(uploads.failures[reason]!, uploads.offered, expected);
    }
    expectBinomial(uploads.failed, uploads.offered, 0.0443);
    expect(uploads.attempts).toBe(uploads.offered);
    expect(uploads.wastedBytes).toBe(0);
    // Five round trips, a look-up and a signature: told before the body.
    const table = uploadsOf(run, 'valet-key');
    for (const row of failedRows(table)) expect(table.end[row]! - table.start[row]!).toBeLessThan(0.3);
    expectAbout(storage.bytes, uploads.succeeded * size, 1e-9);
  });
});

describe('the others are as fast as without mistakes', () => {
  const none = 'clients.cable.mistakes={bucket: 0%, key: 0%, method: 0%, signature: 0%}';
  it.each(['proxy-buffered', 'proxy-streaming', 'valet-key'])('%s', async name => {
    const mistaken = topologyOf(await runFile(file), name);
    const without = topologyOf(await runFile(file, { set: [none] }), name);
    expect(without.uploads.failed).toBe(0);
    expectAbout(mistaken.latency.p50, without.latency.p50!, 0.02);
  });
});

it('a server that names the bucket itself fails nothing', async () => {
  const run = await runFile(file, { set: ['clients.cable.mistakes.bucket=0%'] });
  for (const name of proxies) expect(topologyOf(run, name).uploads.failed).toBe(0);
  expectBetween(topologyOf(run, 'valet-key').uploads.failed, 0, 200);
});
