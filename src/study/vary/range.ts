/**
 * A field that is varied, and over which values: `server.threads=100,200,400`, `workload.uploads.size=1MB..1GB:log:7`,
 * `server.network=1Gbps..10Gbps`. Values are written as in a scenario; which ones a field takes, the scenario says.
 */
import { UserError } from '../../errors.js';
import { plainNumber, type QuantityKind, readQuantity } from '../../units.js';

/** One value of a field. */
export interface Point {
  /** As `--set` takes it. */
  readonly text: string;
  /** In the unit of the range's lower end, or as it stands; null where it is no number. */
  readonly value: number | null;
}

/** All values between two, in the unit of the lower one. */
export interface Span {
  readonly path: string;
  readonly low: number;
  readonly high: number;
  /** Only whole numbers are meant: both ends are, and have no unit. */
  readonly whole: boolean;
  /** The point at a number between the ends; the ends themselves as they were written. */
  readonly at: (value: number) => Point;
}

export interface Variation {
  readonly path: string;
  readonly points: readonly Point[];
  /** Evenly spaced on a logarithmic axis. */
  readonly log: boolean;
}

/** Points of a range where it does not say how many. */
const USUAL = 9;
const MOST = 10_000;
const NUMBER = /^(\d+(?:\.\d+)?|\.\d+)[ \t]*(\D.*)?$/;
const kinds: readonly QuantityKind[] = ['size', 'rate', 'time', 'frequency', 'share', 'price'];

/**
 * Reads `PATH=VALUE,VALUE,...` or `PATH=LOW..HIGH[:lin|log][:POINTS]`.
 * @throws UserError that says what is wrong with it
 */
export function readVariation(option: string): Variation {
  const { path, values } = split(option);
  if (!values.includes('..')) {
    const points = listOf(values).map(pointOf);
    if (points.some(({ text }) => text === '')) throw bad(option, 'a value in the list is empty');
    const twice = points.find(({ text }, i) => points.findIndex(point => point.text === text) < i);
    if (twice !== undefined) throw bad(option, `${twice.text} is twice in the list`);
    return { path, points, log: false };
  }
  const [range = '', ...how] = values.split(':');
  const span = spanOf(option, path, range);
  let log = false;
  let count = USUAL;
  for (const word of how) {
    if (word === 'log' || word === 'lin') log = word === 'log';
    else if (/^\d+$/.test(word)) count = Number(word);
    else throw bad(option, `"${word}" is neither lin nor log nor a number of points`);
  }
  if (count < 2 || count > MOST) throw bad(option, `${count} points; 2 to ${MOST} are possible`);
  if (log && span.low <= 0) throw bad(option, 'a logarithmic range begins above 0');
  return { path, points: spread(span, count, log), log };
}

/**
 * Reads `PATH=LOW..HIGH`.
 * @throws UserError that says what is wrong with it
 */
export function readSpan(option: string): Span {
  const { path, values } = split(option);
  if (!values.includes('..')) throw bad(option, 'two ends are needed: LOW..HIGH');
  return spanOf(option, path, values);
}

function split(option: string): { path: string; values: string } {
  const equals = option.indexOf('=');
  const path = option.slice(0, Math.max(0, equals)).trim();
  const values = option.slice(equals + 1).trim();
  if (equals < 0 || path === '' || values === '') throw bad(option, 'PATH=VALUES is needed');
  return { path, values };
}

/** Commas inside brackets belong to a value: `{uniform: [1MB, 2MB]}`. */
function listOf(values: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const char of values) {
    if ('{['.includes(char)) depth++;
    if ('}]'.includes(char)) depth--;
    if (char === ',' && depth === 0) parts.push('');
    else parts[parts.length - 1] += char;
  }
  return parts.map(part => part.trim());
}

function spanOf(option: string, path: string, range: string): Span {
  const ends = range.split('..').map(end => end.trim());
  const [lowText = '', highText = ''] = ends;
  if (ends.length !== 2) throw bad(option, 'a range has two ends: LOW..HIGH');
  const low = numberOf(lowText);
  const high = numberOf(highText);
  if (low === null || high === null) {
    throw bad(option, `"${low === null ? lowText : highText}" is not a number with or without a unit`);
  }
  const top = inUnitOf(low, high);
  if (top === null) throw bad(option, `${lowText} and ${highText} are not of the same kind`);
  if (!(top > low.number)) throw bad(option, `${highText} is not more than ${lowText}`);
  const whole = low.unit === '' && Number.isInteger(low.number) && Number.isInteger(top);
  const at = (value: number): Point => {
    if (value <= low.number) return { text: lowText, value: low.number };
    if (value >= top) return { text: highText, value: top };
    const number = whole ? Math.round(value) : Number(value.toPrecision(4));
    return { text: `${plainNumber(number)}${low.unit}`, value: number };
  };
  return { path, low: low.number, high: top, whole, at };
}

function spread(span: Span, count: number, log: boolean): readonly Point[] {
  const { low, high } = span;
  const points = Array.from({ length: count }, (_, i) => {
    const share = i / (count - 1);
    if (i === count - 1) return span.at(high);
    return span.at(log ? low * (high / low) ** share : low + (high - low) * share);
  });
  // Whole numbers close together are one.
  return points.filter(({ text }, i) => text !== points[i - 1]?.text);
}

interface Measure {
  readonly number: number;
  readonly unit: string;
}

function numberOf(text: string): Measure | null {
  const match = NUMBER.exec(text);
  return match === null ? null : { number: Number(match[1]), unit: (match[2] ?? '').trim() };
}

function pointOf(text: string): Point {
  return { text, value: numberOf(text)?.number ?? null };
}

/** The number of `high` in the unit of `low`; null where no kind of quantity has both. */
function inUnitOf(low: Measure, high: Measure): number | null {
  if (low.unit === high.unit) return high.number;
  for (const kind of kinds) {
    const [own, other] = [`1${low.unit}`, `1${high.unit}`].map(text => readQuantity(kind, text));
    if (own!.ok && other!.ok) return (high.number * other!.value) / own!.value;
  }
  return null;
}

function bad(option: string, what: string): UserError {
  return new UserError(
    `--vary ${option}: ${what}; allowed are PATH=VALUE,VALUE,... and PATH=LOW..HIGH[:lin|log][:POINTS], e.g. workload.uploads.arrivals.count=100..10000:log:9`,
  );
}
