/** scenarios/late-tokens.yaml: how many URLs are used too late, by arithmetic and by simulation. */
import { describe, expect, it } from 'vitest';
import { expectBinomial } from './binomial.js';
import { eachSeed, expectBetween, runFile, topologyOf } from './scenario-file.js';

const file = 'late-tokens.yaml';
const median = 60;
const sigma = Math.sqrt(Math.log(1 + 1.3108 ** 2));
/** From the signing to the head at storage, beside the wait: half a round trip back, two to connect, half one out. */
const onTheWay = 3 * 0.024;

/** 1 - Phi(x), by the trapezoidal rule. */
function upperTail(x: number): number {
  const step = 1e-4;
  let sum = 0;
  for (let z = x + step / 2; z < 10; z += step) sum += Math.exp((-z * z) / 2) * step;
  return sum / Math.sqrt(2 * Math.PI);
}

const late = (life: number) => upperTail(Math.log((life - onTheWay) / median) / sigma);

it('the arithmetic of the comment', () => {
  expect(sigma).toBeCloseTo(1, 4);
  expect(late(300)).toBeCloseTo(0.054, 3);
  expect(late(900)).toBeCloseTo(0.0034, 4);
  expectBetween(1 / late(300) ** 3, 6000, 7000);
});

describe('no retry', () => {
  eachSeed(file, run => {
    const { uploads } = topologyOf(run, 'no retry');
    expect(Object.keys(uploads.failures)).toEqual(['token-expired']);
    expectBinomial(uploads.failed, uploads.offered, late(300));
  });
});

describe('5 minutes, with three attempts', () => {
  eachSeed(file, run => {
    const { uploads, storage } = topologyOf(run, '5 minutes');
    // One in 6,500 of 6,000: more than 6 are one run in 10,000.
    expect(uploads.failed).toBeLessThanOrEqual(6);
    expect(Object.keys(uploads.attemptFailures)).toEqual(['token-expired']);
    expectBinomial(storage.rejectedTokens, uploads.attempts, late(300));
    expect(uploads.attempts - uploads.offered).toBe(storage.rejectedTokens - uploads.failed);
  });
});

describe('15 minutes', () => {
  eachSeed(file, run => {
    const { uploads, storage } = topologyOf(run, '15 minutes');
    expect(uploads.failed).toBe(0);
    expectBinomial(storage.rejectedTokens, uploads.attempts, late(900));
  });
});

describe('no byte is wasted', () => {
  eachSeed(file, run => {
    for (const { uploads } of run.result.topologies) expect(uploads.wastedBytes).toBe(0);
  });
});

it('of five files in line, three come after five minutes', async () => {
  const waits = [0, 200, 400, 600, 800].map(seconds => `{value: ${seconds}s}`).join(', ');
  expect((100e6 * 8) / 4e6).toBe(200);
  const run = await runFile(file, { set: [`valetKey.useAfter={choice: [${waits}]}`] });
  const { uploads } = topologyOf(run, 'no retry');
  expectBinomial(uploads.failed, uploads.offered, 3 / 5);
});
