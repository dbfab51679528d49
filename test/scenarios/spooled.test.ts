/** scenarios/spooled.yaml: spooling takes the threads from slow clients, and may give them to a slow disk. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/study/run.js';
import { backgroundOf, eachSeed, expectAbout, expectBetween, topologyOf } from './scenario-file.js';

const file = 'spooled.yaml';
const feedOf = (run: Run, name: string) => backgroundOf(run, name, 'GET /feed');

it('the arithmetic of the comment', () => {
  // 48 s, 8 s and their mean are those of mobile-clients.yaml, where they are computed.
  const mean = 0.6 * 48 + 0.4 * 8;
  expect(mean).toBeCloseTo(32, 9);
  expect(8 * mean).toBeCloseTo(256, 9);
  // firstByte is lognormal: its mean is the median x sqrt(1 + cv^2).
  const forwarding = 10e6 / 90e6 + 0.03 * Math.sqrt(1 + 0.6583 ** 2);
  expect(forwarding).toBeCloseTo(0.15, 2);
  expect(8 * forwarding).toBeCloseTo(1.2, 1);
  expect((125 * 2 ** 20) / (2 * 10e6)).toBeCloseTo(6.6, 1);
  expect(8 * mean * 10e6).toBeCloseTo(2.56e9, 0);
});

describe('buffered in memory, slow clients hold all threads', () => {
  eachSeed(file, run => {
    expect(topologyOf(run, 'proxy-buffered').server.threads.saturatedFor).toBeGreaterThan(300);
    expect(feedOf(run, 'proxy-buffered').latency.p50).toBeGreaterThan(30);
  });
});

describe('spooled to a fast disk, they hold none', () => {
  eachSeed(file, run => {
    const { server, completion } = topologyOf(run, 'proxy-spooled');
    expect(server.threads.peak).toBeLessThanOrEqual(25);
    expectBetween(server.threads.holdTime.mean, 0.15, 0.3);
    expect(server.memory.peak).toBeLessThan(100e6);
    expect(server.disk!.saturatedAt).toBeNull();
    // What is under way in the mean, and the peaks above it.
    expectBetween(server.diskSpace!.peak, 2.56e9, 3.5e9);
    const feed = feedOf(run, 'proxy-spooled');
    expectBetween(feed.latency.p50, 0.19, 0.22);
    expect(feed.slowdown.p99).toBeLessThan(1.3);
    const valet = topologyOf(run, 'valet-key');
    expectAbout(completion.p50, valet.completion.p50!, 0.02);
    expect(server.bytes).toBe(topologyOf(run, 'proxy-buffered').server.bytes);
    expect(valet.server.bytes).toBe(0);
  });
});

describe('spooled to a slow disk, forwarding holds them', () => {
  eachSeed(file, run => {
    const { server, completion } = topologyOf(run, 'spooled to gp3');
    expect(server.disk!.saturatedAt! - topologyOf(run, 'spooled to gp3').window[0]).toBeLessThan(30);
    expect(server.disk!.saturatedFor).toBeGreaterThan(500);
    expect(server.threads.saturatedFor).toBeGreaterThan(300);
    expectBetween(server.threads.holdTime.mean, 20, 40);
    expect(server.memory.peak).toBeLessThan(150e6);
    expect(completion.p50).toBeGreaterThan(120);
    expect(feedOf(run, 'spooled to gp3').latency.p50).toBeGreaterThan(45);
  });
});

describe('a disk of 2 GB turns one upload in five away', () => {
  const claim = (run: Run) => {
    const { uploads, server } = topologyOf(run, 'proxy-spooled');
    expect(uploads.failures).toEqual({ 'disk-full': uploads.failed });
    expectBetween(uploads.failed / uploads.offered, 0.15, 0.3);
    expect(server.diskSpace!.peak).toBe(2e9);
  };
  eachSeed(file, claim, { set: ['server.disk.space=2GB'], topologies: ['proxy-spooled'] });
});
