/**
 * Instants as logs write them, as whole microseconds since 1970-01-01 UTC: a double holds these exactly until the
 * year 2255, and differences of them are exact, too.
 */
export interface Instant {
  readonly at: number;
  /** Microseconds that the text does not tell apart: 1,000,000 where it ends with the second. */
  readonly resolution: number;
}

export const second = 1_000_000;
const millisecond = 1000;

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

const clf =
  /^(\d{1,2})\/([A-Za-z]{3})\/(\d{4}):(\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(?: ?([+-])(\d\d):?(\d\d))?$/;
const iso =
  /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:[.,](\d{1,9}))?(?: ?(?:([Zz])|([+-])(\d\d):?(\d\d)?))?$/;
const epoch = /^(\d{9,11})(?:\.(\d{1,9}))?$/;
const epochMilliseconds = /^\d{12,14}$/;

/**
 * Reads the times that access logs have: `06/Feb/2019:00:00:38 +0000`, ISO 8601, seconds since 1970 (nginx's
 * `$msec`) or milliseconds. Without a zone, UTC is meant.
 */
export function readInstant(text: string): Instant | undefined {
  if (text === lastText) return lastInstant;
  lastInstant = fromClf(text) ?? fromIso(text) ?? fromEpoch(text);
  lastText = text;
  return lastInstant;
}

// Lines that follow each other mostly have the same second.
let lastText = '';
let lastInstant: Instant | undefined;

function fromClf(text: string): Instant | undefined {
  const match = clf.exec(text);
  if (match === null) return undefined;
  const [, day, name, year, hour, minute, sec, fraction, sign, zoneHours, zoneMinutes] = match;
  const month = months.indexOf(name!.toLowerCase());
  const seconds = toSeconds(+year!, month, +day!, +hour!, +minute!, +sec!);
  return instant(seconds, fraction, zone(sign, zoneHours, zoneMinutes));
}

function fromIso(text: string): Instant | undefined {
  const match = iso.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, hour, minute, sec, fraction, , sign, zoneHours, zoneMinutes] = match;
  const seconds = toSeconds(+year!, +month! - 1, +day!, +hour!, +minute!, +sec!);
  return instant(seconds, fraction, zone(sign, zoneHours, zoneMinutes));
}

function fromEpoch(text: string): Instant | undefined {
  if (epochMilliseconds.test(text)) return { at: Number(text) * 1000, resolution: millisecond };
  const match = epoch.exec(text);
  return match === null ? undefined : instant(Number(match[1]), match[2], 0);
}

/** Seconds since 1970 of a date that exists, else NaN. A leap second is the first second of the next minute. */
function toSeconds(y: number, month: number, day: number, h: number, m: number, s: number): number {
  if (month < 0 || month > 11 || day < 1 || day > daysIn(y, month)) return Number.NaN;
  if (h > 23 || m > 59 || s > 60) return Number.NaN;
  return Date.UTC(y, month, day, h, m, s) / 1000;
}

function daysIn(year: number, month: number): number {
  if (month !== 1) return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month]!;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** Seconds that a zone is ahead of UTC; NaN where it is none. */
function zone(sign = '+', hours = '0', minutes = '0'): number {
  if (+hours > 15 || +minutes > 59) return Number.NaN;
  return (sign === '-' ? -60 : 60) * (60 * +hours + +minutes);
}

function instant(seconds: number, fraction: string | undefined, ahead: number): Instant | undefined {
  if (Number.isNaN(seconds + ahead)) return undefined;
  const micros = fraction === undefined ? 0 : Number(fraction.slice(0, 6).padEnd(6, '0'));
  const resolution = fraction === undefined ? second : fraction.length <= 3 ? millisecond : 1;
  return { at: (seconds - ahead) * second + micros, resolution };
}

/** An instant for people: `2019-02-06 00:00:38 UTC`, with as many digits as are needed. */
export function writeInstant(at: number): string {
  const seconds = Math.floor(at / second);
  const text = new Date(seconds * 1000).toISOString().slice(0, 19).replace('T', ' ');
  const micros = at - seconds * second;
  return `${text}${micros === 0 ? '' : `.${String(micros).padStart(6, '0').replace(/0+$/, '')}`} UTC`;
}
