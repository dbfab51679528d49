/** scenarios/mobile-clients.yaml: threads held by slow clients, while nothing else is short. */
import { describe, expect, it } from 'vitest';
import {
  backgroundOf,
  eachSeed,
  expectAbout,
  expectBetween,
  latencies,
  meanIn,
  quantile,
  runFile,
  topologyOf,
  uploadsOf,
} from './scenario-file.js';

const file = 'mobile-clients.yaml';
const size = 10e6;
const threads = 200;

/** Mathis et al.: bytes per second of one connection with a round trip and a share of lost packets. */
const lossBound = (1.22 * 1460) / (0.115 * Math.sqrt(0.005));

/** E[size / min(uplink, cap)] of a lognormal uplink, in seconds, by the trapezoidal rule over the normal density. */
function meanTime(median: number, cv: number, cap: number): number {
  const sigma = Math.sqrt(Math.log(1 + cv ** 2));
  const step = 1e-3;
  let sum = 0;
  for (let z = -8; z <= 8; z += step) {
    const rate = Math.min(median * Math.exp(sigma * z), cap);
    sum += ((Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * step * size) / rate;
  }
  return sum;
}

const phone = meanTime(6e6 / 8, 1.12, lossBound);
const cable = meanTime(12e6 / 8, 0.66, Infinity);
const mean = 0.6 * phone + 0.4 * cable;
const carried = threads / mean;

it('the arithmetic of the comment', () => {
  expect(lossBound / 1000).toBeCloseTo(219, 0);
  expect(Math.round(phone)).toBe(48);
  expect(Math.round(cable)).toBe(8);
  expect(Math.round(mean)).toBe(32);
  expect(carried).toBeCloseTo(6.2, 1);
  expect((0.9415 * 1.25e9) / 8 / 1.025 / size).toBeCloseTo(14.4, 1);
  // "phones hold nine in ten of them"
  expectBetween((0.6 * phone) / mean, 0.88, 0.92);
});

/** Overloaded, and settled: a phone's first upload takes 48 s. */
const overloaded = [120, 600] as const;

describe.each(['proxy-buffered', 'proxy-streaming'])('%s', name => {
  eachSeed(file, run => {
    const proxy = topologyOf(run, name);
    const { server } = proxy;
    expect(server.threads.saturatedAt).toBeLessThan(60);
    expect(meanIn(proxy, 'threads', ...overloaded)).toBeGreaterThan(threads - 0.1);
    expectAbout(server.threads.holdTime.mean, mean, 0.05);

    expect(meanIn(proxy, 'networkIn', ...overloaded) / server.networkIn.capacity!).toBeLessThan(0.5);
    expect(meanIn(proxy, 'networkOut', ...overloaded) / server.networkOut.capacity!).toBeLessThan(0.5);
    expect(meanIn(proxy, 'cpu', ...overloaded) / server.cpu.capacity!).toBeLessThan(0.1);

    const table = uploadsOf(run, name);
    const isCable = (row: number) => table.clients[table.client[row]!] === 'cable';
    expect(quantile(latencies(table, isCable), 0.5)).toBeGreaterThan(60);
    expect(backgroundOf(run, name, 'GET /feed').latency.p50).toBeGreaterThan(30);
  });
});

describe('valet-key', () => {
  eachSeed(file, run => {
    const { threads: used } = topologyOf(run, 'valet-key').server;
    expect(used.peak).toBeLessThanOrEqual(15);
    const table = uploadsOf(run, 'valet-key');
    const isCable = (row: number) => table.clients[table.client[row]!] === 'cable';
    expectAbout(quantile(latencies(table, isCable), 0.5), 7, 0.1);
    expectBetween(backgroundOf(run, 'valet-key', 'GET /feed').latency.p50, 0.19, 0.22);
  });
});

it('with 400 threads the proxies carry it', async () => {
  expectAbout(8 * mean, 256, 0.01);
  const run = await runFile(file, { set: ['server.threads=400'] });
  for (const name of ['proxy-buffered', 'proxy-streaming']) {
    expect(topologyOf(run, name).server.backlog.peak).toBe(0);
  }
});
