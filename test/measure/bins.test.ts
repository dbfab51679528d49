/** Time series against a twin that integrates every line over every bin anew. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TimeBins } from '../../src/measure/bins.js';

const BINS = 240;

interface Line {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly slope: number;
}

/** Integral of a line over [begin, end]. */
function over({ from, to, value, slope }: Line, begin: number, end: number): number {
  const a = Math.max(from, begin);
  const b = Math.min(to, end);
  if (b <= a) return 0;
  return (b - a) * (value + slope * ((a + b) / 2 - from));
}

/** The first width is a millisecond; it doubles until all fits. */
function widthFor(span: number): number {
  let width = 0.001;
  while (span > BINS * width) width *= 2;
  return width;
}

const piece = fc.record({
  span: fc.oneof(fc.constantFrom(0.001, 0.24, 0.25, 1, 64), fc.double({ min: 1e-6, max: 30, noNaN: true })),
  value: fc.double({ min: -5, max: 100, noNaN: true }),
  slope: fc.constantFrom(0, 0, 1, -2.5),
});

it('each bin holds the exact integral over itself, through all doublings', () => {
  fc.assert(
    fc.property(
      fc.array(piece, { minLength: 1, maxLength: 80 }),
      fc.constantFrom<number>(0, 17.5),
      (pieces, origin) => {
        const bins = new TimeBins(origin);
        const series = bins.addSeries();
        const other = bins.addSeries();
        const lines: Line[] = [];
        let now = origin;
        for (const { span, value, slope } of pieces) {
          const line = { from: now, to: now + span, value, slope };
          bins.addLine(series, line.from, line.to, value, slope);
          lines.push(line);
          now = line.to;
        }
        const width = widthFor(now - origin);
        expect(bins.width).toBe(width);
        const sums = bins.read(series, now);
        expect(sums.length).toBeLessThanOrEqual(BINS);
        expect(sums.length).toBe(Math.max(1, Math.ceil((now - origin) / width)));
        const scale = lines.reduce((sum, line) => sum + (line.to - line.from) * 200, 0);
        for (const [bin, sum] of sums.entries()) {
          const begin = origin + bin * width;
          const expected = lines.reduce((area, line) => area + over(line, begin, begin + width), 0);
          expect(Math.abs(sum - expected)).toBeLessThan(1e-11 * scale);
        }
        expect([...bins.read(other, now)].every(sum => sum === 0)).toBe(true);
      },
    ),
    { numRuns: 150, seed: 61 },
  );
});

it('counts stay whole when pairs merge', () => {
  const instants = fc.array(fc.double({ min: 0, max: 1000, noNaN: true }), { minLength: 1, maxLength: 300 });
  fc.assert(
    fc.property(instants, unsorted => {
      const at = [...unsorted].sort((a, b) => a - b);
      const bins = new TimeBins(0);
      const series = bins.addSeries();
      for (const instant of at) bins.addAt(series, instant, 1);
      const sums = bins.read(series, at.at(-1)!);
      for (const [bin, sum] of sums.entries()) {
        const inside = (t: number) => Math.floor(t / bins.width) === bin;
        // An instant on the border of the last bin belongs to the next, which may not be there.
        expect(sum).toBe(at.filter(inside).length);
      }
    }),
    { numRuns: 150, seed: 62 },
  );
});

describe('by hand', () => {
  it('a line of 2 over 1 s: 2 ms in each of the merged bins', () => {
    const bins = new TimeBins(0);
    const series = bins.addSeries();
    bins.addLine(series, 0, 1, 2, 0);
    // 240 bins of 1, 2 and 4 ms hold 0.24, 0.48 and 0.96 s; 8 ms are needed: 125 bins.
    expect(bins.width).toBe(0.008);
    const sums = bins.read(series, 1);
    expect(sums).toHaveLength(125);
    for (const sum of sums) expect(sum).toBeCloseTo(0.016, 12);
  });

  it('the last bin may be cut short', () => {
    const bins = new TimeBins(10);
    const series = bins.addSeries();
    bins.addLine(series, 10, 10.0025, 4, 0);
    const expected = [0.004, 0.004, 0.002];
    for (const [bin, sum] of bins.read(series, 10.0025).entries())
      expect(sum).toBeCloseTo(expected[bin]!, 12);
  });
});
