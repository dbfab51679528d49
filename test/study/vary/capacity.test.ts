import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findCapacity, type Verdict } from '../../../src/study/vary/capacity.js';
import { readSpan } from '../../../src/study/vary/range.js';

const largest = { smallest: false, tolerance: 0.01 };

function search(option: string, how: typeof largest, verdict: (value: number) => Verdict) {
  return findCapacity(readSpan(option), how, async ({ value }) => ({
    verdict: verdict(value!),
    evidence: value!,
  }));
}

describe('the largest value that passes', () => {
  it('is found to the tolerance, between one that passes and one that does not', async () => {
    const { met, missed } = await search('x=1..1000', { ...largest, tolerance: 0 }, value =>
      value <= 617 ? 'pass' : 'fail',
    );
    expect(met!.point.text).toBe('617');
    expect(missed!.point.text).toBe('618');
  });

  it('is found wherever it lies, in few steps', async () => {
    await fc.assert(
      fc.asyncProperty(fc.double({ min: 1.01, max: 9.9e5, noNaN: true }), async truth => {
        const { met, missed, trials } = await search('x=1MB..1000000MB', largest, value =>
          value <= truth ? 'pass' : 'fail',
        );
        expect(met!.point.value!).toBeLessThanOrEqual(truth);
        expect(missed!.point.value!).toBeGreaterThan(truth);
        expect(missed!.point.value! - met!.point.value!).toBeLessThanOrEqual(0.0101 * met!.point.value!);
        // Ends, geometric halving of 10^6 to a factor of 4, then halving of 3 to 1%: 2 + 4 + 9 at the most.
        expect(trials.length).toBeLessThanOrEqual(16);
      }),
    );
  });

  it('does not exist where not even the lower end passes', async () => {
    const { met, missed, trials } = await search('x=1..10', largest, () => 'fail');
    expect(met).toBeNull();
    expect(missed!.point.text).toBe('1');
    expect(trials).toHaveLength(1);
  });

  it('is at least the upper end where that passes', async () => {
    const { met, missed } = await search('x=1..10', largest, () => 'pass');
    expect([met!.point.text, missed]).toEqual(['10', null]);
  });

  it('is called met only where it is; what stays open is told apart', async () => {
    const { met, missed, open } = await search('x=1..100', { ...largest, tolerance: 0 }, value =>
      value <= 40 ? 'pass' : value < 45 ? 'inconclusive' : 'fail',
    );
    expect(met!.point.text).toBe('40');
    expect(open.map(({ point }) => point.value!).every(value => value > 40 && value < 45)).toBe(true);
    expect(open.length).toBeGreaterThan(0);
    expect(missed!.point.value!).toBeGreaterThanOrEqual(45);
  });
});

it('the smallest value that passes is found likewise', async () => {
  const { met, missed } = await search('x=1..64', { smallest: true, tolerance: 0 }, value =>
    value >= 13 ? 'pass' : 'fail',
  );
  expect([met!.point.text, missed!.point.text]).toEqual(['13', '12']);
  const none = await search('x=1..64', { smallest: true, tolerance: 0 }, () => 'fail');
  expect(none.met).toBeNull();
  expect(none.missed!.point.text).toBe('64');
});
