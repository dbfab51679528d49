/** The single values that a scenario has: quantities with units, plain numbers, names, words. */
import { describeKind, type QuantityKind, quantityPattern, readQuantity } from '../../units.js';
import { didYouMean } from '../nearest.js';
import { either, escapeText, isPrintable, quoted } from '../text.js';
import { Complaint, leaf, notOneValue } from './form.js';

export interface QuantityBounds {
  /** Greater than 0, where otherwise 0 will do. */
  readonly positive?: boolean;
  /** `unlimited` is a value, too. */
  readonly unlimited?: boolean;
  /** Values below 0 are, too. */
  readonly signed?: boolean;
}

/** A value as it stands in the file: YAML has words of its own for what is no finite number. */
function written(raw: unknown): string {
  if (typeof raw !== 'number' || Number.isFinite(raw)) return String(raw);
  return Number.isNaN(raw) ? '.nan' : raw > 0 ? '.inf' : '-.inf';
}

/** Reads a quantity of one kind from whatever stands in the file. */
export function readBounded(kind: QuantityKind, bounds: QuantityBounds, raw: unknown): number | Complaint {
  const { noun, example } = describeKind(kind);
  const orUnlimited = bounds.unlimited === true ? ', or unlimited' : '';
  const needed = `${noun} is needed, e.g. ${example}${orUnlimited}`;
  const wrong = notOneValue(raw, needed);
  if (wrong !== undefined) return wrong;
  if (typeof raw === 'boolean') return new Complaint('type', `${raw} is not ${noun}`, needed);
  const reading = readQuantity(kind, written(raw), bounds);
  if (!reading.ok && reading.code === 'negative' && bounds.positive === true)
    return new Complaint(
      'negative',
      reading.what,
      `${noun} above 0 is needed, e.g. ${example}${orUnlimited}`,
    );
  if (!reading.ok) return new Complaint(reading.code, reading.what, reading.allowed);
  if (bounds.positive === true && reading.value === 0) {
    return new Complaint(
      'range',
      `${quoted(String(raw))} is 0`,
      `${noun} above 0 is needed, e.g. ${example}${orUnlimited}`,
    );
  }
  return reading.value;
}

/** What the reference calls quantities whose kind does not say it. */
const names: Partial<Record<QuantityKind, string>> = {
  frequency: 'number per time',
  'price-of-data': 'price per data',
  'price-of-requests': 'price per request',
};

export function quantityText(kind: QuantityKind, { positive, unlimited, signed }: QuantityBounds): string {
  const name = names[kind] ?? kind;
  const least = positive === true ? ' > 0' : signed === true ? ', may be negative' : '';
  return `${name}${least}${unlimited === true ? ' or `unlimited`' : ''}`;
}

/** A quantity, read to its SI value; Infinity for `unlimited`. */
export function quantity(kind: QuantityKind, bounds: QuantityBounds = {}) {
  const pattern = `^${bounds.signed === true ? '-?' : ''}${quantityPattern(kind)}$`;
  return leaf(raw => readBounded(kind, bounds, raw), {
    text: quantityText(kind, bounds),
    amount: kind === 'share' ? { most: 100 } : {},
    json: {
      type: 'string',
      pattern: bounds.unlimited === true ? `^unlimited$|${pattern}` : pattern,
      examples: [describeKind(kind).example],
    },
  });
}

interface NumberBounds {
  readonly least?: number;
  /** Greater than this, where `least` includes its value. */
  readonly above?: number;
  readonly most?: number;
  readonly integer?: boolean;
  readonly unlimited?: boolean;
}

/** A plain number without a unit. */
export function number(bounds: NumberBounds) {
  const { least, above, most, integer, unlimited } = bounds;
  const limits = [
    least === undefined ? '' : `at least ${least}`,
    above === undefined ? '' : `above ${above}`,
    most === undefined ? '' : `at most ${most}`,
  ].filter(limit => limit !== '');
  const noun = integer === true ? 'a whole number' : 'a number';
  const needed = `${[noun, limits.join(' and ')].filter(part => part !== '').join(' of ')} is needed${unlimited === true ? ', or unlimited' : ''}`;
  const signs = [
    least === undefined ? '' : `>= ${least}`,
    above === undefined ? '' : `> ${above}`,
    most === undefined || most >= 1e6 ? '' : `<= ${most}`,
  ].filter(sign => sign !== '');
  const json = {
    type: integer === true ? ('integer' as const) : ('number' as const),
    ...(least === undefined ? {} : { minimum: least }),
    ...(above === undefined ? {} : { exclusiveMinimum: above }),
    ...(most === undefined ? {} : { maximum: most }),
  };
  return leaf(
    raw => {
      if (raw === 'unlimited' && unlimited === true) return Number.POSITIVE_INFINITY;
      const wrong = notOneValue(raw, needed);
      if (wrong !== undefined) return wrong;
      if (typeof raw === 'string' && /^\s*[+-]?(\d|\.\d)/.test(raw)) {
        const digits = /^\d+(\.\d+)?$/.test(raw.trim());
        return new Complaint(
          'type',
          `${quoted(raw)} is ${digits ? 'text, since it is quoted' : 'not a plain number'}`,
          needed,
        );
      }
      if (typeof raw !== 'number')
        return new Complaint('type', `${quoted(String(raw))} is not a number`, needed);
      if (!Number.isFinite(raw)) {
        const allowed = unlimited === true ? 'write unlimited' : needed;
        return new Complaint('range', `${quoted(written(raw))} is no number of anything`, allowed);
      }
      if (integer === true && !Number.isInteger(raw))
        return new Complaint('range', `${raw} is not whole`, needed);
      if (least !== undefined && raw < least) return new Complaint('range', `${raw} is too small`, needed);
      if (above !== undefined && raw <= above) return new Complaint('range', `${raw} is too small`, needed);
      if (most !== undefined && raw > most) return new Complaint('range', `${raw} is too large`, needed);
      return raw;
    },
    {
      text: `${integer === true ? 'integer' : 'number'}${signs.length > 0 ? ` ${signs.join(', ')}` : ''}${unlimited === true ? ' or `unlimited`' : ''}`,
      amount: {
        ...(integer === true ? { integer } : {}),
        ...(least === undefined ? {} : { least }),
        ...(most === undefined ? {} : { most }),
      },
      json: unlimited === true ? { anyOf: [{ const: 'unlimited' }, json] } : json,
    },
  );
}

