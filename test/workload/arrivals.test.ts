/** When uploads arrive. Random forms: fixed seeds, 5 standard errors, a false alarm for one seed in 1.7 million each. */
import { describe, expect, it } from 'vitest';
import { readUpload } from '../reference/read-upload.js';
import { draw } from './columns.js';

const starts = (arrivals: unknown, seed?: string, files?: Record<string, string>) => [
  ...draw({ workload: { uploads: { arrivals, size: '1MB' } } }, seed, files).uploads.start,
];

const mean = (values: readonly number[]) => values.reduce((sum, x) => sum + x, 0) / values.length;
const ascending = (values: readonly number[]) => values.every((x, i) => i === 0 || values[i - 1]! <= x);

it('a burst: all at one instant', () => {
  expect(starts({ count: 5, at: '2.5s' })).toEqual([2.5, 2.5, 2.5, 2.5, 2.5]);
});

it('spread: as many as said, uniform over the span', () => {
  const n = 20_000;
  const drawn = starts({ count: n, over: '40s' });
  expect(drawn).toHaveLength(n);
  expect(ascending(drawn)).toBe(true);
  expect(drawn[0]).toBeGreaterThanOrEqual(0);
  expect(drawn.at(-1)).toBeLessThan(40);
  expect(Math.abs(mean(drawn) - 20)).toBeLessThan((5 * 40) / Math.sqrt(12 * n));
  const firstQuarter = drawn.filter(at => at < 10).length;
  expect(Math.abs(firstQuarter - n / 4)).toBeLessThan(5 * Math.sqrt(n * 0.25 * 0.75));
});

it('evenly: at 0, 1/rate, 2/rate, ... before the end', () => {
  expect(starts({ rate: '4/s', for: '1s', process: 'constant' })).toEqual([0, 0.25, 0.5, 0.75]);
  expect(starts({ rate: '3/s', for: '1s', process: 'constant' })).toEqual([0, 1 / 3, 2 / 3]);
  // 0.1 x 10 is 1, and what comes at 1 s comes too late.
  expect(starts({ rate: '10/s', for: '1.05s', process: 'constant' })).toHaveLength(11);
  expect(starts({ rate: '2/m', for: '1m', process: 'constant' })).toHaveLength(2);
});

describe('Poisson', () => {
  it('has exponential, independent gaps and a Poisson number', () => {
    const drawn = starts({ rate: '50/s', for: '1000s' });
    const n = drawn.length;
    expect(Math.abs(n - 50_000)).toBeLessThan(5 * Math.sqrt(50_000));
    expect(ascending(drawn)).toBe(true);
    expect(drawn.at(-1)).toBeLessThan(1000);
    const gaps = drawn.map((at, i) => at - (drawn[i - 1] ?? 0));
    expect(Math.abs(mean(gaps) - 0.02)).toBeLessThan((5 * 0.02) / Math.sqrt(n));
    // The median of an exponential is ln 2 of its mean: a binomial count.
    const short = gaps.filter(gap => gap < 0.02 * Math.LN2).length;
    expect(Math.abs(short - n / 2)).toBeLessThan(5 * Math.sqrt(n / 4));
    const products = mean(gaps.slice(1).map((gap, i) => (gap / 0.02 - 1) * (gaps[i]! / 0.02 - 1)));
    expect(Math.abs(products)).toBeLessThan(5 / Math.sqrt(n));
  });

  it('has each piece at its rate, and nothing in a piece of 0', () => {
    const drawn = starts({
      rate: [
        { until: '100s', rate: '20/s' },
        { until: '200s', rate: '0/s' },
        { until: '400s', rate: '5/s' },
      ],
    });
    const between = (from: number, to: number) => drawn.filter(at => at >= from && at < to).length;
    expect(Math.abs(between(0, 100) - 2000)).toBeLessThan(5 * Math.sqrt(2000));
    expect(between(100, 200)).toBe(0);
    expect(Math.abs(between(200, 400) - 1000)).toBeLessThan(5 * Math.sqrt(1000));
    expect(between(400, Infinity)).toBe(0);
    expect(ascending(drawn)).toBe(true);
  });

  it('begins the same however long it lasts', () => {
    const short = starts({ rate: '50/s', for: '10s' });
    expect(starts({ rate: '50/s', for: '20s' }).slice(0, short.length)).toEqual(short);
  });
});

describe('a trace', () => {
  const trace = 'start,size,uplink,weight\n3,30,,2\n1,10,5000,\n1,11,,\n0,5,7000,0.5\n';
  const { uploads } = draw(
    {
      workload: { uploads: { arrivals: { trace: 't.csv' } } },
      clients: [{ name: 'c', uplink: '8kbps', rtt: '0s' }],
    },
    'draw',
    { 't.csv': trace },
  );

  it('comes in the order of time, ties in that of the rows, numbered by row', () => {
    expect([...uploads.start]).toEqual([0, 1, 1, 3]);
    expect([...uploads.id]).toEqual([3, 1, 2, 0]);
  });

  it("has its own values where a cell has one, else the scenario's", () => {
    const read = (index: number) => {
      const into = { ...blankDraw };
      readUpload(uploads.properties, index, into);
      return [into.size, into.uplink, into.weight];
    };
    expect([0, 1, 2, 3].map(read)).toEqual([
      [5, 7000, 0.5],
      [10, 5000, 1],
      [11, 1000, 1],
      [30, 1000, 2],
    ]);
  });
});

const blankDraw = {
  size: 0,
  client: 0,
  bucket: 0,
  file: 0,
  weight: 0,
  uplink: 0,
  downlink: 0,
  rttServer: 0,
  rttStorage: 0,
  loss: 0,
  mistakes: 0,
};
