import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/errors.js';
import { readSpan, readVariation } from '../../../src/study/vary/range.js';

const texts = (option: string) => readVariation(option).points.map(({ text }) => text);

describe('the values of a variation', () => {
  it('are a list, as it stands', () => {
    expect(texts('server.threads=100, 200,unlimited')).toEqual(['100', '200', 'unlimited']);
    expect(readVariation('server.threads=100,unlimited').points[1]!.value).toBeNull();
    expect(texts('workload.uploads.size=1MB,{uniform: [1MB, 2MB]}')).toEqual([
      '1MB',
      '{uniform: [1MB, 2MB]}',
    ]);
    expect(texts('server.balancing=random')).toEqual(['random']);
  });

  it('are evenly spaced between two ends', () => {
    expect(texts('server.network=1Gbps..5Gbps:lin:5')).toEqual(['1Gbps', '2Gbps', '3Gbps', '4Gbps', '5Gbps']);
    expect(texts('server.threads=1..9')).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9']);
  });

  it('are evenly spaced on a logarithmic axis, whole where the ends are', () => {
    // 100 x 10^(k/4)
    expect(texts('workload.uploads.arrivals.count=100..10000:log:9')).toEqual(
      [100, 178, 316, 562, 1000, 1778, 3162, 5623, 10000].map(String),
    );
    expect(texts('server.count=1..4:log:9')).toEqual(['1', '2', '3', '4']);
  });

  it('go from one unit to another', () => {
    expect(texts('workload.uploads.size=500KB..2MB:lin:4')).toEqual(['500KB', '1000KB', '1500KB', '2MB']);
    expect(texts('server.network=800Mbps..200MB/s:lin:2')).toEqual(['800Mbps', '200MB/s']);
    const { high } = readSpan('server.network=800Mbps..200MB/s');
    expect(high).toBeCloseTo(1600, 9);
  });

  it('are written without exponents', () => {
    expect(texts('x=0.0000001..0.0000009:lin:3')).toEqual(['0.0000001', '0.0000005', '0.0000009']);
  });

  it.each([
    ['server.threads', 'PATH=VALUES is needed'],
    ['=1..2', 'PATH=VALUES is needed'],
    ['a=', 'PATH=VALUES is needed'],
    ['a=1,,2', 'empty'],
    ['a=1,2,1', 'twice'],
    ['a=1..2..3', 'two ends'],
    ['a=1..x', '"x" is not a number'],
    ['a=1s..1MB', 'not of the same kind'],
    ['a=5..5', 'not more than'],
    ['a=1GB..5MB', 'not more than'],
    ['a=1..9:cubic', '"cubic" is neither'],
    ['a=1..9:1', '1 points'],
    ['a=0..9:log', 'begins above 0'],
  ])('%s is refused', (option, what) => {
    expect(() => readVariation(option)).toThrow(UserError);
    expect(() => readVariation(option)).toThrow(what);
    expect(() => readVariation(option)).toThrow('allowed are PATH=VALUE');
  });
});

describe('a span', () => {
  it('has every value between its ends, and its ends as they were written', () => {
    const span = readSpan('workload.uploads.arrivals.rate=1/s..60/s');
    expect(span.whole).toBe(false);
    expect(span.at(0.5).text).toBe('1/s');
    expect(span.at(12.34567).text).toBe('12.35/s');
    expect(span.at(60).text).toBe('60/s');
  });

  it('of whole numbers has whole numbers', () => {
    const span = readSpan('server.count=1..100');
    expect(span.whole).toBe(true);
    expect(span.at(33.4)).toEqual({ text: '33', value: 33 });
  });

  it('needs two ends', () => {
    expect(() => readSpan('server.count=5')).toThrow('two ends are needed');
  });
});
