/** scenarios/signed-urls.yaml: what the lives of signed URLs come to, by arithmetic and by simulation. */
import { describe, expect, it } from 'vitest';
import { expectBinomial } from './binomial.js';
import { eachSeed, expectAbout, failedRows, topologyOf, uploadsOf } from './scenario-file.js';

const file = 'signed-urls.yaml';
const median = 60;
const sigma = Math.sqrt(Math.log(1 + 1.3108 ** 2));
/** From the signing to the head at storage, beside the wait: half a round trip back, two to connect, half one out. */
const onTheWay = 3 * 0.024;

/** P(wait > t): 1 - Phi(ln(t / median) / sigma), by the trapezoidal rule. */
function waitsLonger(t: number): number {
  const step = 1e-3;
  let sum = 0;
  for (let z = Math.log(t / median) / sigma + step / 2; z < 10; z += step)
    sum += Math.exp((-z * z) / 2) * step;
  return sum / Math.sqrt(2 * Math.PI);
}

const late = (life: number) => waitsLonger(life - onTheWay);

/** URLs signed evenly over an hour live `ttl`, or to its end. */
function lateWithCredentials(ttl: number, hour: number): number {
  const steps = 2000;
  let sum = 0;
  for (let i = 0; i < steps; i++) {
    const toTheEnd = ((i + 0.5) / steps) * hour;
    const life = Math.min(ttl, toTheEnd) - onTheWay;
    sum += (life <= 0 ? 1 : waitsLonger(life)) / steps;
  }
  return sum;
}

it('the arithmetic of the comment', () => {
  expect(late(900)).toBeCloseTo(0.0034, 4);
  expect(late(780)).toBeCloseTo(0.0052, 4);
  expect(late(300)).toBeCloseTo(0.054, 3);
  expect(lateWithCredentials(900, 3600)).toBeCloseTo(0.03, 3);
  expectAbout(lateWithCredentials(900, 3600) / late(900), 9, 0.05);
});

describe('URLs that are refused, of those that are used for the first time', () => {
  eachSeed(file, run => {
    const refused = (name: string, life: number) => {
      const { uploads, storage } = topologyOf(run, name);
      expect(Object.keys(uploads.attemptFailures)).toEqual(['token-expired']);
      expectBinomial(storage.rejectedTokens, uploads.attempts, life);
    };
    refused('long-lived keys', late(900));
    refused('renewed ahead', late(900));
    refused('slow clock', late(780));
    // Nearly all are signed in the first hour, so that the share is that of the uploads.
    const { uploads, storage } = topologyOf(run, 'role credentials');
    const once = uploads.attempts - uploads.offered + uploads.failed;
    expect(once).toBe(storage.rejectedTokens);
    expectBinomial(once, uploads.offered, lateWithCredentials(900, 3600));
  });
});

describe('a clock that is 20 minutes ahead', () => {
  eachSeed(file, run => {
    const { uploads, tokens } = topologyOf(run, 'fast clock');
    expectBinomial(uploads.failures['token-not-yet-valid']!, uploads.offered, 1 - late(300));
    expect(tokens!.life).toEqual({ min: 2100, mean: 2100, max: 2100 });
  });
});

describe('a limit on the size', () => {
  eachSeed(file, run => {
    const table = uploadsOf(run, 'size limit');
    const { uploads } = topologyOf(run, 'size limit');
    const large = Array.from({ length: table.count }, (_, row) => row).filter(row => table.size[row]! > 50e6);
    expectBinomial(large.length, uploads.offered, 0.01);
    expect(failedRows(table)).toEqual(large);
    expect(uploads.failures).toEqual({ 'too-large': large.length });
    expect(uploads.wastedBytes).toBe(0);
  });
});

describe('half of the URLs', () => {
  eachSeed(file, run => {
    const { age, life } = topologyOf(run, 'long-lived keys').tokens!;
    // The standard error of a median of 10,800 lognormal values is 1.25 sigma / sqrt(n) = 1.2%.
    expectAbout(age.p50, median + onTheWay, 0.05);
    expect(life!.max).toBe(900);
  });
});
