/** Retries as a share of first attempts. Nothing is random: every attempt ends at the client's timeout of 2 s. */
import { describe, expect, it } from 'vitest';
import type { RetryBudgetParameters } from '../../src/scenario/types.js';
import type { HandUpload } from '../reference/hand-made.js';
import { byHand, kinds } from './by-hand.js';

const budgeted = (budget: RetryBudgetParameters | null, attempts = 4) => ({
  timeout: 2,
  retry: { attempts, base: 1, cap: 60, jitter: 'none' as const, budget },
});

const stuck = (start: number, client = 0): HandUpload => ({ start, client, size: 1e6, uplink: 1 });
const many = (count: number, start: (i: number) => number) =>
  Array.from({ length: count }, (_, i) => stuck(start(i)));

describe.each(kinds)('%s', kind => {
  const run = (budget: RetryBudgetParameters | null, uploads: readonly HandUpload[], attempts?: number) =>
    byHand(kind, { client: budgeted(budget, attempts) }, { uploads });

  it('a fifth of ten at once: two are tried again, and their retries are denied', () => {
    const { uploads, recorder } = run(
      { ratio: 0.2, minimum: 0, window: 10 },
      many(10, () => 0),
    );
    // All fail at 2 s: the first two have a second attempt from 3 to 5 s; the budget is still spent then.
    expect(uploads.map(({ attempts, end }) => [attempts, end])).toEqual([
      [2, 5],
      [2, 5],
      ...Array.from({ length: 8 }, () => [1, 2]),
    ]);
    expect(recorder.retriesDenied).toBe(10);
    expect(recorder.failures.toRecord()).toEqual({ timeout: 10 });
  });

  it('a minimum beside the share', () => {
    const { recorder } = run(
      { ratio: 0.2, minimum: 0.3, window: 10 },
      many(10, () => 0),
    );
    // 2 + 0.3 x 10 = 5 in the ten seconds of which all of this is.
    expect(recorder.attempts).toBe(10 + 5);
  });

  it('what has left the window is forgotten, retries and first attempts alike', () => {
    const budget = { ratio: 0, minimum: 0.2, window: 5 };
    // One retry in any 5 s. Failures at 2, 3 and 6.9 s are denied but for the first; at 7.1 s there is room again.
    const { uploads } = run(budget, [stuck(0), stuck(1), stuck(4.9), stuck(5.1)], 2);
    expect(uploads.map(({ attempts }) => attempts)).toEqual([2, 1, 1, 2]);
    // Two first attempts allow one retry while both are in the window: at 2 s, but not at 7 s.
    const half = { ratio: 0.5, minimum: 0, window: 4 };
    expect(run(half, [stuck(0), stuck(0)], 2).uploads.map(({ attempts }) => attempts)).toEqual([2, 1]);
    expect(run({ ...half, window: 2 }, [stuck(0), stuck(0)], 2).recorder.retriesDenied).toBe(2);
  });

  it('each class of clients has its own', () => {
    const budget = { ratio: 0.5, minimum: 0, window: 100 };
    const { uploads } = run(budget, [stuck(0), stuck(0), stuck(0, 1), stuck(0, 1), stuck(0, 2)], 2);
    expect(uploads.map(({ attempts }) => attempts)).toEqual([2, 1, 2, 1, 1]);
  });

  it('a budget that is never met changes nothing', () => {
    const uploads = many(20, i => i / 3);
    const without = run(null, uploads);
    const ample = run({ ratio: 1, minimum: 100, window: 1 }, uploads);
    expect(ample.uploads).toEqual(without.uploads);
    expect(ample.recorder.retriesDenied).toBe(0);
  });

  it.each([0.1, 0.25, 0.7, 1])('never more than %s retries for each first attempt', ratio => {
    const uploads = many(300, i => i * 0.37 + 3 * Math.sin(i) ** 2);
    const { recorder } = run({ ratio, minimum: 0, window: 60 }, uploads, 100);
    const retries = recorder.attempts - 300;
    expect(retries).toBeLessThanOrEqual(ratio * 300);
    expect(retries).toBeGreaterThan(0.8 * ratio * 300);
    expect(recorder.retriesDenied).toBe(300);
  });

  it('what would not be tried again asks for nothing', () => {
    const { recorder } = byHand(
      kind,
      { client: budgeted({ ratio: 0, minimum: 0, window: 1 }) },
      { uploads: [{ start: 0, bucket: 1, size: 1 }] },
    );
    expect(recorder.failures.toRecord()).toEqual({ 'no-such-bucket': 1 });
    expect(recorder.retriesDenied).toBe(0);
  });
});
