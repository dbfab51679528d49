/**
 * What holds exactly in every run, whatever the scenario: Little's law, the utilisation law, conservation of uploads,
 * attempts and bytes, and that all is given back. The result computes both sides itself (`checks`); here they are
 * tried on random scenarios, in which everything is short of something, and against sums of our own.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { replay } from '../../src/replay/replay.js';
import { uploadStatus } from '../../src/result.js';
import { summarise } from '../../src/study/summary.js';
import { handMade } from '../reference/hand-made.js';
import type { RandomScenario } from '../reference/random-scenario.js';
import { randomScenario } from '../reference/random-scenario.js';
import { randomlyDrawn } from '../reference/randomly.js';

/** Every number in a tree, with its path. */
function* numbers(value: unknown, path = ''): Generator<[string, number]> {
  if (typeof value === 'number') yield [path, value];
  else if (typeof value === 'object' && value !== null) {
    for (const [key, part] of Object.entries(value)) yield* numbers(part, `${path}.${key}`);
  }
}

function holds({ spec, work, horizon }: RandomScenario): void {
  const options = { seed: 'identities', horizon, warmup: 0 };
  const run = replay(spec, handMade(work), options);
  const quiet = replay(spec, handMade({ ...work, uploads: [] }), options);
  const result = summarise(spec, run, quiet.recorder.background, [], null, null);
  for (const { name, ok, error } of result.checks)
    expect({ name, ok, error }).toEqual({ name, ok: true, error });
  for (const [path, value] of numbers(result)) {
    if (!Number.isFinite(value)) expect.fail(`${path} is ${value}`);
  }
  const { offered, succeeded, failed, unfinished } = result.uploads;
  expect(succeeded + failed + unfinished).toBe(offered);
  const sum = (counts: Readonly<Record<string, number>>) => Object.values(counts).reduce((a, b) => a + b, 0);
  expect(sum(result.uploads.failures)).toBe(failed);
  // Every attempt but those under way and the last of those that succeeded has failed.
  expect(sum(result.uploads.attemptFailures)).toBeLessThanOrEqual(result.uploads.attempts - succeeded);
  expect(sum(result.uploads.attemptFailures)).toBeGreaterThanOrEqual(
    result.uploads.attempts - succeeded - unfinished,
  );
  if (horizon === Number.POSITIVE_INFINITY) expect(unfinished).toBe(0);

  // Little's law from the log alone: the time average of the uploads in flight x the window.
  const { start, end, status, count } = run.recorder.uploads;
  const { from, to } = run;
  let sojourns = 0;
  for (let i = 0; i < count; i++) {
    const until = uploadStatus[status[i]!] === 'unfinished' ? to : end[i]!;
    sojourns += Math.max(0, until - Math.max(from, start[i]!));
  }
  const { series } = result;
  const inFlight = series.active.reduce(
    (area, average, bin) => area + average * Math.min(series.binWidth, to - from - bin * series.binWidth),
    0,
  );
  expect(Math.abs(inFlight - sojourns)).toBeLessThanOrEqual(1e-9 * Math.max(1, sojourns));
  for (const usage of [
    result.server.threads,
    result.server.cpu,
    result.server.networkIn,
    result.server.networkOut,
    result.storage.networkIn,
  ]) {
    if (usage.utilization !== null) expect(usage.utilization).toBeLessThanOrEqual(1 + 1e-9);
    expect(usage.mean).toBeLessThanOrEqual(usage.peak * (1 + 1e-9) + 1e-9);
    expect(usage.saturatedFor).toBeLessThanOrEqual((to - from) * (1 + 1e-9));
  }
  if (run.finished) {
    const stored = result.uploads.succeeded === 0 ? 0 : run.recorder.succeededBytes;
    expect(result.storage.bytes).toBeGreaterThanOrEqual(stored * (1 - 1e-9));
  }
}

it.each([false, true])('in scenarios without chance (ties by design: %s)', ties => {
  fc.assert(fc.property(randomScenario({ ties }), holds), { numRuns: 250, seed: 31 });
});

it.each([false, true])('in scenarios with shares, jitter and waits drawn at random (ties: %s)', ties => {
  fc.assert(fc.property(randomlyDrawn({ ties }), holds), { numRuns: 400, seed: 32 });
});
