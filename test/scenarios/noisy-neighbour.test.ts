/** scenarios/noisy-neighbour.yaml: bulk uploads and the small requests beside them. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/study/run.js';
import { backgroundOf, eachSeed, expectAbout, expectBetween, topologyOf } from './scenario-file.js';

const file = 'noisy-neighbour.yaml';
const proxies = ['proxy-buffered', 'proxy-streaming'] as const;

it('the arithmetic of the comment: seven times what the network has', () => {
  expect((16 * 500e6) / (1.25e9 * 0.9415)).toBeCloseTo(6.8, 1);
});

describe.each(proxies)('%s', name => {
  eachSeed(file, run => {
    const { server } = topologyOf(run, name);
    expect(server.threads.peak).toBeLessThan(40);
    expect(server.cpu.utilization).toBeLessThan(0.2);
    expect(server.networkOut.utilization).toBeGreaterThan(0.85);

    const feed = backgroundOf(run, name, 'GET /feed');
    expectAbout(feed.baseline.p50, 0.03, 0.05);
    expectAbout(feed.baseline.p99, 0.05, 0.05);
    expectBetween(feed.latency.p50, 0.08, 0.14);
    expectBetween(feed.latency.p99, 0.13, 0.16);
    // One full queue is 50 ms, two are 100 ms, and a half round trip meets each of them once.
    expectBetween(feed.slowdown.p50, 2.5, 4.5);
    expectBetween(backgroundOf(run, name, 'GET /report').slowdown.p50, 2, 4);
  });
});

describe('the buffering proxy', () => {
  eachSeed(file, run => {
    const { memory } = topologyOf(run, 'proxy-buffered').server;
    expectBetween(memory.peak, 6e9, 11e9);
  });
});

describe('valet-key', () => {
  eachSeed(file, run => {
    const valet = topologyOf(run, 'valet-key');
    const streaming = topologyOf(run, 'proxy-streaming');
    expectAbout(valet.goodput! / streaming.goodput!, 5, 0.1);
    for (const name of ['GET /feed', 'GET /report']) {
      const { slowdown } = backgroundOf(run, 'valet-key', name);
      expectAbout(slowdown.p50, 1, 0.02);
      expectAbout(slowdown.p99, 1, 0.02);
    }
  });
});

describe('40 workers kill the buffering proxy', () => {
  const claim = (run: Run) => {
    expect(topologyOf(run, 'proxy-buffered').server.crashes).toBeGreaterThan(0);
    expect(backgroundOf(run, 'proxy-buffered', 'GET /feed').failed).toBeGreaterThan(1000);
  };
  eachSeed(file, claim, { set: ['workload.uploads.arrivals.users=40'] });
});

describe('with 16 threads GET /feed waits for the end of an upload', () => {
  const claim = (run: Run) => {
    for (const name of proxies) {
      expect(backgroundOf(run, name, 'GET /feed').latency.p99).toBeGreaterThan(4);
    }
    expect(backgroundOf(run, 'valet-key', 'GET /feed').latency.p99).toBeLessThan(0.06);
  };
  eachSeed(file, claim, { set: ['server.threads=16'] });
});
