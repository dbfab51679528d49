import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startUpLength } from '../../src/statistics/mser5.js';

/** Straight from the definition, in time proportional to the square. */
function slow(observations: readonly number[]): number | null {
  const batches: number[] = [];
  for (let i = 0; i + 5 <= observations.length; i += 5) {
    batches.push(observations.slice(i, i + 5).reduce((sum, x) => sum + x, 0) / 5);
  }
  if (batches.length < 10) return null;
  let best = { z: Number.POSITIVE_INFINITY, d: 0 };
  for (let d = 0; d <= batches.length - 5; d++) {
    const rest = batches.slice(d);
    const mean = rest.reduce((sum, y) => sum + y, 0) / rest.length;
    const z = rest.reduce((sum, y) => sum + (y - mean) ** 2, 0) / rest.length ** 2;
    if (z < best.z) best = { z, d };
  }
  return best.d <= batches.length / 2 ? best.d * 5 : null;
}

const flat = (value: number, batches: number) => Array.from({ length: 5 * batches }, () => value);

describe('MSER-5', () => {
  it('cuts off a start-up of two batches', () => {
    // Batch means 9 9 0 1 0 1 ... : from the third on they only alternate.
    const settled = Array.from({ length: 20 }, (_, i) => flat(i % 2, 1)).flat();
    expect(startUpLength([...flat(9, 2), ...settled])).toBe(10);
  });

  it('cuts off nothing where nothing changes', () => {
    const noise = Array.from({ length: 500 }, (_, i) => ((i * 7919) % 101) / 101);
    expect(startUpLength(noise)).toBeLessThan(100);
    expect(startUpLength(flat(3, 40))).toBe(0);
  });

  it('says that a series has not settled: it grows to the end', () => {
    expect(startUpLength(Array.from({ length: 1000 }, (_, i) => i))).toBeNull();
    expect(startUpLength([...flat(0, 80), ...flat(100, 20)])).toBeNull();
  });

  it('says nothing of fewer than ten batches', () => {
    expect(startUpLength([])).toBeNull();
    expect(startUpLength(flat(1, 9))).toBeNull();
    expect(startUpLength([...flat(1, 9), 1, 1, 1, 1])).toBeNull();
  });

  it('is the definition, whatever the observations', () => {
    const many = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 45, maxLength: 200 });
    fc.assert(
      fc.property(many, values => {
        expect(startUpLength(values)).toBe(slow(values));
      }),
    );
  });
});
