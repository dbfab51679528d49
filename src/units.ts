/**
 * Quantities as people write them (`50MB`, `1Gbps`, `250ms`, `0.1%`) and the SI numbers that the simulator
 * computes with: bytes, bytes per second, seconds, events per second, shares of 1, US dollars per hour, per byte and
 * per request.
 *
 * A unit is a ratio of integers times a power of ten, so that the text is converted exactly and rounded once:
 * `1.4ms` is the double nearest to 0.0014, not 1.4 / 1000 with its two roundings.
 */
export type QuantityKind =
  | 'size'
  | 'rate'
  | 'time'
  | 'frequency'
  | 'share'
  | 'price'
  | 'price-of-data'
  | 'price-of-requests';

interface Unit {
  readonly name: string;
  /** One unit is multiplier * 10^exponent / divisor in SI. */
  readonly multiplier: bigint;
  readonly exponent: number;
  readonly divisor: bigint;
}

interface Kind {
  /** With its article, as it stands in messages. */
  readonly noun: string;
  readonly example: string;
  /** The largest SI value that is taken for meant. */
  readonly most: number;
  readonly mostText: string;
  readonly units: readonly Unit[];
  /** The units that messages name, when not all. */
  readonly listed: string;
}

const unit = (name: string, exponent: number, multiplier = 1n, divisor = 1n): Unit => ({
  name,
  multiplier,
  exponent,
  divisor,
});

const kinds: Readonly<Record<QuantityKind, Kind>> = {
  size: {
    noun: 'a size',
    example: '50MB',
    most: 2 ** 53,
    mostText: '9007TB',
    listed: 'B, KB, MB, GB, TB, KiB, MiB, GiB or TiB',
    units: [
      unit('B', 0),
      unit('KB', 3),
      unit('MB', 6),
      unit('GB', 9),
      unit('TB', 12),
      unit('KiB', 0, 1n << 10n),
      unit('MiB', 0, 1n << 20n),
      unit('GiB', 0, 1n << 30n),
      unit('TiB', 0, 1n << 40n),
    ],
  },
  rate: {
    noun: 'a rate',
    example: '50MB/s',
    most: 1e15,
    mostText: '1000000GB/s',
    listed: 'bps, kbps, Mbps, Gbps, B/s, KB/s, MB/s or GB/s',
    units: [
      unit('bps', -3, 125n),
      unit('kbps', 0, 125n),
      unit('Mbps', 3, 125n),
      unit('Gbps', 6, 125n),
      unit('B/s', 0),
      unit('KB/s', 3),
      unit('MB/s', 6),
      unit('GB/s', 9),
      unit('KiB/s', 0, 1n << 10n),
      unit('MiB/s', 0, 1n << 20n),
      unit('GiB/s', 0, 1n << 30n),
    ],
  },
  time: {
    noun: 'a time',
    example: '30s',
    most: 1e10,
    mostText: '10000000000s',
    listed: 'us, ms, s, m (minutes), h or d',
    units: [
      unit('us', -6),
      unit('ms', -3),
      unit('s', 0),
      unit('m', 0, 60n),
      unit('h', 0, 3600n),
      unit('d', 0, 86400n),
    ],
  },
  frequency: {
    noun: 'a number per time',
    example: '20/s',
    most: 1e12,
    mostText: '1000000000000/s',
    listed: '/s, /m or /h',
    units: [unit('/s', 0), unit('/m', 0, 1n, 60n), unit('/h', 0, 1n, 3600n)],
  },
  share: {
    noun: 'a share',
    example: '0.1%',
    most: 1,
    mostText: '100%',
    listed: '%',
    units: [unit('%', -2)],
  },
  price: {
    noun: 'a price in US dollars per hour',
    example: '0.192/h',
    most: 1e9,
    mostText: '1000000000/h',
    listed: '/h',
    units: [unit('/h', 0)],
  },
  'price-of-data': {
    noun: 'a price in US dollars per amount of data',
    example: '0.045/GB',
    most: 1e3,
    mostText: '1000000000000/GB',
    listed: '/MB, /GB, /TB, /MiB, /GiB or /TiB',
    units: [
      unit('/MB', -6),
      unit('/GB', -9),
      unit('/TB', -12),
      unit('/MiB', 0, 1n, 1n << 20n),
      unit('/GiB', 0, 1n, 1n << 30n),
      unit('/TiB', 0, 1n, 1n << 40n),
    ],
  },
  'price-of-requests': {
    noun: 'a price in US dollars per request',
    example: '5/million',
    most: 1e9,
    mostText: '1000000000/request',
    listed: '/request, /thousand or /million',
    units: [unit('/request', 0), unit('/thousand', -3), unit('/million', -6)],
  },
};

