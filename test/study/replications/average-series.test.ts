import { describe, expect, it } from 'vitest';
import type { Series } from '../../../src/result.js';
import { averageSeries } from '../../../src/study/replications/average-series.js';

function series(start: number, binWidth: number, active: number[], completed: number[]): Series {
  const zero = active.map(() => 0);
  return {
    binWidth,
    time: active.map((_, i) => start + i * binWidth),
    active,
    threads: zero,
    backlog: zero,
    memory: zero,
    cpu: zero,
    networkIn: zero,
    networkOut: zero,
    storageIn: zero,
    disk: null,
    servers: null,
    completed,
    failed: zero,
  };
}

describe('time series over replications', () => {
  it('of the same bins are averaged bin by bin', () => {
    const mean = averageSeries([series(0, 1, [2, 4], [1, 0]), series(0, 1, [4, 0], [3, 2])], [2, 2]);
    expect(mean).toMatchObject({ binWidth: 1, time: [0, 1], active: [3, 2], completed: [2, 1], disk: null });
  });

  it('of different widths are averaged over the wider bins', () => {
    const mean = averageSeries([series(0, 1, [2, 4], [1, 2]), series(0, 2, [5], [7])], [2, 2]);
    // (2 + 4) / 2 = 3 on average, and 5; 1 + 2 = 3 completions, and 7.
    expect(mean).toMatchObject({ binWidth: 2, time: [0], active: [4], completed: [5] });
  });

  it('count as nothing before they begin and after they have ended', () => {
    const mean = averageSeries([series(0, 2, [6, 6], [2, 2]), series(3, 2, [4], [4])], [3, 4]);
    // The first is 6 from 0 to 3, the other 4 from 3 to 4, where both end: 6/2; (6 x 1 + 4 x 1) / 2 / 2.
    expect(mean.time).toEqual([0, 2]);
    expect(mean.active).toEqual([3, 2.5]);
    expect(mean.completed).toEqual([1, 3]);
  });

  it('keep integrals and counts, however the bins lie', () => {
    const first = series(0.3, 0.7, [1, 5, 2, 8, 3], [4, 0, 1, 2, 9]);
    const second = series(1.1, 1.3, [7, 2], [3, 6]);
    const mean = averageSeries([first, second], [3.8, 3.2]);
    const ends = 3.8;
    const widths = mean.time.map(start => Math.min(mean.binWidth, ends - start));
    const integral = mean.active.reduce((sum, value, i) => sum + value * widths[i]!, 0);
    // The last bin of each ends with its run: 0.7 wide, and 0.8.
    const expected = ((1 + 5 + 2 + 8 + 3) * 0.7 + 7 * 1.3 + 2 * 0.8) / 2;
    expect(integral).toBeCloseTo(expected, 12);
    expect(mean.completed.reduce((sum, value) => sum + value, 0)).toBeCloseTo((16 + 9) / 2, 12);
  });

  it('of one replication are its own', () => {
    const only = series(5, 1, [1], [1]);
    expect(averageSeries([only], [6])).toBe(only);
  });
});
