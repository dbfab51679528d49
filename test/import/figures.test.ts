import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { slugOf } from '../../src/import/background.js';
import { evenly, rate, size, time } from '../../src/import/quantities.js';
import { peakWithin } from '../../src/import/summary.js';
import { twentieths } from '../../src/import/twentieths.js';
import { readQuantity } from '../../src/units.js';

describe('twentieths', () => {
  it('keep few values as they are, and the mean of many', () => {
    expect(twentieths([3, 1, 2])).toEqual([1, 2, 3]);
    expect(twentieths([])).toEqual([]);
    expect(twentieths(Float64Array.from({ length: 40 }, (_, i) => i))).toEqual(
      Array.from({ length: 20 }, (_, i) => 2 * i + 0.5),
    );
    fc.assert(
      fc.property(fc.array(fc.nat(1e6), { minLength: 1, maxLength: 50 }), values => {
        const times20 = values.flatMap(value => Array(20).fill(value));
        const mean = (list: readonly number[]) => list.reduce((sum, x) => sum + x, 0) / list.length;
        expect(mean(twentieths(times20))).toBeCloseTo(mean(values), 6);
      }),
    );
  });
});

describe('peakWithin', () => {
  it('finds the fullest window', () => {
    expect(peakWithin(Float64Array.of(0, 5, 9, 10, 14, 30), 10)).toEqual({ uploads: 4, at: 5 });
    expect(peakWithin(Float64Array.of(0, 11, 12, 13), 10)).toEqual({ uploads: 3, at: 11 });
  });

  it('as counting for each start does', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(100), { minLength: 1 }), fc.integer({ min: 1, max: 30 }), (list, width) => {
        const starts = Float64Array.from(list).sort();
        const counts = [...starts].map(from => list.filter(at => at >= from && at < from + width).length);
        expect(peakWithin(starts, width).uploads).toBe(Math.max(...counts));
      }),
    );
  });
});

describe('quantities', () => {
  const value = (kind: 'size' | 'rate' | 'time', text: string) => {
    const reading = readQuantity(kind, text);
    if (!reading.ok) throw new Error(reading.what);
    return reading.value;
  };

  it('are those of a scenario', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1e12 }), n => {
        expect(value('size', size(n))).toBe(n);
        expect(value('time', time(n))).toBeCloseTo(n / 1e6, 6);
        expect(Math.abs(value('rate', rate(n)) / n - 1)).toBeLessThan(0.0051);
      }),
    );
  });

  it('repeated ones have a weight', () => {
    expect(evenly(['1B', '1B'], '')).toBe('1B');
    expect(evenly(['1B', '1B', '2B'], '')).toBe('{ choice: [\n  { value: 1B, weight: 2 }, { value: 2B } ] }');
  });
});

it('slugs are names of files, and differ', () => {
  expect(slugOf('GET /feed', new Set())).toBe('get-feed');
  expect(slugOf('GET /feed', new Set(['get-feed']))).toBe('get-feed-2');
  expect(slugOf('GET /../../etc', new Set())).toBe('get-etc');
});