/** Spellings that mean exactly one unit. */
const aliases: Readonly<Record<string, string>> = {
  kB: 'KB',
  Kbps: 'kbps',
  'kB/s': 'KB/s',
  '/1000': '/thousand',
  '/1000000': '/million',
};

/** Spellings that are refused, since they are ambiguous or not ours, and what was probably meant. */
const misspelt: Readonly<Record<QuantityKind, Readonly<Record<string, string>>>> = {
  size: { K: 'KB', M: 'MB', G: 'GB', T: 'TB', bytes: 'B', byte: 'B', Ki: 'KiB', Mi: 'MiB', Gi: 'GiB' },
  rate: {
    'Kb/s': 'kbps',
    'Mb/s': 'Mbps',
    'Gb/s': 'Gbps',
    'kbit/s': 'kbps',
    'Mbit/s': 'Mbps',
    'Gbit/s': 'Gbps',
    Kb: 'kbps',
    Mb: 'Mbps',
    Gb: 'Gbps',
    Kbit: 'kbps',
    Mbit: 'Mbps',
    Gbit: 'Gbps',
    KBps: 'KB/s',
    MBps: 'MB/s',
    GBps: 'GB/s',
  },
  time: {
    µs: 'us',
    μs: 'us',
    usec: 'us',
    msec: 'ms',
    millis: 'ms',
    sec: 's',
    secs: 's',
    second: 's',
    seconds: 's',
    min: 'm',
    mins: 'm',
    minute: 'm',
    minutes: 'm',
    hr: 'h',
    hrs: 'h',
    hour: 'h',
    hours: 'h',
    day: 'd',
    days: 'd',
  },
  frequency: {
    '/sec': '/s',
    '/second': '/s',
    rps: '/s',
    'req/s': '/s',
    qps: '/s',
    Hz: '/s',
    '/min': '/m',
    '/minute': '/m',
    '/hour': '/h',
  },
  share: { percent: '%', pct: '%' },
  price: { '/hour': '/h', 'USD/h': '/h', '$/h': '/h' },
  'price-of-data': {
    'per MB': '/MB',
    'per GB': '/GB',
    'per TB': '/TB',
    'per GiB': '/GiB',
    '/G': '/GB',
    '/T': '/TB',
    'USD/GB': '/GB',
    '$/GB': '/GB',
  },
  'price-of-requests': {
    'per million': '/million',
    'per thousand': '/thousand',
    'per request': '/request',
    '/k': '/thousand',
    '/M': '/million',
    '/req': '/request',
    '/requests': '/request',
    '/PUT': '/request',
  },
};

/** A text that is not the quantity that is needed: `what` is wrong, and what is `allowed`. */
export interface QuantityProblem {
  readonly ok: false;
  readonly code:
    | 'not-a-quantity'
    | 'no-unit'
    | 'unknown-unit'
    | 'other-kind'
    | 'negative'
    | 'range'
    | 'unlimited';
  readonly what: string;
  readonly allowed: string;
}

export type QuantityReading = { readonly ok: true; readonly value: number } | QuantityProblem;

/** Positive values below this are refused: no real quantity is so small, and sums with it would be noise. */
const least = 1e-12;

/** The same of prices of a single byte or request, which are small. */
const leastPrice = 1e-18;

const isPrice = (kind: QuantityKind): boolean => kind.startsWith('price');

const longest = 60;

/** What is written for a kind of quantity: its noun, an example, and the units. */
export function describeKind(kind: QuantityKind): { noun: string; example: string; units: string } {
  const { noun, example, listed } = kinds[kind];
  return { noun, example, units: listed };
}

/** A regular expression (as source text) that every well-formed quantity of a kind matches, for editors. */
export function quantityPattern(kind: QuantityKind): string {
  const names = kinds[kind].units.map(one => one.name);
  const spellings = Object.keys(aliases).filter(alias => names.includes(aliases[alias]!));
  return `(\\d+(\\.\\d+)?|\\.\\d+)[ \\t]*(${[...names, ...spellings].join('|')})`;
}

/** A number as a scenario takes it: without an exponent, and without the noise of the last digits. */
export function plainNumber(number: number): string {
  const text = String(Number(number.toPrecision(12)));
  return text.includes('e') ? number.toFixed(20).replace(/\.?0+$/, '') : text;
}

