/** scenarios/throttled-storage.yaml: how long storage takes to adapt, and what is lost until then. */
import { describe, expect, it } from 'vitest';
import { eachSeed, expectAbout, expectBetween, topologyOf, uploadsOf } from './scenario-file.js';

const file = 'throttled-storage.yaml';
const [offered, partition, split, span] = [20, 7, 600, 1500];
/** So many attempts a second come to storage while a share q of them is refused, where q^3 of the uploads are lost. */
const attemptsWhere = (taken: number): number => {
  const q = Math.cbrt(1 - taken / offered);
  return offered * (1 + q + q * q);
};

it('the arithmetic of the comment', () => {
  expect(partition / (offered - partition)).toBeCloseTo(0.5, 1);
  expect(attemptsWhere(partition)).toBeCloseTo(52, 0);
  const lost = (offered - partition) * split + (offered - 2 * partition) * split;
  expect(lost / (offered * span)).toBeCloseTo(0.38, 2);
  expect(4 * partition).toBeGreaterThan(offered);
});

describe.each(['one prefix', 'no retry', 'through a server'])('%s', name => {
  eachSeed(file, run => {
    const { storage, uploads } = topologyOf(run, name);
    const { count, splits } = storage.partitions!;
    expect(count).toBe(4);
    expect(splits).toHaveLength(2);
    // The bucket lasts for half a second, give or take what 7 arrivals vary by: 7 / 13 +- sqrt(7) x 20 / 13^2 s.
    expectBetween(splits[0]!, split, split + 2);
    expectBetween(splits[1]! - splits[0]!, split, split + 1);
    // What is let in until then is what the tokens allow; who arrives later is not lost.
    const table = uploadsOf(run, name);
    let before = 0;
    for (let row = 0; row < table.count; row++) if (table.start[row]! < splits[1]!) before++;
    const tokens = partition * (1 + splits[0]!) + 2 * partition * (splits[1]! - splits[0]!);
    expect(Math.abs(before - uploads.failed - tokens)).toBeLessThan(25);
    expect(Object.keys(uploads.failures)).toEqual(['slow-down']);
  });
});

describe('retries that come back at once', () => {
  eachSeed(file, run => {
    const expected =
      split * attemptsWhere(partition) + split * attemptsWhere(2 * partition) + (span - 2 * split) * offered;
    expectAbout(topologyOf(run, 'one prefix').storage.requests, expected, 0.03);
    const once = topologyOf(run, 'no retry');
    expect(once.storage.requests).toBe(once.uploads.offered);
    expect(2 * once.storage.slowDowns).toBeLessThan(topologyOf(run, 'one prefix').storage.slowDowns);
  });
});

describe('a server in between', () => {
  eachSeed(file, run => {
    const { storage, uploads } = topologyOf(run, 'through a server');
    expectAbout(uploads.wastedBytes, storage.slowDowns * 100e3, 1e-9);
    expect(topologyOf(run, 'one prefix').uploads.wastedBytes).toBe(0);
  });
});

describe('four prefixes', () => {
  eachSeed(file, run => {
    const { storage, uploads } = topologyOf(run, 'four prefixes');
    expect(uploads.failed).toBe(0);
    expect(storage.partitions).toBeNull();
  });
});
