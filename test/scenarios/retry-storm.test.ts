/** scenarios/retry-storm.yaml: a failure that keeps itself alive, and what ends it. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/study/run.js';
import {
  backgroundOf,
  completedIn,
  eachSeed,
  expectBetween,
  failedRows,
  runFile,
  topologyOf,
  uploadsOf,
} from './scenario-file.js';

const file = 'retry-storm.yaml';
const noTrigger = 'workload.uploads.arrivals={rate: 0.25/s, for: 90m}';
const MB = 1e6;
const memory = 8 * 2 ** 30;
const network = (0.9415 * 750e6) / 8;

it('the arithmetic of the comment', () => {
  expect(Math.round(network / MB)).toBe(88);
  expect(Math.round((200 * 100 * MB) / network)).toBe(227);
  expect(Math.round((memory - 75 * 2 ** 20) / 1.27 / network)).toBe(76);
  expect((50 * 100 * MB * 1.27) / 1e9).toBeCloseTo(6.35, 9);
  // In the quiet time: uploads at a time, half of each in memory, and the share of the network.
  const underWay = (0.25 * 100 * MB * Math.sqrt(1 + 0.9 ** 2)) / (9e6 / 8);
  expect(Math.round(underWay)).toBe(30);
  expectBetween((underWay * 50 * MB * 1.27) / memory, 0.2, 0.25);
  expectBetween((0.25 * 100 * MB) / network, 0.25, 0.33);
});

/** From 38 to 68 minutes after the burst. */
const lastHalfHour = [3600, 5400] as const;
const completed = (run: Run, name: string) => completedIn(uploadsOf(run, name), ...lastHalfHour);

describe('proxy-buffered never recovers from the burst', () => {
  eachSeed(file, run => {
    const { server, uploads } = topologyOf(run, 'proxy-buffered');
    expect(server.crashes).toBeGreaterThan(30);
    // 450 arrive in that half hour.
    expect(completed(run, 'proxy-buffered')).toBeLessThan(45);
    expect(uploads.attempts / uploads.offered).toBeGreaterThan(10);
    const feed = backgroundOf(run, 'proxy-buffered', 'GET /feed');
    expect(feed.failed / feed.offered).toBeGreaterThan(0.5);
  });
});

describe.each(['50 threads', 'rejects', 'proxy-streaming', 'valet-key'])('%s recovers', name => {
  eachSeed(file, run => {
    expect(topologyOf(run, name).server.crashes).toBe(0);
    // 450 arrive; a Poisson number of them is off by 64 in one of 400 runs.
    expectBetween(completed(run, name), 450 - 64, 450 + 64);
  });
});

describe('admission by memory turns some away, and none an hour later', () => {
  eachSeed(file, run => {
    const failed = failedRows(uploadsOf(run, 'rejects'));
    expect(failed.length).toBeGreaterThan(20);
    for (const row of failed) expect(uploadsOf(run, 'rejects').start[row]).toBeLessThan(1320 + 3600);
    expect(backgroundOf(run, 'rejects', 'GET /feed').slowdown.p99).toBeLessThan(2);
  });
});

describe('a pool of 50 threads works off the burst in some 20 minutes', () => {
  eachSeed(file, run => {
    const { series } = topologyOf(run, '50 threads');
    const waiting = series.time.filter((_, bin) => series.backlog[bin]! > 5);
    expectBetween(Math.max(...waiting), 1320 + 600, 1320 + 1800);
    expect(backgroundOf(run, '50 threads', 'GET /feed').latency.p99).toBeGreaterThan(120);
  });
});

describe('without the trigger the same load is carried', () => {
  const claim = (run: Run) => {
    const { server, uploads } = topologyOf(run, 'proxy-buffered');
    expect(server.crashes).toBe(0);
    expect(uploads.failed).toBe(0);
  };
  eachSeed(file, claim, { set: [noTrigger], topologies: ['proxy-buffered'] });

  it('ten times as much as after it', async () => {
    const completions = async (set: readonly string[]) =>
      completed(await runFile(file, { set, topologies: ['proxy-buffered'] }), 'proxy-buffered');
    expect(await completions([])).toBeLessThan(0.1 * (await completions([noTrigger])));
  });
});

describe('clients who give up after three attempts end the storm', () => {
  const claim = (run: Run) => {
    const { server, uploads } = topologyOf(run, 'proxy-buffered');
    expect(server.crashes).toBe(1);
    expect(uploads.failed).toBeGreaterThan(100);
    expectBetween(completed(run, 'proxy-buffered'), 450 - 64, 450 + 64);
    for (const row of failedRows(uploadsOf(run, 'proxy-buffered'))) {
      expect(uploadsOf(run, 'proxy-buffered').end[row]).toBeLessThan(1320 + 600);
    }
  };
  eachSeed(file, claim, { set: ['client.retry.attempts=3'], topologies: ['proxy-buffered'] });
});

describe('clients who wait up to ten minutes do not', () => {
  const claim = (run: Run) => {
    expect(topologyOf(run, 'proxy-buffered').server.crashes).toBeGreaterThan(30);
    expect(completed(run, 'proxy-buffered')).toBeLessThan(0.5 * 450);
  };
  eachSeed(file, claim, { set: ['client.retry.cap=10m'], topologies: ['proxy-buffered'] });
});