/**
 * Reads a quantity of one kind.
 * @param options.unlimited whether `unlimited` is accepted, and read as Infinity
 * @param options.signed whether a value may be negative
 * @returns its SI value, or what is wrong with it
 */
export function readQuantity(
  kind: QuantityKind,
  text: string,
  options: { readonly unlimited?: boolean; readonly signed?: boolean } = {},
): QuantityReading {
  const { noun, example, most, mostText, units } = kinds[kind];
  const needed = `${noun} is needed, e.g. ${example}`;
  const trimmed = text.trim();
  if (trimmed === 'unlimited') {
    if (options.unlimited === true) return { ok: true, value: Number.POSITIVE_INFINITY };
    return problem('unlimited', 'unlimited has no meaning here', needed);
  }
  const orUnlimited = options.unlimited === true ? ', or unlimited' : '';
  if (trimmed.length > longest) return problem('not-a-quantity', `${quote(trimmed)} is too long`, needed);
  if (/^[+-]?(\d+(\.\d+)?|\.\d+)[eE][+-]?\d/.test(trimmed)) {
    return problem('not-a-quantity', `${quote(trimmed)} has an exponent`, `write the number out; ${needed}`);
  }
  const match = /^([+-]?)(\d+(?:\.\d+)?|\.\d+)[ \t]*(\S.*)?$/s.exec(trimmed);
  if (match === null) return notANumber(trimmed, needed + orUnlimited);
  const [, sign = '', mantissa = '', suffix = ''] = match;
  const number = trimmed.slice(sign.length, trimmed.length - suffix.length).trim();
  const used = units.find(one => one.name === (aliases[suffix] ?? suffix));
  if (used === undefined) {
    return unitProblem(kind, trimmed, number, suffix, orUnlimited);
  }
  if (sign === '+') {
    return problem('not-a-quantity', `${quote(trimmed)} has a sign`, `write ${quote(`${number}${suffix}`)}`);
  }
  const value = convert(mantissa, used);
  if (sign === '-' && options.signed !== true) {
    // -0 of anything is 0, but no one writes it on purpose.
    return problem(
      'negative',
      `${quote(trimmed)} is negative`,
      `${noun} of 0 or more is needed, e.g. ${example}`,
    );
  }
  if (value > most)
    return problem('range', `${quote(trimmed)} is too large`, `${noun} of at most ${mostText} is needed`);
  if (value < (isPrice(kind) ? leastPrice : least) && /[1-9]/.test(mantissa)) {
    return problem('range', `${quote(trimmed)} is too small to mean anything`, needed);
  }
  return { ok: true, value: sign === '-' && value !== 0 ? -value : value };
}

/** digits.digits units as a correctly rounded double. */
function convert(mantissa: string, { multiplier, exponent, divisor }: Unit): number {
  const { digits, shift } = decimal(mantissa);
  const tens = shift + exponent;
  if (divisor === 1n) return Number(`${digits * multiplier}e${tens}`);
  return ratio(
    digits * multiplier * 10n ** BigInt(Math.max(0, tens)),
    divisor * 10n ** BigInt(Math.max(0, -tens)),
  );
}

/** '1.40' is 140 * 10^-2. */
function decimal(mantissa: string): { digits: bigint; shift: number } {
  const point = mantissa.indexOf('.');
  if (point < 0) return { digits: BigInt(mantissa), shift: 0 };
  return {
    digits: BigInt(mantissa.slice(0, point) + mantissa.slice(point + 1)),
    shift: point + 1 - mantissa.length,
  };
}

/** numerator / denominator, rounded once: 66 bits and more of quotient, and the rest as a sticky bit. */
function ratio(numerator: bigint, denominator: bigint): number {
  if (numerator === 0n) return 0;
  const scale = Math.max(0, 66 + bits(denominator) - bits(numerator));
  const shifted = numerator << BigInt(scale);
  const quotient = shifted / denominator;
  const sticky = shifted % denominator === 0n ? 0n : 1n;
  return Number((quotient << 1n) | sticky) * 2 ** -(scale + 1);
}

const bits = (value: bigint): number => value.toString(2).length;

function problem(code: QuantityProblem['code'], what: string, allowed: string): QuantityProblem {
  return { ok: false, code, what, allowed };
}

function quote(text: string): string {
  const characters = [...text];
  return `"${characters.length > 40 ? `${characters.slice(0, 39).join('')}…` : text}"`;
}

