/**
 * When an upload is tried again. Each attempt takes 2 s, the client's timeout: at 1 byte/s nothing gets through.
 * Pauses: min(1.2, 0.5 x 2^n) = 0.5, 1, 1.2. The jitter is random: seeds are fixed, the false-alarm rate stated.
 */
import { describe, expect, it } from 'vitest';
import type { ClientBehaviour } from '../../src/scenario/types.js';
import { byHand, kinds, network } from './by-hand.js';

type Jitter = ClientBehaviour['retry']['jitter'];

const client = (jitter: Jitter, attempts = 4) => ({
  timeout: 2,
  retry: { attempts, base: 0.5, cap: 1.2, jitter },
});

const stuck = { start: 10, size: 1e6, uplink: 1 };

describe.each(kinds)('%s', kind => {
  it('pauses twice as long each time, up to the cap', () => {
    const [upload] = byHand(kind, { client: client('none') }, { uploads: [stuck] }).uploads;
    expect(upload).toMatchObject({ status: 'failed', reason: 'timeout', attempts: 4 });
    expect(upload!.end).toBeCloseTo(10 + 4 * 2 + (0.5 + 1 + 1.2), 9);
  });

  it('counts the first attempt', () => {
    const [upload] = byHand(kind, { client: client('none', 1) }, { uploads: [stuck] }).uploads;
    expect(upload).toMatchObject({ attempts: 1, end: 12 });
  });
});

/** The pauses of many uploads, in sum. */
function pauses(jitter: Jitter, seed: string): number[] {
  const uploads = Array.from({ length: 4000 }, () => stuck);
  return byHand('proxy-streaming', { client: client(jitter) }, { uploads }, { seed }).uploads.map(
    ({ end }) => end - 10 - 8,
  );
}

/**
 * Sums of three independent uniforms: mean and variance are known, so the mean over n = 4,000 lies within 5 standard
 * errors of it but for one seed in 1.7 million, and so does the variance (of a bounded sum, kurtosis < 3: its
 * standard error is below sqrt(2 / n) of it).
 */
function isJittered(jitter: Jitter, shortest: number, spread: number): void {
  const longest = 0.5 + 1 + 1.2;
  const sums = pauses(jitter, 'jitter');
  const n = sums.length;
  const mean = sums.reduce((sum, x) => sum + x, 0) / n;
  const variance = sums.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (n - 1);
  const trueVariance = (spread ** 2 * (0.5 ** 2 + 1 + 1.2 ** 2)) / 12;
  for (const sum of sums) {
    expect(sum).toBeGreaterThanOrEqual(shortest * longest - 1e-9);
    expect(sum).toBeLessThanOrEqual(longest + 1e-9);
  }
  expect(Math.abs(mean - (shortest + spread / 2) * longest)).toBeLessThan(5 * Math.sqrt(trueVariance / n));
  expect(Math.abs(variance / trueVariance - 1)).toBeLessThan(5 * Math.sqrt(2 / n));
}

it('full jitter: uniform from 0 to the pause', () => isJittered('full', 0, 1));
it('equal jitter: half of the pause, and uniform from 0 to the other half', () =>
  isJittered('equal', 0.5, 0.5));

it('what one upload draws does not depend on the others', () => {
  const alone = byHand('proxy-streaming', { client: client('full') }, { uploads: [stuck] }).uploads[0]!;
  const many = byHand(
    'proxy-streaming',
    { client: client('full') },
    { uploads: [stuck, stuck, stuck] },
  ).uploads;
  expect(many[0]!.end).toBe(alone.end);
  expect(many[1]!.end).not.toBe(alone.end);
  const other = byHand(
    'proxy-streaming',
    { client: client('full') },
    { uploads: [stuck] },
    { seed: 'other' },
  );
  expect(other.uploads[0]!.end).not.toBe(alone.end);
});

describe('what is not tried again', () => {
  const retry = { attempts: 5, base: 1, cap: 60, jitter: 'none' as const };
  const ask = (kind: (typeof kinds)[number], upload: object) =>
    byHand(kind, { client: { retry }, server: network(1e6) }, { uploads: [{ start: 0, ...upload }] });

  it.each([
    [1, 'no-such-bucket'],
    [2, 'access-denied'],
    [4, 'access-denied'],
    [8, 'signature-mismatch'],
  ])('mistake %d: %s', (mistakes, reason) => {
    const { uploads } = ask('valet-key', { mistakes, rttServer: 0.2, rttStorage: 0.1 });
    expect(uploads[0]).toMatchObject({ status: 'failed', reason, attempts: 1 });
    // Two round trips to the server; TCP and the exchange with storage, which says no before any byte of the file.
    expect(uploads[0]!.end).toBeCloseTo(2 * 0.2 + 2 * 0.1, 9);
  });

  it('a bucket that does not exist: through a proxy the 404 comes after all bytes', () => {
    const server = network(1e6);
    const upload = { start: 0, size: 3e6, bucket: 1, rttServer: 0.2 };
    const run = (kind: (typeof kinds)[number]) =>
      byHand(kind, { client: { retry }, server }, { uploads: [upload] });
    const streamed = run('proxy-streaming');
    expect(streamed.uploads[0]).toMatchObject({ reason: 'no-such-bucket', attempts: 1 });
    expect(streamed.uploads[0]!.end).toBeCloseTo(0.4 + 3, 9);
    expect(streamed.recorder.wastedBytes).toBeCloseTo(3e6, 3);
    expect(run('proxy-buffered').uploads[0]!.end).toBeCloseTo(0.4 + 6, 9);
    const direct = run('valet-key');
    expect(direct.uploads[0]!.end).toBeCloseTo(0.4, 9);
    expect(direct.recorder.wastedBytes).toBe(0);
  });
});
