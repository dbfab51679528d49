import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readInstant, writeInstant } from '../../src/import/instants.js';

const micros = (iso: string) => Date.parse(iso) * 1000;

describe('readInstant', () => {
  it.each([
    // The examples of the S3 and the nginx documentation, and their zones.
    ['06/Feb/2019:00:00:38 +0000', micros('2019-02-06T00:00:38Z'), 1_000_000],
    ['06/Aug/2018:09:57:51 +0800', micros('2018-08-06T01:57:51Z'), 1_000_000],
    ['01/Jan/2026:00:30:00 +0530', micros('2025-12-31T19:00:00Z'), 1_000_000],
    ['31/Dec/2025:23:30:00 -0330', micros('2026-01-01T03:00:00Z'), 1_000_000],
    ['06/feb/2019:00:00:38', micros('2019-02-06T00:00:38Z'), 1_000_000],
    ['06/Feb/2019:00:00:38.512 +0000', micros('2019-02-06T00:00:38.512Z'), 1000],
    // Leap days: 2024 and 2000 have one.
    ['29/Feb/2024:12:00:00 +0000', micros('2024-02-29T12:00:00Z'), 1_000_000],
    ['29/Feb/2000:12:00:00 +0000', micros('2000-02-29T12:00:00Z'), 1_000_000],
    // A leap second is the first of the next minute.
    ['31/Dec/2016:23:59:60 +0000', micros('2017-01-01T00:00:00Z'), 1_000_000],
    ['2018-07-02T22:23:00.186641Z', micros('2018-07-02T22:23:00Z') + 186_641, 1],
    ['2018-07-02T22:23:00.186Z', micros('2018-07-02T22:23:00.186Z'), 1000],
    ['2018-07-03T00:23:00+02:00', micros('2018-07-02T22:23:00Z'), 1_000_000],
    ['2018-07-02 22:23:00,186', micros('2018-07-02T22:23:00.186Z'), 1000],
    ['1549411238.123', 1_549_411_238_123_000, 1000],
    ['1549411238', 1_549_411_238_000_000, 1_000_000],
    ['1549411238123', 1_549_411_238_123_000, 1000],
  ])('%s', (text, at, resolution) => {
    expect(readInstant(text)).toEqual({ at, resolution });
  });

  it.each([
    '',
    '-',
    '29/Feb/2019:00:00:38 +0000',
    '29/Feb/1900:00:00:38 +0000',
    '31/Apr/2019:00:00:38 +0000',
    '00/Feb/2019:00:00:38 +0000',
    '06/Fib/2019:00:00:38 +0000',
    '06/Feb/2019:24:00:38 +0000',
    '06/Feb/2019:00:60:38 +0000',
    '06/Feb/2019:00:00:61 +0000',
    '06/Feb/2019:00:00:38 +1900',
    '06/Feb/2019',
    '2019-13-01T00:00:00Z',
    '2019-02-29T00:00:00Z',
    '12345',
  ])('%s is none', text => {
    expect(readInstant(text)).toBeUndefined();
  });

  it('reads every second of four centuries in both notations as Date does', () => {
    const months = 'Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec'.split(' ');
    const two = (n: number) => String(n).padStart(2, '0');
    const from = Date.UTC(1900, 0, 1) / 1000;
    fc.assert(
      fc.property(
        fc.integer({ min: from, max: Date.UTC(2200, 0, 1) / 1000 }),
        fc.integer({ min: -14 * 60, max: 14 * 60 }),
        (seconds, ahead) => {
          const local = new Date((seconds + 60 * ahead) * 1000);
          const zone = `${ahead < 0 ? '-' : '+'}${two(Math.floor(Math.abs(ahead) / 60))}${two(Math.abs(ahead) % 60)}`;
          const clock = local.toISOString().slice(11, 19);
          const day = `${two(local.getUTCDate())}/${months[local.getUTCMonth()]}/${local.getUTCFullYear()}`;
          expect(readInstant(`${day}:${clock} ${zone}`)?.at).toBe(seconds * 1e6);
          expect(readInstant(`${local.toISOString().slice(0, 10)}T${clock}${zone}`)?.at).toBe(seconds * 1e6);
        },
      ),
    );
  });
});

it('writeInstant says as much as is known', () => {
  expect(writeInstant(1_549_411_238_000_000)).toBe('2019-02-06 00:00:38 UTC');
  expect(writeInstant(1_549_411_238_120_000)).toBe('2019-02-06 00:00:38.12 UTC');
  expect(writeInstant(1_549_411_238_000_001)).toBe('2019-02-06 00:00:38.000001 UTC');
});
