/** scenarios/multipart-video.yaml: what parts save of uploads that take long, by arithmetic and by simulation. */
import { describe, expect, it } from 'vitest';
import { expectBinomial } from './binomial.js';
import { eachSeed, expectAbout, runFile, topologyOf } from './scenario-file.js';

const file = 'multipart-video.yaml';
const size = 300e6;
const part = 5 * 2 ** 20;
const sigma = Math.sqrt(Math.log(1 + 0.8 ** 2));

/** The share of uplinks below so many bits per second: Phi((ln x - ln median) / sigma), by the trapezoidal rule. */
function slower(bps: number): number {
  const x = Math.log(bps / 6e6) / sigma;
  const step = 1e-4;
  let sum = 0;
  for (let z = -10; z < x; z += step) sum += Math.exp(-(z ** 2) / 2) * step;
  return sum / Math.sqrt(2 * Math.PI);
}

/** Uplinks that need longer than the timeout for the whole file, or than a URL lives for all parts but the last. */
const tooSlow = (8 * size) / 600;
const parts = Math.ceil(size / part);
const before = 6 * Math.floor((parts - 1) / 6);
const late = (8 * before * part) / 900;

it('the arithmetic of the comment', () => {
  expect(tooSlow).toBeCloseTo(4e6, 6);
  expect(slower(tooSlow)).toBeCloseTo(0.28, 2);
  expect([parts, before]).toEqual([58, 54]);
  expect(late).toBeCloseTo(2.517e6, -4);
  expect(slower(late)).toBeCloseTo(0.108, 2);
  expect((8 * 6 * part) / 6e6).toBeCloseTo(42, 0);
  expect((8 * 6 * part) / 600).toBeCloseTo(0.42e6, -4);
  expect((1.22 * 1460) / (0.07 * Math.sqrt(0.001))).toBeCloseTo(805e3, -3);
});

describe('in one piece', () => {
  eachSeed(file, run => {
    const { uploads } = topologyOf(run, 'valet-key');
    expectBinomial(uploads.failed, uploads.offered, slower(tooSlow));
    expect(Object.keys(uploads.failures)).toEqual(['token-expired']);
    // Twice ten minutes of the uplink of each.
    expect(uploads.wastedBytes).toBeGreaterThan(0.4 * uploads.succeeded * size);
  });
});

describe('signed up front, and never asked for again', () => {
  eachSeed(file, run => {
    const { uploads, storage } = topologyOf(run, 'upfront once');
    expectBinomial(uploads.failed, uploads.offered, slower(late));
    expect(Object.keys(uploads.attemptFailures)).toEqual(['token-expired']);
    expect(storage.abandonedBytes).toBe(storage.abandonedParts! * part);
    expect(uploads.wastedBytes).toBe(storage.abandonedBytes);
  });
});

describe('signed up front, with three attempts', () => {
  eachSeed(file, run => {
    const { uploads } = topologyOf(run, 'upfront');
    expect(uploads.failed).toBeLessThanOrEqual(0.01 * uploads.offered);
  });
});

describe('signed just in time', () => {
  eachSeed(file, run => {
    const { uploads, storage } = topologyOf(run, 'just in time');
    expect(uploads).toMatchObject({ succeeded: 300, attempts: 300, wastedBytes: 0 });
    expect(storage.requestKinds).toEqual({ create: 300, uploadPart: 300 * parts, complete: 300 });
  });
});

it('nobody is faster for parts while the uplink limits', async () => {
  const run = await runFile(file);
  const whole = topologyOf(run, 'valet-key').completion.p50;
  expectAbout(topologyOf(run, 'just in time').completion.p50, whole!, 0.03);
});
