import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bits,
  bytes,
  capacity,
  count,
  dollars,
  duration,
  type Format,
  noValue,
  percent,
  rate,
  ratio,
  signed,
} from '../src/readable.js';

const formats: Readonly<Record<string, Format>> = {
  duration,
  bytes,
  rate,
  bits,
  count,
  percent,
  ratio,
  dollars,
};

describe('units', () => {
  it.each<[number, string]>([
    [0, '0 s'],
    [2.5e-7, '0.25 µs'],
    [0.0000425, '42.5 µs'],
    [0.0523, '52.3 ms'],
    [0.9994, '999 ms'],
    [0.9997, '1 s'],
    [12.345, '12.3 s'],
    [119, '119 s'],
    [119.9, '2 min'],
    [632.1, '10.5 min'],
    [7200, '2 h'],
    [200_000, '2.31 d'],
  ])('writes %d seconds as %s', (seconds, text) => {
    expect(duration(seconds)).toBe(text);
  });

  it.each<[Format, number, string]>([
    [bytes, 812, '812 B'],
    [bytes, -0.0000076, '0 B'],
    [bytes, 999.6, '1 KB'],
    [bytes, 50e6, '50 MB'],
    [bytes, 9.31e9, '9.31 GB'],
    [bytes, 999_600, '1 MB'],
    [bytes, 5.4321e18, '5,432 PB'],
    [rate, 69.24e6, '69.2 MB/s'],
    [bits, 117.6875e6, '942 Mbps'],
    [bits, 1.25e8, '1 Gbps'],
    [count, 1_000_000, '1,000,000'],
    [count, 112.44, '112'],
    [count, 0.8712, '0.871'],
    [count, 1234.5, '1,235'],
    [percent, 0, '0%'],
    [percent, 1, '100%'],
    [percent, 1 - 1e-12, '100%'],
    [percent, 0.99999, '>99.99%'],
    [percent, 0.9996, '99.96%'],
    [percent, 0.00001, '<0.01%'],
    [percent, 0.2333, '23.3%'],
    [ratio, 0.13624, '0.136×'],
    [ratio, 8.314, '8.31×'],
    [dollars, 0.192, '$0.19'],
    [dollars, 0.0042, '$0.0042'],
    [dollars, 4543.5, '$4,544'],
  ])('%o writes %d as %s', (format, value, text) => {
    expect(format(value)).toBe(text);
  });

  it('shows the sign of a difference', () => {
    expect(signed(duration)(10)).toBe('+10 s');
    expect(signed(duration)(-546)).toBe('-9.1 min');
    expect(signed(duration)(0)).toBe('0 s');
    expect(signed(duration)(null)).toBe(noValue);
  });

  it('says "unlimited" where there is no capacity', () => {
    expect(capacity(bytes)(null)).toBe('unlimited');
    expect(capacity(bytes)(16e9)).toBe('16 GB');
  });

  it.each(Object.entries(formats))('%s never writes what is not a figure', (_, format) => {
    for (const value of [null, undefined, Number.NaN, Infinity, -Infinity])
      expect(format(value)).toBe(noValue);
    fc.assert(
      fc.property(fc.double({ noNaN: true, min: -1e300, max: 1e300 }), value => {
        expect(format(value)).not.toMatch(/NaN|null|undefined|Infinity|∞/);
      }),
    );
  });

  it('keeps three significant digits over the whole range of durations', () => {
    const seconds: Readonly<Record<string, number>> = {
      µs: 1e-6,
      ms: 1e-3,
      s: 1,
      min: 60,
      h: 3600,
      d: 86_400,
    };
    fc.assert(
      fc.property(fc.double({ min: 1e-6, max: 8e7, noNaN: true }), value => {
        const [digits, unit] = duration(value).split(' ');
        const read = Number(digits.replaceAll(',', '')) * seconds[unit];
        expect(Math.abs(read - value) / value).toBeLessThanOrEqual(0.00501);
      }),
    );
  });
});
