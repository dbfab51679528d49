/** scenarios/metastable.yaml: a fault that is over, and a failure that goes on. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/study/run.js';
import { completedIn, eachSeed, expectBetween, failedRows, topologyOf, uploadsOf } from './scenario-file.js';

const file = 'metastable.yaml';
const MB = 1e6;
const carried = (0.9415 * 125 * MB) / 1.025;

it('the arithmetic of the comment', () => {
  expect(carried / MB).toBeCloseTo(114.8, 1);
  expect((2.5 * 25 * MB) / carried).toBeCloseTo(0.54, 2);
  expect((25 * MB) / (20e6 / 8)).toBe(10);
  expect(Math.round(((150 + 25) * 25 * MB) / carried)).toBe(38);
  expect((carried * 30) / 1e9).toBeCloseTo(3.4, 1);
  expect(Math.round((carried * 30) / (25 * MB))).toBe(138);
});

describe('ten attempts never recover', () => {
  eachSeed(file, run => {
    const { uploads, recovery } = topologyOf(run, 'ten attempts');
    expect(recovery).toMatchObject({ metastable: true, time: null });
    expect(uploads.amplification).toBeGreaterThan(5);
    expect(uploads.failed).toBeGreaterThan(4000);
    // 1,500 arrive in each ten minutes; half an hour after the fault hardly any of them ends well.
    expect(completedIn(uploadsOf(run, 'ten attempts'), 3000, 3600)).toBeLessThan(150);
    expect(recovery!.undisturbed).toMatchObject({ failed: 0, amplification: 1 });
  });
});

describe('two attempts recover', () => {
  eachSeed(file, run => {
    const { uploads, recovery } = topologyOf(run, 'two attempts');
    expect(recovery!.metastable).toBe(false);
    expectBetween(recovery!.time, 60 + 10, 60 + 12);
    expectBetween(uploads.failed, 130, 270);
    const table = uploadsOf(run, 'two attempts');
    for (const row of failedRows(table)) expect(table.start[row]).toBeLessThan(1800 + 61);
  });
});

describe('a longer timeout recovers with all its attempts', () => {
  eachSeed(file, run => {
    const { uploads, recovery } = topologyOf(run, 'longer timeout');
    expectBetween(recovery!.time, 60, 60 + 45);
    expect(uploads.failed / uploads.offered).toBeLessThan(0.01);
  });
});

describe('with valet-key nothing piles up', () => {
  eachSeed(file, run => {
    const { uploads, recovery, server } = topologyOf(run, 'valet-key');
    expectBetween(recovery!.time, 60, 60 + 12);
    expect(uploads.failed / uploads.offered).toBeLessThan(0.01);
    expect(server.bytes).toBe(0);
  });
});

describe('without the fault the same load is carried', () => {
  const claim = (run: Run) => expect(topologyOf(run, 'ten attempts').uploads.failed).toBe(0);
  eachSeed(file, claim, { set: ['faults=[]'], topologies: ['ten attempts'] });
});

describe('a third of the fault passes by itself', () => {
  const claim = (run: Run) => {
    const { uploads, recovery } = topologyOf(run, 'ten attempts');
    expect(recovery!.metastable).toBe(false);
    expect(uploads.failed).toBe(0);
  };
  eachSeed(file, claim, { set: ['faults[0].for=20s'], topologies: ['ten attempts'] });
});
