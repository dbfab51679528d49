import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnOf, edgeOf, roundBelow, type TimeAxis, ticks } from '../../../src/present/chart/time-axis.js';
import { rowLabels, shareAxis, valueAxis } from '../../../src/present/chart/value-axis.js';
import { bits, bytes, count, percent } from '../../../src/readable.js';

const labelsOf = (axis: ReturnType<typeof valueAxis>) => rowLabels(axis).filter(label => label !== '');

describe('the axis of values', () => {
  it('ends at a round number not far above the highest value', () => {
    expect(labelsOf(valueAxis(1000, count))).toEqual(['1,000', '800', '600', '400', '200', '0']);
    expect(labelsOf(valueAxis(1001, count))).toEqual(['1,200', '1,000', '800', '600', '400', '200', '0']);
    expect(labelsOf(valueAxis(1250, count))).toEqual(['1,250', '1,000', '750', '500', '250', '0']);
    expect(labelsOf(valueAxis(17.2e9, bytes))).toEqual(['20 GB', '15 GB', '10 GB', '5 GB', '0 B']);
    expect(labelsOf(valueAxis(2, count))).toEqual(['2', '1.5', '1', '0.5', '0']);
  });

  it('is round in the unit that is written: bits, where values are bytes', () => {
    const axis = valueAxis(117.6875e6, bits, 8);
    expect(labelsOf(axis)).toEqual(['1 Gbps', '800 Mbps', '600 Mbps', '400 Mbps', '200 Mbps', '0 bps']);
    expect(axis.top).toBe(125e6);
  });

  it('has quarters for shares', () => {
    expect(labelsOf(shareAxis(percent))).toEqual(['100%', '75%', '50%', '25%', '0%']);
  });

  it('has room for every value, with labels at even distances', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 1e18, noNaN: true }), fc.constantFrom(1, 8), (max, factor) => {
        const { top, rows, rowsPerTick } = valueAxis(max, count, factor);
        expect(top).toBeGreaterThanOrEqual(max * (1 - 1e-8));
        expect(top).toBeLessThanOrEqual(1.5 * max * (1 + 1e-8));
        expect(rows % rowsPerTick).toBe(0);
        expect(rows).toBeGreaterThanOrEqual(9);
        expect(rows).toBeLessThanOrEqual(12);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the axis of time', () => {
  const linear = (from: number, to: number, columns = 60) =>
    ticks({ from, to, log: false }, columns).map(tick => tick.label);
  const log = (from: number, to: number, columns = 60) =>
    ticks({ from, to, log: true }, columns).map(tick => tick.label);

  it('has round numbers with their unit', () => {
    expect(linear(0, 60)).toEqual(['0 s', '10 s', '20 s', '30 s', '40 s', '50 s', '60 s']);
    expect(linear(0, 600)).toEqual(['0 min', '2 min', '4 min', '6 min', '8 min', '10 min']);
    expect(linear(0, 0.004, 30)).toEqual(['0 ms', '1 ms', '2 ms', '3 ms', '4 ms']);
    expect(linear(0, 86_400, 40)).toEqual(['0 h', '6 h', '12 h', '18 h', '24 h']);
    expect(linear(30, 100, 40)).toEqual(['40 s', '60 s', '80 s', '100 s']);
    // Seven characters and the gap do not fit into the eight columns of a second.
    expect(linear(1000, 1010, 80).slice(0, 2)).toEqual(['1,000 s', '1,002 s']);
    expect(linear(1000, 1010, 90).slice(0, 2)).toEqual(['1,000 s', '1,001 s']);
  });

  it('has round numbers at distances that grow where it is logarithmic', () => {
    // Of the 60 columns, 30 s would be 5 to the right of 20 s.
    expect(log(1, 100)).toEqual(['1 s', '2 s', '5 s', '10 s', '20 s', '1 min']);
    expect(log(1, 100, 80)).toEqual(['1 s', '2 s', '5 s', '10 s', '20 s', '30 s', '1 min']);
    // Two decades on 16 columns: 10 ms at 0, 50 ms at 5.6, 100 ms at 8, 500 ms at 13.6.
    expect(log(0.01, 1, 16)).toEqual(['10 ms', '100 ms', '1 s']);
  });

  it('knows the round number below', () => {
    expect([0.37, 1, 7, 45, 59, 5000].map(roundBelow)).toEqual([0.2, 1, 5, 30, 30, 3600]);
  });

  it('never lets labels run into each other, and places each where it belongs', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-6, max: 1e7, noNaN: true }),
        fc.double({ min: 1.001, max: 1e6, noNaN: true }),
        fc.boolean(),
        fc.integer({ min: 20, max: 160 }),
        (from, times, isLog, columns) => {
          const axis: TimeAxis = { from, to: from * times, log: isLog };
          let free = Number.NEGATIVE_INFINITY;
          for (const { seconds, label } of ticks(axis, columns)) {
            const column = columnOf(axis, seconds, columns);
            expect(edgeOf(axis, column, columns)).toBeLessThanOrEqual(seconds * (1 + 1e-6));
            expect(edgeOf(axis, column + 1, columns)).toBeGreaterThanOrEqual(seconds * (1 - 1e-6));
            const begin = column - Math.floor(label.length / 2);
            expect(begin).toBeGreaterThan(free);
            free = begin + label.length;
          }
        },
      ),
      { numRuns: 500 },
    );
  });
});
