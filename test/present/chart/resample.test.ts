import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averages } from '../../../src/present/chart/resample.js';

describe('averages over columns', () => {
  it('splits steps at the edges of columns', () => {
    // 6 until 2, then 0 until 3: 6, 6 and nothing for the last half of a column of 1.5.
    const steps = { time: [0, 2], values: [6, 0], end: 3 };
    expect(averages(steps, { from: 0, width: 1.5, count: 2 })).toEqual([6, 2]);
    expect(averages(steps, { from: 0, width: 1, count: 3 })).toEqual([6, 6, 0]);
  });

  it('averages over the part of a column for which there is a value, and has a gap beyond', () => {
    const steps = { time: [0, 2], values: [6, 3], end: 3 };
    expect(averages(steps, { from: 0, width: 2, count: 4 })).toEqual([6, 3, null, null]);
    expect(averages(steps, { from: -2, width: 2, count: 2 })).toEqual([null, 6]);
    expect(averages(steps, { from: 1, width: 4, count: 1 })).toEqual([4.5]);
  });

  it('has nothing where no time passes', () => {
    expect(averages({ time: [0], values: [5], end: 0 }, { from: 0, width: 1, count: 2 })).toEqual([
      null,
      null,
    ]);
  });

  it('keeps the integral, whatever the widths', () => {
    const bins = fc.array(fc.integer({ min: 0, max: 1e9 }), { minLength: 1, maxLength: 240 });
    fc.assert(
      fc.property(
        bins,
        fc.double({ min: 1e-3, max: 1e3, noNaN: true }),
        fc.double({ min: 0.01, max: 1, noNaN: true }),
        fc.integer({ min: 1, max: 160 }),
        fc.double({ min: 1, max: 3, noNaN: true }),
        (values, binWidth, lastBin, count, stretch) => {
          const end = (values.length - 1 + lastBin) * binWidth;
          const width = (stretch * end) / count;
          const time = values.map((_, i) => i * binWidth);
          const drawn = averages({ time, values, end }, { from: 0, width, count });
          const known = drawn.map((_, i) => Math.max(0, Math.min(end, (i + 1) * width) - i * width));
          const integral = values.reduce(
            (sum, value, i) => sum + value * (i === values.length - 1 ? lastBin : 1) * binWidth,
            0,
          );
          const chart = drawn.reduce((sum: number, value, i) => sum + (value ?? 0) * known[i], 0);
          // Less than a millionth of a column may be left out at the end.
          expect(Math.abs(chart - integral)).toBeLessThanOrEqual(
            1e-9 * integral + 1.01e-6 * width * Math.max(...values),
          );
          for (const [i, value] of drawn.entries()) {
            if (known[i] < 0.9e-6 * width) expect(value).toBeNull();
            if (known[i] > 1.1e-6 * width) expect(value).not.toBeNull();
          }
        },
      ),
    );
  });
});