/** Characters of a name. */
export const longestName = 100;

/** Why a text cannot be the name of anything, or undefined. */
export function nameProblem(raw: unknown, noun: string): Complaint | undefined {
  const needed = `${noun} is needed`;
  const wrong = notOneValue(raw, needed);
  if (wrong !== undefined) return wrong;
  if (typeof raw !== 'string')
    return new Complaint('type', `${written(raw)} is not text`, `write it in quotes: "${written(raw)}"`);
  if (raw.replace(/[\u200c\u200d]/g, '').trim() === '')
    return new Complaint('range', 'the text is empty', needed);
  if (!isPrintable(raw)) {
    return new Complaint(
      'range',
      `${quoted(raw)} has control characters or invisible ones`,
      `${noun} in plain characters is needed`,
    );
  }
  if (raw.length > longestName) {
    return new Complaint('range', `${quoted(raw, 40)} is too long`, `at most ${longestName} characters`);
  }
  if (raw !== raw.trim()) return new Complaint('range', `${quoted(raw)} starts or ends with a space`, needed);
  return undefined;
}

/** A name: one line of printable characters, at most 100. */
export function name(noun: string, forbidden?: (text: string) => string | undefined) {
  return leaf(
    raw => {
      const wrong = nameProblem(raw, noun);
      if (wrong !== undefined) return wrong;
      const text = raw as string;
      const because = forbidden?.(text);
      return because === undefined
        ? text
        : new Complaint('range', `${quoted(text)} cannot be ${noun}`, because);
    },
    { text: 'name', json: { type: 'string', minLength: 1, maxLength: longestName } },
  );
}

/** Text of any length and lines, such as a description. */
export function text() {
  return leaf(
    raw => {
      if (typeof raw === 'string') return raw;
      return (
        notOneValue(raw, 'a text is needed') ??
        new Complaint('type', `${written(raw)} is not text`, `write it in quotes: "${written(raw)}"`)
      );
    },
    { text: 'text', json: { type: 'string' } },
  );
}

/** The path of a file beside the scenario. */
export function filePath(noun: string) {
  return leaf(
    raw => {
      const needed = `the path of ${noun} is needed, relative to the scenario`;
      const wrong = notOneValue(raw, needed);
      if (wrong !== undefined) return wrong;
      if (typeof raw !== 'string' || raw.trim() === '')
        return new Complaint('type', `${quoted(written(raw))} is not a path`, needed);
      return raw;
    },
    { text: 'path of a CSV', json: { type: 'string', minLength: 1 } },
  );
}

/** One of some words. */
export function word<const Word extends string>(
  words: readonly Word[],
  options: {
    readonly aliases?: Readonly<Record<string, Word>>;
    readonly noun?: string;
    /** Its type as the reference shows it, where the words would be too many. */
    readonly text?: string;
    /** What would be right, where it is not only a word. */
    readonly needed?: string;
    /** Where a word that is none of these belongs. */
    readonly homeOf?: (text: string) => string | undefined;
  } = {},
) {
  const { aliases = {} } = options;
  const needed = options.needed ?? either(words);
  return leaf(
    (raw): Word | Complaint => {
      const wrong = notOneValue(raw, options.needed ?? `${needed} is needed`);
      if (wrong !== undefined) return wrong;
      // YAML reads 1.3 as a number, and the word may well be one.
      const text = written(raw);
      const found =
        words.find(one => one === text) ?? (Object.hasOwn(aliases, text) ? aliases[text] : undefined);
      if (found !== undefined) return found;
      const home = options.homeOf?.(text);
      const near =
        home === undefined
          ? didYouMean(text, [...words, ...Object.keys(aliases)])
          : ` (it belongs in ${home})`;
      const what = `${quoted(text)} is not ${options.noun ?? 'known here'}${near}`;
      return new Complaint('unknown-word', what, needed);
    },
    {
      text: options.text ?? words.map(one => `\`${one}\``).join(', '),
      json: {
        enum: [...words, ...Object.keys(aliases), ...words.filter(one => /^[\d.]+$/.test(one)).map(Number)],
      },
    },
  );
}

/** true or false. */
export function flag() {
  return leaf(
    (raw): boolean | Complaint => {
      if (typeof raw === 'boolean') return raw;
      const wrong = notOneValue(raw, 'true or false is needed');
      if (wrong !== undefined) return wrong;
      return new Complaint(
        'type',
        `${escapeText(quoted(written(raw)))} is neither true nor false`,
        'true or false (without quotes)',
      );
    },
    { text: '`true` or `false`', json: { type: 'boolean' } },
  );
}
