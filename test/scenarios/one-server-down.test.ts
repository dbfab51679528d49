/** scenarios/one-server-down.yaml: whether the servers that are left carry the uploads. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/study/run.js';
import { eachSeed, expectBetween, topologyOf } from './scenario-file.js';

const file = 'one-server-down.yaml';
const MB = 1e6;
const carried = (0.9415 * 125 * MB) / 1.025;
const load = 3.5 * 50 * MB;

it('the arithmetic of the comment', () => {
  expect(load / (3 * carried)).toBeCloseTo(0.51, 2);
  expect(load / (2 * carried)).toBeCloseTo(0.76, 2);
  expect(load / carried).toBeCloseTo(1.52, 2);
  expect(Math.round((load - carried) / MB)).toBe(60);
  expect(Math.round(((load - carried) * 600) / 1e9)).toBe(36);
  expect((2 * carried - load) / MB).toBeCloseTo(54.6, 0);
  expect(Math.round(((load - carried) * 600) / (2 * carried - load) / 60)).toBe(11);
  expect((50 * MB) / (50e6 / 8) + 0.2).toBeCloseTo(8.2, 9);
});

describe('three servers: two carry it', () => {
  eachSeed(file, run => {
    const { recovery, completion, uploads, server } = topologyOf(run, 'three servers');
    expect(recovery!.incidents[0]!.share).toBeGreaterThan(0.99);
    expect(recovery!.time).toBeLessThan(15);
    expectBetween(completion.p95, 8, 9);
    expect(uploads.failed / uploads.offered).toBeLessThan(0.001);
    expect(server.servers.map(({ down }) => Math.round(down))).toEqual([600, 0, 0]);
    expect(server.crashes).toBe(0);
  });
});

describe('two servers: one does not', () => {
  eachSeed(file, run => {
    const { recovery, completion, server } = topologyOf(run, 'two servers');
    expect(recovery!.incidents[0]!.share).toBeLessThan(0.5);
    expect(recovery!.metastable).toBe(false);
    expectBetween(recovery!.time, 600, 900);
    expect(completion.p95).toBeGreaterThan(480);
    expect(recovery!.undisturbed.completion.p95).toBeLessThan(15);
    // What the server that is left carries in those ten minutes; at most the whole of its link.
    expect(server.networkIn.peak).toBeLessThanOrEqual(2 * 0.9415 * 125 * MB * (1 + 1e-9));
  });
});

describe('valet-key: no question of the servers', () => {
  eachSeed(file, run => {
    const { recovery, server, uploads } = topologyOf(run, 'valet-key');
    expect(recovery!.incidents[0]!.share).toBeGreaterThan(0.99);
    expect(server.cpu.utilization).toBeLessThan(0.01);
    expect(uploads.failed / uploads.offered).toBeLessThan(0.005);
  });
});

describe('who does not try again loses a third, or half', () => {
  const claim = (run: Run) => {
    // 2,100 come in ten minutes, give or take 5% (a Poisson number, and the few that were under way).
    expectBetween(topologyOf(run, 'three servers').uploads.failed, 0.93 * 700, 1.09 * 700);
    expectBetween(topologyOf(run, 'two servers').uploads.failed, 0.93 * 1050, 1.09 * 1050);
  };
  eachSeed(file, claim, { set: ['client.retry.attempts=1'], topologies: ['three servers', 'two servers'] });
});
