/** scenarios/retry-budget.yaml: which rule of retries ends the storm. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/study/run.js';
import { expectBinomial } from './binomial.js';
import { completedIn, eachSeed, expectBetween, failedRows, topologyOf, uploadsOf } from './scenario-file.js';

const file = 'retry-budget.yaml';
const capacity = (0.9415 * 1e9) / 8 / 1.025;

it('the arithmetic of the comment', () => {
  expect(Math.round(capacity / 1e6)).toBe(115);
  expect(3 * 20).toBe(60);
  const most = (capacity * 60) / 20e6;
  expect(Math.round(most)).toBe(344);
  expect(12 * 60).toBe(720);
  expect(3 * 60 * 3).toBeGreaterThan(1.5 * most);
  expect(3 * 60 * 1.2).toBeLessThan(0.65 * most);
  expect(Math.exp(-20 / 1000)).toBeCloseTo(0.98, 3);
});

/** From 18 to 48 minutes after the burst: 5,400 arrive; a Poisson number is off by 4 x 73. */
const lastHalfHour = [1800, 3600] as const;
const completed = (run: Run, name: string) => completedIn(uploadsOf(run, name), ...lastHalfHour);
/** Uploads that began then. */
function begun(run: Run, name: string): readonly number[] {
  const { count, start } = uploadsOf(run, name);
  return Array.from({ length: count }, (_, row) => row).filter(row => start[row]! >= lastHalfHour[0]);
}
const lostOf = (run: Run, name: string) => {
  const failed = new Set(failedRows(uploadsOf(run, name)));
  return begun(run, name).filter(row => failed.has(row)).length;
};

describe('three attempts each keep the storm alive', () => {
  eachSeed(file, run => {
    const { uploads } = topologyOf(run, 'proxy-streaming');
    expect(uploads.failed / uploads.offered).toBeGreaterThan(0.7);
    expect(completed(run, 'proxy-streaming')).toBeLessThan(0.2 * 5400);
    expect(uploads.attempts / uploads.offered).toBeGreaterThan(2.5);
  });
});

describe('the budget ends it', () => {
  eachSeed(file, run => {
    const { uploads } = topologyOf(run, 'budget');
    expect(uploads.attempts).toBeLessThanOrEqual(1.2 * uploads.offered);
    expectBetween(uploads.failed / uploads.offered, 0.07, 0.15);
    expectBetween(completed(run, 'budget'), 5400 - 292, 5400 + 292);
    const { start } = uploadsOf(run, 'budget');
    // Three breaks in a row are 0.02^3: 0.08 of 10,000 uploads, and more than two once in 10,000 runs.
    const late = failedRows(uploadsOf(run, 'budget')).filter(
      row => start[row]! < 540 || start[row]! > 720 + 240,
    );
    expect(late.length).toBeLessThanOrEqual(2);
    expect(uploads.retriesDenied).toBeGreaterThan(0.9 * uploads.failed);
  });
});

describe('without retries it ends as well, and single failures are lost for ever', () => {
  eachSeed(file, run => {
    expectBinomial(lostOf(run, 'no retries'), begun(run, 'no retries').length, 1 - Math.exp(-20 / 1000));
    // Three breaks in a row: 0.02^3 of 5,400.
    expect(lostOf(run, 'budget')).toBeLessThanOrEqual(1);
    const [kept, lost] = ['budget', 'no retries'].map(name => topologyOf(run, name).uploads.failed);
    expect(kept!).toBeLessThan(lost!);
  });
});

describe('the valet key has no storm', () => {
  eachSeed(file, run => {
    const { uploads } = topologyOf(run, 'valet-key');
    // Three breaks in a row: eight in a million.
    expect(uploads.failed).toBeLessThanOrEqual(2);
    expect(uploads.attemptFailures.timeout).toBeUndefined();
  });
});

describe('a retry for each upload wastes more', () => {
  const claim = (run: Run) => {
    const { uploads } = topologyOf(run, 'budget');
    // With one for every five it is some 19 GB, with three attempts for all some 350 GB.
    expectBetween(uploads.wastedBytes / 1e9, 20.5, 80);
    expect(uploads.attempts).toBeLessThanOrEqual(2 * uploads.offered);
  };
  const set = ['topologies.budget.client.retry.budget.ratio=100%'];
  eachSeed(file, claim, { set, topologies: ['budget'] });
});

describe("Finagle's ten retries a second are no limit here", () => {
  const claim = (run: Run) => {
    const { uploads } = topologyOf(run, 'budget');
    expect(uploads.failed / uploads.offered).toBeGreaterThan(0.7);
  };
  const set = ['topologies.budget.client.retry.budget={ratio: 20%, minimum: 10/s, window: 10s}'];
  eachSeed(file, claim, { set, topologies: ['budget'] });
});
