/** scenarios/flaky-phones.yaml: what connections that break cost, by arithmetic and by simulation. */
import { describe, expect, it } from 'vitest';
import { expectBinomial } from './binomial.js';
import { eachSeed, expectAbout, expectBetween, topologyOf } from './scenario-file.js';

const file = 'flaky-phones.yaml';
const patient = ['valet-key', 'proxy-streaming', 'proxy-buffered'];
/** A connection lasts for the 200 s of a file. */
const whole = Math.exp(-200 / 300);

it('the arithmetic of the comment', () => {
  expect(whole).toBeCloseTo(0.51, 2);
  expect(1 / whole).toBeCloseTo(1.95, 2);
  expect(300 * (1 / whole - 1)).toBeCloseTo(284, 0);
  expect((1 - whole) ** 3).toBeCloseTo(0.115, 3);
  expect((1 - whole) ** 10).toBeCloseTo(0.0007, 4);
  expect(Math.exp(-20 / 300)).toBeCloseTo(0.936, 3);
  expect((300 * (Math.exp(20 / 300) - 1)) / 20).toBeCloseTo(1.034, 3);
  expect(Math.round(Math.exp(1800 / 300))).toBe(403);
});

describe.each([...patient, '3 attempts'])('%s: half of the connections last', name => {
  eachSeed(file, run => {
    const { uploads } = topologyOf(run, name);
    expectBinomial(uploads.succeeded, uploads.attempts, whole);
    expect(Object.keys(uploads.attemptFailures)).toEqual(['connection-lost']);
  });
});

describe('with three attempts one upload in nine is lost', () => {
  eachSeed(file, run => {
    const { uploads } = topologyOf(run, '3 attempts');
    expectBinomial(uploads.failed, uploads.offered, (1 - whole) ** 3);
  });
});

describe.each(patient)('%s: ten attempts save next to all, for two fifths more time and bytes', name => {
  eachSeed(file, run => {
    const { uploads, latency } = topologyOf(run, name);
    // 0.07% of some 720: more than 5 are one run in 10,000.
    expect(uploads.failed).toBeLessThanOrEqual(5);
    // The standard deviation of one is about 160 s: 4 standard errors of 700 are 24 s.
    expectAbout(latency.mean, 284, 24 / 284);
    expectAbout(uploads.wastedBytes / uploads.succeeded / 1e6, 84, 24 / 84);
    // 51% need one attempt: where it is 48% by chance, the median is one that broke in its first seconds.
    expectBetween(latency.p50, 199, 230);
    expectBetween(latency.p99! / latency.p50!, 3, 5.5);
  });
});

describe('the same connections break in all designs', () => {
  eachSeed(file, run => {
    const [direct, streamed, buffered] = patient.map(name => topologyOf(run, name).uploads.attempts);
    expectAbout(streamed!, direct!, 0.005);
    expect(buffered!).toBeGreaterThanOrEqual(streamed!);
    expectAbout(buffered!, direct!, 0.03);
  });
});

describe('three in ten users do not wait for more than five minutes', () => {
  const claim: Parameters<typeof eachSeed>[1] = run => {
    const { uploads } = topologyOf(run, 'valet-key');
    expect(Object.keys(uploads.failures)).toEqual(['abandoned']);
    expectBetween(uploads.failed / uploads.offered, 0.24, 0.36);
  };
  eachSeed(file, claim, { set: ['client.patience=5m'] });
});

describe('small files hardly notice', () => {
  const claim: Parameters<typeof eachSeed>[1] = run => {
    const { uploads, latency } = topologyOf(run, 'valet-key');
    expectBinomial(uploads.succeeded, uploads.attempts, Math.exp(-20 / 300));
    expectBetween(latency.mean, 20.4, 22.4);
  };
  eachSeed(file, claim, { set: ['workload.uploads.size=20MB'] });
});

describe('breaks by volume', () => {
  const claim: Parameters<typeof eachSeed>[1] = run => {
    for (const name of patient) {
      const { uploads } = topologyOf(run, name);
      expectBinomial(uploads.succeeded, uploads.attempts, whole);
    }
  };
  eachSeed(file, claim, { set: ['clients.phone.drops.every=300MB'] });
});
