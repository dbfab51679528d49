/** Burst credit of a network direction: for a while it carries more than what lasts. */
import { z } from 'zod';
import { isMapping, maybe, oneOf } from './form.js';
import { quantity, word } from './values.js';

/** A burst as written; without a baseline, the rate of its direction is what lasts. */
export interface WrittenBurst {
  readonly baseline?: number | undefined;
  readonly rate: number;
  readonly credit: number;
}

const off = word(['none'], {
  needed: 'none, or a mapping such as { rate: 5Gbps, credit: 100GB }',
}).transform((): WrittenBurst | undefined => undefined);

const credited = z.strictObject({
  baseline: maybe(
    quantity('rate', { positive: true }),
    'What the direction carries when no credit is left, on the wire. Default: its rate (`in`, `out`), in the place of which it stands.',
  ),
  rate: quantity('rate', { positive: true }).meta({
    description: 'What it carries while credit is left, on the wire; above the baseline.',
  }),
  credit: quantity('size', { positive: true }).meta({
    description:
      'Bytes on the wire that it may carry above the baseline; full at the start, earned again below the baseline.',
  }),
});

const one = oneOf([off, credited], {
  text: '`{baseline, rate, credit}` or `none`',
  pick: raw => (isMapping(raw) ? 1 : 0),
});

const both = z.strictObject({
  in: maybe(one, 'Of the direction in.'),
  out: maybe(one, 'Of the direction out.'),
});

const isBoth = (raw: unknown): boolean =>
  isMapping(raw) && (Object.keys(raw).length === 0 || Object.hasOwn(raw, 'in') || Object.hasOwn(raw, 'out'));

/** One for each direction, or the same for both: each has its own credit. */
export const burst = maybe(
  oneOf(
    [
      off.transform(() => ({ in: undefined, out: undefined })),
      credited.transform(each => ({ in: each, out: each })),
      both,
    ],
    {
      text: '`{baseline, rate, credit}`, `{in, out}` of them, or `none`',
      pick: raw => (isBoth(raw) ? 2 : isMapping(raw) ? 1 : 0),
      expand: raw => (isBoth(raw) ? raw : { in: raw, out: raw }),
    },
  ),
  'Credit on which each direction may carry more for a while; each has its own. Default `none`.',
);

/** A burst in scenario form with its baseline written out; anything else as it is. */
export function withBaseline(raw: unknown, rate: unknown): unknown {
  const lacks = isMapping(raw) && raw.baseline === undefined && rate !== 'unlimited';
  return lacks ? { baseline: rate, ...raw } : raw;
}

/** The rate in scenario form that lasts: the baseline of a burst, or the direction's own. */
export function lastingRate(raw: unknown, rate: unknown): unknown {
  return isMapping(raw) ? (raw.baseline ?? rate) : rate;
}
