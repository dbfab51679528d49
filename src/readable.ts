/**
 * Figures as people read them: three significant digits, a unit that suits the size, "—" where there is no
 * value. Whatever arrives here, no NaN, Infinity, null or undefined reaches the screen.
 */

/** What stands where a figure does not exist. */
export const noValue = '—';

/** A figure of a result: null where it does not exist. */
export type Figure = number | null | undefined;

/** A way to write a figure. */
export type Format = (value: Figure) => string;

interface Unit {
  readonly name: string;
  readonly size: number;
  /** The unit is used from this many of it on. */
  readonly from: number;
}

const units = (...list: readonly [name: string, size: number, from?: number][]): readonly Unit[] =>
  list.map(([name, size, from = 1]) => ({ name, size, from })).reverse();

// Minutes begin at two of them: "95 s" says more than "1.58 min".
const ofTime = units(['µs', 1e-6], ['ms', 1e-3], ['s', 1], ['min', 60, 2], ['h', 3600, 2], ['d', 86_400, 2]);
const ofBytes = units(['B', 1], ['KB', 1e3], ['MB', 1e6], ['GB', 1e9], ['TB', 1e12], ['PB', 1e15]);
const ofRate = units(['B/s', 1], ['KB/s', 1e3], ['MB/s', 1e6], ['GB/s', 1e9], ['TB/s', 1e12]);
const ofBits = units(['bps', 1], ['Kbps', 1e3], ['Mbps', 1e6], ['Gbps', 1e9], ['Tbps', 1e12]);

/** Seconds: "340 ms", "12.3 s", "4.5 min", "3 h". */
export const duration: Format = value => write(value, x => inUnits(x, ofTime, 's'));

/** Bytes: "812 B", "50 MB", "9.31 GB" (powers of ten, as in a scenario). There are no parts of a byte. */
export const bytes: Format = value =>
  write(value, x => inUnits(Math.abs(x) < 999.5 ? Math.round(x) : x, ofBytes, 'B'));

/** Bytes per second: "118 MB/s". */
export const rate: Format = value => write(value, x => inUnits(x, ofRate, 'B/s'));

/** Bytes per second as the bits per second that networks are sold in: "941 Mbps". */
export const bits: Format = value => write(value, x => inUnits(8 * x, ofBits, 'bps'));

/** A count or an average of counts: "1,000", "312", "0.87". */
export const count: Format = value => write(value, digits);

/** A share of one as a percentage; "0%" and "100%" are only ever exact. */
export const percent: Format = value => write(value, percentage);

/** A quotient of two figures: "8.31×". */
export const ratio: Format = value => write(value, x => `${digits(x)}×`);

/** US dollars: "$0.19", "$1,204". */
export const dollars: Format = value =>
  write(
    value,
    x =>
      `${x < 0 ? '-' : ''}$${Math.abs(x) >= 0.1 && Math.abs(x) < 1000 ? Math.abs(x).toFixed(2) : digits(Math.abs(x))}`,
  );

/** Hours, however many seconds or days they are: "0.0342 h", "1,460 h", as what is rented by the hour is counted. */
export const hours: Format = value => write(value, x => `${digits(x)} h`);

/** US dollars for one hour, request or byte, as a scenario says them: "$0.192/h", "$5/million", "$0.045/GB". */
export const price = (unit: 'h' | 'request' | 'B'): Format => {
  const { of, name } = pricedBy[unit];
  return value => write(value, x => `$${digits(x * of)}/${name}`);
};

const pricedBy = {
  h: { of: 1, name: 'h' },
  request: { of: 1e6, name: 'million' },
  B: { of: 1e9, name: 'GB' },
} as const;

/** The same figure with its sign always shown, as a difference needs it. */
export const signed =
  (format: Format): Format =>
  value =>
    isFigure(value) && value > 0 ? `+${format(value)}` : format(value);

/** A capacity, where null means that there is no limit. */
export const capacity =
  (format: Format): Format =>
  value =>
    isFigure(value) ? format(value) : 'unlimited';

function isFigure(value: Figure): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

function write(value: Figure, format: (value: number) => string): string {
  return isFigure(value) ? format(value) : noValue;
}

function inUnits(value: number, from: readonly Unit[], base: string): string {
  if (value === 0) return `0 ${base}`;
  // The unit is chosen after rounding, so that 999.7 ms becomes "1 s" and never "1,000 ms".
  const unit = from.find(u => rounded(Math.abs(value) / u.size) >= u.from) ?? from[from.length - 1];
  return `${digits(value / unit.size)} ${unit.name}`;
}

function rounded(value: number): number {
  return Number(value.toPrecision(3));
}

const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });
const short = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });

/** Three significant digits below a thousand, whole numbers in groups above. */
function digits(value: number): string {
  if (value === 0) return '0';
  if (Number.isInteger(value) || Math.abs(rounded(value)) >= 1000) return grouped.format(value);
  return Math.abs(value) < 1e-6 ? value.toExponential(2) : short.format(value);
}

function percentage(share: number): string {
  const exact = 100 * share;
  if (Math.abs(share) < 1e-12) return '0%';
  // An integral over time may miss one by a few units in the last place.
  if (Math.abs(share - 1) < 1e-9) return '100%';
  if (exact > 0 && exact < 0.01) return '<0.01%';
  if (exact < 100 && exact > 99.99) return '>99.99%';
  return exact > 99.9 && exact < 100 ? `${exact.toFixed(2)}%` : `${digits(exact)}%`;
}
