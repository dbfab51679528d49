/** A bucket that splits: by hand, and against a twin that looks at every millisecond. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SplittingBucket } from '../../src/kernel/resources/splitting-bucket.js';

const endless = Number.POSITIVE_INFINITY;
const splitting = { after: 10, calm: 2, upTo: endless };

/** A request every `gap` seconds in [from, to); how many were refused. */
function ask(bucket: SplittingBucket, from: number, to: number, gap: number): number {
  let refused = 0;
  for (let i = 0; from + i * gap < to; i++) if (!bucket.take(from + i * gap)) refused++;
  return refused;
}

describe('by hand', () => {
  it('doubles when refusals have followed each other for so long', () => {
    // Four requests a second, two of them too many. The tokens that they find: 3, 2.5, 2, 1.5, 1 and, at 1.25 s, 0.5.
    const bucket = new SplittingBucket(2, 3, 1, splitting);
    expect([0, 0.25, 0.5, 0.75, 1, 1.25].map(at => bucket.take(at))).toEqual([
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
    ask(bucket, 1.5, 11.25, 0.25);
    expect(bucket.splits).toEqual([]);
    ask(bucket, 11.25, 30, 0.25);
    expect(bucket.splits).toEqual([11.25]);
    // Four a second are enough from here on.
    expect(bucket.parts).toBe(2);
    expect(ask(bucket, 30, 60, 0.25)).toBe(0);
  });

  it('splits at that instant though nobody comes then', () => {
    const bucket = new SplittingBucket(1, 1, 1, { ...splitting, calm: 20 });
    expect(bucket.take(0)).toBe(true);
    expect(bucket.take(0.5)).toBe(false);
    // From 10.5 s on two a second, up to two at once.
    bucket.pass(100);
    expect(bucket.splits).toEqual([10.5]);
    expect([bucket.take(100), bucket.take(100), bucket.take(100)]).toEqual([true, true, false]);
  });

  it('begins anew after a calm', () => {
    const bucket = new SplittingBucket(1, 1, 1, splitting);
    bucket.take(0);
    for (const at of [0, 2, 4]) {
      bucket.take(at);
      expect(bucket.take(at)).toBe(false);
    }
    // The next one comes 2.5 s after the last refusal.
    bucket.take(6.5);
    expect(bucket.take(6.5)).toBe(false);
    bucket.pass(16);
    expect(bucket.splits).toEqual([]);
  });

  it('has no more parts than it may have', () => {
    const bucket = new SplittingBucket(1, 1, 1, { after: 1, calm: 1, upTo: 5 });
    ask(bucket, 0, 100, 0.015625);
    expect(bucket.parts).toBe(4);
    expect(bucket.splits).toHaveLength(2);
  });

  it('never refuses where it is unlimited', () => {
    const bucket = new SplittingBucket(endless, endless, 1, splitting);
    for (let i = 0; i < 100; i++) expect(bucket.take(0)).toBe(true);
  });
});

it('does what one does that looks at every millisecond', () => {
  const whole = (min: number, max: number) => fc.integer({ min, max });
  fc.assert(
    fc.property(
      fc.record({ rate: whole(1, 20), burst: whole(1, 8), parts: whole(1, 3) }),
      fc.record({ after: whole(1, 800), calm: whole(1, 800), upTo: fc.constantFrom(1, 4, 16, endless) }),
      fc.array(whole(0, 300), { minLength: 1, maxLength: 120, size: 'max' }),
      ({ rate, burst, parts }, { after, calm, upTo }, gaps) => {
        const bucket = new SplittingBucket(rate, burst, parts, {
          after: after / 1000,
          calm: calm / 1000,
          upTo,
        });
        const splits: number[] = [];
        // In thousandths of a token, of which each part gets `rate` in a millisecond.
        let count = parts;
        let level = 1000 * burst * parts;
        let began = -1;
        let last = -1;
        let ms = 0;
        for (const gap of gaps) {
          for (const until = ms + gap; ms < until; ) {
            level = Math.min(1000 * burst * count, level + count * rate);
            ms++;
            if (began < 0) continue;
            if (ms === began + after && last + calm >= ms) {
              began = -1;
              if (2 * count > upTo) continue;
              count *= 2;
              splits.push(ms);
            } else if (ms > last + calm) {
              began = -1;
            }
          }
          const granted = level >= 1000;
          if (granted) level -= 1000;
          else {
            last = ms;
            if (began < 0) began = ms;
          }
          expect(bucket.take(ms / 1000)).toBe(granted);
        }
        expect(bucket.parts).toBe(count);
        expect(bucket.splits.map(at => Math.round(1000 * at))).toEqual(splits);
      },
    ),
    { numRuns: 500, seed: 58 },
  );
});