function notANumber(text: string, needed: string): QuantityProblem {
  if (text === '') return problem('not-a-quantity', 'the value is empty', needed);
  const stripped = text.replace(/(?<=\d)[_,' ](?=\d)/g, '');
  if (stripped !== text && /^\d/.test(stripped)) {
    return problem(
      'not-a-quantity',
      `${quote(text)} has separators between its digits`,
      `write ${quote(stripped)}`,
    );
  }
  if (/^[$€£]/.test(text)) {
    return problem(
      'not-a-quantity',
      `${quote(text)} has a currency sign`,
      `US dollars are meant, and the sign is left out; ${needed}`,
    );
  }
  if (/^[+-]?\.?(inf|infinity|nan)\b/i.test(text)) {
    return problem('not-a-quantity', `${quote(text)} is no number of anything`, needed);
  }
  return problem('not-a-quantity', `${quote(text)} does not start with a number`, needed);
}

/** Says why the unit is not one of this kind: none, one of another kind, or a near miss. */
function unitProblem(
  kind: QuantityKind,
  text: string,
  number: string,
  suffix: string,
  orUnlimited: string,
): QuantityProblem {
  const { noun, listed, example } = kinds[kind];
  const inUnits = `${noun} is a number with ${listed}${orUnlimited}`;
  if (/^[_,']?\d/.test(suffix)) return notANumber(text, `${noun} is needed, e.g. ${example}`);
  if (suffix === '') {
    const like = /^[^\d]*[\d.]+(.*)$/.exec(example)?.[1] ?? '';
    return problem(
      'no-unit',
      `${quote(text)} has no unit`,
      `${noun} is needed, e.g. ${number}${like}${choice(listed)}`,
    );
  }
  if (/\d/.test(suffix) && /^[a-zA-Z%/]/.test(suffix)) {
    return problem('not-a-quantity', `${quote(text)} is more than one number and one unit`, inUnits);
  }
  // The unit itself in other letters comes first: "mb" is a near MB before it is anything else.
  const near = nearUnit(kind, suffix);
  // "/h" is a unit of prices, too: where a price is needed, it is one.
  const others = (Object.keys(kinds) as QuantityKind[]).sort((a, b) =>
    isPrice(kind) ? Number(isPrice(b)) - Number(isPrice(a)) : 0,
  );
  const other = others.find(
    candidate =>
      candidate !== kind && kinds[candidate].units.some(one => one.name === (aliases[suffix] ?? suffix)),
  );
  if (other !== undefined) {
    const instead = sameNumber(kind, other, number, suffix) ?? near?.replace(/^/, number) ?? example;
    return problem(
      'other-kind',
      `${quote(text)} is ${kinds[other].noun}`,
      `${noun} is needed, e.g. ${instead}${choice(listed)}`,
    );
  }
  const hint = near === undefined ? '' : ` (did you mean ${number}${near}?)`;
  return problem('unknown-unit', `${quote(text)} has no unit that is known here${hint}`, inUnits);
}

/** The units, where there is a choice. */
const choice = (listed: string): string => (listed.includes(' or ') ? ` (${listed})` : '');

/** The same number as a quantity of the kind that is needed, where that is plainly what was meant. */
function sameNumber(
  kind: QuantityKind,
  other: QuantityKind,
  number: string,
  suffix: string,
): string | undefined {
  if (kind === 'rate' && other === 'size') return `${number}${suffix}/s`;
  if (kind === 'size' && other === 'rate' && suffix.endsWith('/s')) return `${number}${suffix.slice(0, -2)}`;
  if (kind === 'frequency' && other === 'time' && /^[smh]$/.test(suffix)) return `${number}/${suffix}`;
  if (kind === 'time' && other === 'frequency') return `${number}${suffix.slice(1)}`;
  if (kind === 'price-of-data' && other === 'size' && suffix !== 'B') return `${number}/${suffix}`;
  return undefined;
}

function nearUnit(kind: QuantityKind, suffix: string): string | undefined {
  const listed = misspelt[kind];
  if (Object.hasOwn(listed, suffix)) return listed[suffix];
  const lower = suffix.toLowerCase();
  const known = kinds[kind].units.find(one => one.name.toLowerCase() === lower);
  if (known !== undefined) return known.name;
  const spelling = Object.keys(listed).find(key => key.toLowerCase() === lower);
  return spelling === undefined ? undefined : listed[spelling];
}
