/** A level that grows against a twin that adds up every piece of its way. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Level } from '../../src/kernel/resources/level.js';

const silent = { levelChanged: () => {} };

it('is the sum of its jumps and of growth x time', () => {
  const step = fc.record({
    after: fc.integer({ min: 0, max: 1000 }).map(ms => ms / 1000),
    jump: fc.option(fc.integer({ min: -50, max: 100 })),
    growth: fc.integer({ min: 0, max: 20 }),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 100 }), fc.integer({ min: 0, max: 50 }), (steps, base) => {
      const told: [number, number, number][] = [];
      const level = new Level(Infinity, base, { levelChanged: (...change) => told.push(change) });
      const history: { at: number; jump: number; growth: number }[] = [];
      let now = 0;
      for (const { after, jump, growth } of steps) {
        now += after;
        if (jump === null) level.setGrowth(now, growth);
        else level.step(now, jump);
        history.push({
          at: now,
          jump: jump ?? 0,
          growth: jump === null ? growth : (history.at(-1)?.growth ?? 0),
        });
      }
      const later = now + 1;
      let expected = base;
      for (const [i, piece] of history.entries()) {
        expected += piece.jump + piece.growth * ((history[i + 1]?.at ?? later) - piece.at);
      }
      expect(level.at(later)).toBeCloseTo(expected, 8);
      for (const [at] of told) expect(at).toBeLessThanOrEqual(now);
    }),
    { numRuns: 200, seed: 56 },
  );
});

describe('the limit', () => {
  it('is met at (limit - level) / growth', () => {
    const level = new Level(16e9, 500e6, silent);
    expect(level.meetsLimitAt()).toBe(Infinity);
    level.setGrowth(10, 117.6875e6);
    expect(level.meetsLimitAt()).toBeCloseTo(10 + 15.5e9 / 117.6875e6, 9);
    level.step(20, 1e9);
    expect(level.meetsLimitAt()).toBeCloseTo(10 + 14.5e9 / 117.6875e6, 9);
    level.setGrowth(30, 0);
    expect(level.meetsLimitAt()).toBe(Infinity);
  });

  it('is met now where it has been met, and is not exceeded by reaching it', () => {
    const level = new Level(100, 0, silent);
    expect(level.wouldExceed(0, 100)).toBe(false);
    expect(level.wouldExceed(0, 100 + 1e-6)).toBe(true);
    level.step(1, 100);
    level.setGrowth(2, 5);
    expect(level.meetsLimitAt()).toBe(2);
    expect(level.exceedsLimitAt()).toBeGreaterThan(2);
    expect(level.exceedsLimitAt()).toBeLessThan(2 + 1e-9);
  });

  it('an unlimited level has none', () => {
    const level = new Level(Infinity, 0, silent);
    level.setGrowth(0, 1e12);
    expect(level.meetsLimitAt()).toBe(Infinity);
    expect(level.wouldExceed(1e9, 1e300)).toBe(false);
  });

  it('tenths that add up to it do not exceed it', () => {
    // 0.1 + 0.1 + ... is more than 1 in doubles, or less.
    for (let parts = 1; parts <= 60; parts++) {
      const level = new Level(1, 0, silent);
      for (let i = 0; i < parts - 1; i++) level.step(0, 1 / parts);
      expect(level.wouldExceed(0, 1 / parts)).toBe(false);
    }
  });
});

it('returns to its base exactly when it is emptied', () => {
  const level = new Level(Infinity, 7, silent);
  for (let i = 1; i <= 100; i++) level.step(i, 0.1);
  for (let i = 1; i <= 100; i++) level.step(100 + i, -0.1);
  level.empty(300);
  expect(level.at(300)).toBe(7);
});
