/** scenarios/storage-outage.yaml: two minutes without storage, through servers and directly. */
import { describe, expect, it } from 'vitest';
import { eachSeed, expectBetween, topologyOf } from './scenario-file.js';

const file = 'storage-outage.yaml';

it('the arithmetic of the comment', () => {
  expect(4 * 120).toBe(480);
  // Pauses of full jitter: half of 0.5, 1, 2, ... 30, 30 s in the mean, 19 of them between 20 attempts.
  const pauses = Array.from({ length: 19 }, (_, n) => Math.min(30, 0.5 * 2 ** n) / 2);
  expect(pauses.reduce((sum, pause) => sum + pause, 0) / 60).toBeCloseTo(3.5, 1);
});

const patient = ['proxy-buffered', 'proxy-streaming', 'proxy-spooled', 'valet-key'];

describe.each(patient)('%s is back as soon as storage is', name => {
  eachSeed(file, run => {
    const { recovery, uploads, server } = topologyOf(run, name);
    expect(recovery!.incidents[0]!.share).toBeLessThan(0.01);
    expectBetween(recovery!.time, 120, 125);
    expect(uploads.failed).toBeLessThan(0.05 * 480);
    expect(server.down).toBe(0);
  });
});

describe('a proxy that takes the whole file first sends it for nothing', () => {
  eachSeed(file, run => {
    const wasted = (name: string) => topologyOf(run, name).uploads.wastedBytes;
    for (const name of ['proxy-buffered', 'proxy-spooled']) {
      expect(wasted(name)).toBeGreaterThan(25e9);
      expect(wasted(name)).toBeGreaterThan(5 * 480 * 10e6);
    }
    // What was under way: 17 bodies, at most.
    for (const name of ['proxy-streaming', 'valet-key']) {
      expectBetween(wasted(name), 0, 250e6);
      expect(wasted(name)).toBeLessThan(wasted('proxy-buffered') / 100);
    }
  });
});

describe('three attempts within a second lose who comes meanwhile', () => {
  eachSeed(file, run => {
    const { uploads, recovery } = topologyOf(run, 'SDK retries');
    expectBetween(uploads.failed, 400, 600);
    expect(recovery!.undisturbed.failed).toBe(0);
    expect(uploads.failures['storage-down']).toBeGreaterThan(0.99 * uploads.failed);
  });
});
