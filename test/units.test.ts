import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type QuantityKind, quantityPattern, readQuantity } from '../src/units.js';

/** The SI value, or what is wrong with the text. */
function parseQuantity(kind: QuantityKind, text: string, options: { unlimited?: boolean } = {}): number {
  const reading = readQuantity(kind, text, options);
  if (!reading.ok) throw new Error(`${reading.what}; ${reading.allowed}`);
  return reading.value;
}

const kinds: QuantityKind[] = [
  'size',
  'rate',
  'time',
  'frequency',
  'share',
  'price',
  'price-of-data',
  'price-of-requests',
];

describe('a quantity', () => {
  it.each<[QuantityKind, string, number]>([
    ['size', '0B', 0],
    ['size', '50MB', 50e6],
    ['size', '5MiB', 5 * 2 ** 20],
    ['size', '16GB', 16e9],
    ['size', '1.5KiB', 1536],
    ['size', '2TB', 2e12],
    ['size', '1TiB', 2 ** 40],
    ['size', '50 MB', 50e6],
    ['size', '3kB', 3000],
    ['size', '.5MB', 500000],
    ['rate', '1Gbps', 125e6],
    ['rate', '100Mbps', 12.5e6],
    ['rate', '8bps', 1],
    ['rate', '21.6Mbps', 2.7e6],
    ['rate', '90MB/s', 90e6],
    ['rate', '1MiB/s', 2 ** 20],
    ['time', '15m', 900],
    ['time', '1.4ms', 0.0014],
    ['time', '250ms', 0.25],
    ['time', '3us', 0.000003],
    ['time', '24h', 86400],
    ['time', '2d', 172800],
    ['time', '0s', 0],
    ['time', '0.1ms', 0.0001],
    ['frequency', '20/s', 20],
    ['frequency', '30/m', 0.5],
    ['frequency', '7/h', 7 / 3600],
    ['frequency', '1/m', 1 / 60],
    ['share', '0.1%', 0.001],
    ['share', '2.5%', 0.025],
    ['share', '100%', 1],
    ['share', '0.07%', 0.0007],
    ['price', '0.192/h', 0.192],
    ['price-of-data', '0.045/GB', 0.045e-9],
    ['price-of-data', '0/GB', 0],
    ['price-of-data', '46.08/TiB', 46.08 / 2 ** 40],
    ['price-of-data', '0.01/MB', 1e-8],
    ['price-of-requests', '5/million', 5e-6],
    ['price-of-requests', '0.005/thousand', 5e-6],
    ['price-of-requests', '0.005/1000', 5e-6],
    ['price-of-requests', '0.000005/request', 5e-6],
    ['price-of-requests', '0.2 /million', 2e-7],
  ])('%s %s', (kind, text, value) => {
    expect(parseQuantity(kind, text)).toBe(value);
  });

  it('reads unlimited only where a limit may be absent', () => {
    expect(parseQuantity('rate', 'unlimited', { unlimited: true })).toBe(Number.POSITIVE_INFINITY);
    expect(() => parseQuantity('rate', 'unlimited')).toThrow(/unlimited has no meaning here/);
  });

  it('is the correctly rounded double for every decimal', () => {
    const scale: [QuantityKind, string, number][] = [
      ['time', 'ms', -3],
      ['time', 'us', -6],
      ['share', '%', -2],
      ['size', 'MB', 6],
      ['rate', 'GB/s', 9],
    ];
    fc.assert(
      fc.property(
        fc.constantFrom(...scale),
        fc.nat(1e9),
        fc.integer({ min: 0, max: 9 }),
        ([kind, unit, power], digits, places) => {
          const number = (Number(digits) / 10 ** places).toFixed(places);
          const expected = Number(`${BigInt(number.replace('.', ''))}e${power - places}`);
          const reading = readQuantity(kind, `${number}${unit}`);
          if (reading.ok) expect(reading.value).toBe(expected);
          else expect(reading.code).toBe('range');
        },
      ),
    );
  });

  it('divides exactly, too', () => {
    fc.assert(
      fc.property(fc.nat(1e9), digits => {
        expect(parseQuantity('frequency', `${digits}/h`)).toBe(digits / 3600);
        expect(parseQuantity('frequency', `${digits}/m`)).toBe(digits / 60);
      }),
    );
  });
});

