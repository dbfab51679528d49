/** scenarios/behind-api-gateway.yaml: the size is API Gateway's limit, the time a load balancer's, and neither the valet key's. */
import { describe, expect, it } from 'vitest';
import {
  backgroundOf,
  eachSeed,
  expectAbout,
  expectBetween,
  failedRows,
  topologyOf,
  uploadsOf,
} from './scenario-file.js';

const file = 'behind-api-gateway.yaml';

it('the arithmetic of the comment', () => {
  expect(50e6 / 10e6).toBe(5);
  expect([50e6 / (20e6 / 8), 50e6 / (10e6 / 8)]).toEqual([20, 40]);
  expect(30 * 1.25e6).toBe(37.5e6);
  expect(3 * 37.5e6).toBe(112.5e6);
  expect(50e6 / ((1.25e9 / 8) * 0.9415)).toBeCloseTo(0.34, 2);
  expect(50e6 / 90e6).toBeCloseTo(0.56, 2);
});

describe('API Gateway refuses all, at once and for good', () => {
  eachSeed(file, run => {
    const { uploads, server, storage } = topologyOf(run, 'API Gateway');
    expect(uploads).toMatchObject({ succeeded: 0, attempts: uploads.offered, wastedBytes: 0 });
    expect(uploads.failures).toEqual({ 'payload-too-large': uploads.offered });
    expect([server.bytes, storage.requests]).toEqual([0, 0]);
    const { start, end } = uploadsOf(run, 'API Gateway');
    // A connection with TLS and an exchange: four times 24 or 60 ms.
    const longest = Math.max(...start.map((at, row) => end[row]! - at));
    expect(longest).toBeLessThan(4 * 0.06 + 0.01);
  });
});

describe('without its limit of size nobody is cut off, and hardly a thread is busy', () => {
  eachSeed(file, run => {
    const { uploads, server, completion } = topologyOf(run, 'no size limit');
    expect(uploads).toMatchObject({ succeeded: uploads.offered, failed: 0, attempts: uploads.offered });
    expectBetween(server.threads.holdTime.mean, 0.34 + 0.56, 2);
    expect(server.threads.peak).toBeLessThan(20);
    const direct = topologyOf(run, 'valet-key').completion;
    expectAbout(completion.p95, direct.p95!, 0.1);
  });
});

describe('the load balancer cuts off phones, and phones alone, three times each', () => {
  eachSeed(file, run => {
    const table = uploadsOf(run, 'load balancer');
    const { uploads } = topologyOf(run, 'load balancer');
    const phone = table.clients.indexOf('phone');
    const phones = [...table.client].filter(client => client === phone).length;
    expectAbout(phones / uploads.offered, 0.4, 0.2);
    const failed = failedRows(table);
    expect(failed).toHaveLength(phones);
    for (const row of failed) expect([table.client[row], table.attempts[row]]).toEqual([phone, 3]);
    expect(uploads.failures).toEqual({ 'gateway-timeout': phones });
    // Round trips and slow start take some of the 30 s.
    expectAbout(uploads.wastedBytes, phones * 112.5e6, 0.02);
    expect(uploads.wastedBytes).toBeGreaterThan(uploads.succeeded * 50e6);
  });
});

describe('the valet key sends every file past it', () => {
  eachSeed(file, run => {
    const { uploads, server } = topologyOf(run, 'valet-key');
    expect(uploads).toMatchObject({ failed: 0, attempts: uploads.offered });
    expect(server.bytes).toBe(0);
  });
});

describe('GET /feed passes everywhere', () => {
  eachSeed(file, run => {
    for (const { name } of run.result.topologies) expect(backgroundOf(run, name, 'GET /feed').failed).toBe(0);
  });
});

describe('with 9 MB all pass', () => {
  eachSeed(
    file,
    run => {
      for (const { uploads } of run.result.topologies) expect(uploads.failed).toBe(0);
    },
    { set: ['workload.uploads.size=9MB'] },
  );
});

describe('with twice as many, phones that are cut off make cable late, too', () => {
  eachSeed(
    file,
    run => {
      const { uploads, server } = topologyOf(run, 'load balancer');
      expect(uploads.failed / uploads.offered).toBeGreaterThan(0.7);
      expect(server.networkIn.saturatedFor).toBeGreaterThan(300);
    },
    { set: ['workload.uploads.arrivals.rate=2/s'], topologies: ['load balancer'] },
  );
});
