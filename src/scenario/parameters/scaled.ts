/**
 * Values in scenario form, multiplied: `1Gbps` x 0.8 = `0.8Gbps`, `{lognormal: {median: 8MB, cv: 1.5}}` x 1.2 =
 * `{lognormal: {median: 9.6MB, cv: 1.5}}`. What has no number in it, or cannot go that way, comes back as it is.
 */
import { plainNumber } from '../../units.js';
import { type Amount, isMapping } from '../schema/form.js';

const NUMBER = /^(\s*-?)(\d+(?:\.\d+)?|\.\d+)([ \t]*)(\D.*)?$/s;

/** An amount, multiplied within its bounds. Whole numbers move by one at least, where that is possible. */
export function scaledAmount(raw: unknown, factor: number, amount: Amount): unknown {
  if (typeof raw === 'number') return moved(raw, factor, amount);
  const match = typeof raw === 'string' ? NUMBER.exec(raw) : null;
  if (match === null) return raw;
  const [, sign = '', digits = '', space = '', unit = ''] = match;
  // Whatever else a value may be, a share ends at 100%.
  const bounds = unit.trim() === '%' ? { ...amount, most: Math.min(100, amount.most ?? 100) } : amount;
  const number = moved(Number(digits), factor, bounds);
  return number === Number(digits) ? raw : `${sign}${plainNumber(number)}${space}${unit}`;
}

function moved(number: number, factor: number, { integer = false, least, most }: Amount): number {
  if (number === 0) return number;
  const scaled = Number((number * factor).toPrecision(12));
  const wanted = integer ? wholeStep(number, scaled) : scaled;
  return Math.min(most ?? wanted, Math.max(least ?? wanted, wanted));
}

function wholeStep(number: number, scaled: number): number {
  return scaled < number
    ? Math.min(number - 1, Math.round(scaled))
    : Math.max(number + 1, Math.round(scaled));
}

/** A distribution as a whole: all that it draws is multiplied, its shape stays. */
export function scaledDistribution(raw: unknown, factor: number, amount: Amount): unknown {
  const scaled = (value: unknown) => scaledAmount(value, factor, amount);
  if (!isMapping(raw)) return scaled(raw);
  return Object.fromEntries(
    Object.entries(raw).map(([name, form]) => {
      if (Array.isArray(form)) {
        const values = form.map(one => (isMapping(one) ? { ...one, value: scaled(one.value) } : scaled(one)));
        return [name, values];
      }
      if (!isMapping(form)) return [name, name === 'empirical' ? form : scaled(form)];
      const parts = Object.entries(form).map(([key, part]) => [key, SHAPE.has(key) ? part : scaled(part)]);
      return [name, Object.fromEntries(parts)];
    }),
  );
}

/** What says how a distribution is spread, whatever its scale. */
const SHAPE: ReadonlySet<string> = new Set(['cv', 'alpha']);

/** A load that changes: the rate of each piece; when they end stays. */
export function scaledPieces(raw: unknown, factor: number): unknown {
  if (!Array.isArray(raw)) return raw;
  return raw.map(piece =>
    isMapping(piece) ? { ...piece, rate: scaledAmount(piece.rate, factor, {}) } : piece,
  );
}