describe('readQuantity refuses', () => {
  it.each<[QuantityKind, string, string, RegExp]>([
    ['size', '50mb', 'unknown-unit', /did you mean 50MB\?/],
    ['size', '50 megabytes', 'unknown-unit', /B, KB, MB, GB/],
    ['size', '5G', 'unknown-unit', /did you mean 5GB/],
    ['size', '5', 'no-unit', /has no unit; a size is needed, e\.g\. 5MB/],
    ['size', '0', 'no-unit', /has no unit/],
    ['rate', '50MB', 'other-kind', /is a size; a rate is needed, e\.g\. 50MB\/s/],
    ['size', '50MB/s', 'other-kind', /is a rate; a size is needed, e\.g\. 50MB/],
    ['size', '100Mbps', 'other-kind', /is a rate; a size is needed/],
    ['rate', '5Mb/s', 'unknown-unit', /did you mean 5Mbps/],
    ['rate', '5mbps', 'unknown-unit', /did you mean 5Mbps/],
    ['rate', '20/s', 'other-kind', /is a number per time; a rate is needed/],
    ['time', '5min', 'unknown-unit', /did you mean 5m\?/],
    ['time', '5 M', 'unknown-unit', /did you mean 5m\?/],
    ['time', '5sec', 'unknown-unit', /did you mean 5s/],
    ['time', '1h30m', 'not-a-quantity', /more than one number/],
    ['time', '5MB', 'other-kind', /is a size; a time is needed/],
    ['frequency', '5s', 'other-kind', /e\.g\. 5\/s/],
    ['frequency', '5rps', 'unknown-unit', /did you mean 5\/s/],
    ['share', '5', 'no-unit', /e\.g\. 5%/],
    ['share', '101%', 'range', /at most 100%/],
    ['price', '$0.2/h', 'not-a-quantity', /currency/],
    ['price', '0.2', 'no-unit', /e\.g\. 0\.2\/h/],
    ['price', '0.045/GB', 'other-kind', /per amount of data; a price in US dollars per hour is needed/],
    ['price-of-data', '0.045', 'no-unit', /e\.g\. 0\.045\/GB/],
    ['price-of-data', '0.045GB', 'other-kind', /is a size; .* e\.g\. 0\.045\/GB/],
    ['price-of-data', '0.045/gb', 'unknown-unit', /did you mean 0\.045\/GB/],
    ['price-of-data', '5/h', 'other-kind', /per hour/],
    ['price-of-data', '$1/GB', 'not-a-quantity', /currency/],
    ['price-of-data', '0.000000000000000000001/TB', 'range', /too small/],
    ['price-of-requests', '5', 'no-unit', /e\.g\. 5\/million/],
    ['price-of-requests', '5/M', 'unknown-unit', /did you mean 5\/million/],
    ['price-of-requests', '0.005/k', 'unknown-unit', /did you mean 0\.005\/thousand/],
    ['price-of-requests', '5/GB', 'other-kind', /per amount of data/],
    ['size', '-5MB', 'negative', /is negative/],
    ['size', '+5MB', 'not-a-quantity', /write "5MB"/],
    ['size', '1_000MB', 'not-a-quantity', /separators.*write "1000MB"/],
    ['size', '1,000MB', 'not-a-quantity', /separators/],
    ['size', '1 000MB', 'not-a-quantity', /separators/],
    ['size', '1e3MB', 'not-a-quantity', /has an exponent; write the number out; a size is needed/],
    ['time', '-1.5E-400s', 'not-a-quantity', /has an exponent/],
    ['size', `1e${'9'.repeat(30)}MB`, 'not-a-quantity', /has an exponent/],
    ['size', `1${'0'.repeat(20)}MB`, 'range', /too large/],
    ['time', '0.0000000000001s', 'range', /too small/],
    ['time', '.inf', 'not-a-quantity', /no number/],
    ['time', 'NaN', 'not-a-quantity', /no number/],
    ['time', 'Infinity', 'not-a-quantity', /no number/],
    ['time', '', 'not-a-quantity', /empty/],
    ['time', 'soon', 'not-a-quantity', /does not start with a number/],
    ['time', '0x10s', 'not-a-quantity', /more than one number/],
    ['size', `1${'0'.repeat(1000)}B`, 'not-a-quantity', /too long/],
  ])('%s %s', (kind, text, code, message) => {
    const reading = readQuantity(kind, text);
    expect(reading.ok).toBe(false);
    if (reading.ok) return;
    expect(reading.code).toBe(code);
    expect(`${reading.what}; ${reading.allowed}`).toMatch(message);
  });

  it('any text without throwing', () => {
    fc.assert(
      fc.property(fc.constantFrom(...kinds), fc.string({ unit: 'binary', maxLength: 80 }), (kind, text) => {
        const reading = readQuantity(kind, text, { unlimited: true });
        if (!reading.ok) expect(reading.what.length + reading.allowed.length).toBeLessThan(400);
      }),
    );
  });
});

it.each<[QuantityKind, string]>([
  ['size', '50MB'],
  ['size', '.5 KiB'],
  ['rate', '1.25Gbps'],
  ['rate', '90 MB/s'],
  ['time', '1.4ms'],
  ['frequency', '20/s'],
  ['share', '0.1%'],
  ['price', '0.192/h'],
  ['price-of-data', '0.045/GB'],
  ['price-of-requests', '5/million'],
])("an editor's pattern takes what is read as a %s (%s), and nothing without its unit", (kind, text) => {
  const pattern = new RegExp(`^${quantityPattern(kind)}$`);
  expect(readQuantity(kind, text).ok).toBe(true);
  expect(text).toMatch(pattern);
  for (const bad of [text.replace(/[^\d.]+$/, ''), `-${text}`, `${text}x`, '1e3MB']) {
    expect(readQuantity(kind, bad).ok).toBe(false);
    expect(bad).not.toMatch(pattern);
  }
});
