import type { CheckedField, Journey, JourneyStep, SignedUrl, TokenCheck } from '../../../journey.js';
import { bytes, count, duration } from '../../../readable.js';
import { type Column, table } from '../../document/table.js';
import { clean } from '../text.js';
import { wrap } from '../width.js';
import { countdown } from './countdown.js';
import type { Grid } from './grid.js';
import { type Palette, printed, smallPrint } from './palette.js';
import { describe, statusOf } from './words.js';

/** The signed URLs of a journey: what they say, how their lives go by, and what storage makes of them. */
export function tokens(journey: Journey, grid: Grid, timeZero: string, theme: Palette): string[] {
  const told = toldTokens(journey);
  return journey.tokens.flatMap((token, i) => {
    if (!told.has(token)) return [];
    const until = journey.tokens[i + 1]?.issued ?? Number.POSITIVE_INFINITY;
    const all = journey.checks.filter(({ at }) => at >= token.issued && at < until);
    // Of many parts that are let in, the first shows how.
    const checks = all.filter((check, n) => n === 0 || check.reason !== null);
    const more = all.length - checks.length;
    const title = titleOf(token, journey);
    return [
      ...(i === 0 ? [] : ['']),
      ...wrap(`The signed URL of ${journey.topology}${title}`, theme.width).map(theme.bold),
      '',
      ...url(token, theme),
      '',
      ...smallPrint(dates(token, timeZero), theme),
      '',
      ...life(journey, token, until, grid, theme),
      ...checks.flatMap(each => ['', ...verdict(each, token, grid, journey, theme)]),
      ...(more > 0
        ? ['', ...wrap(`${count(more)} more waves of parts are let in.`, theme.width).map(theme.dim)]
        : []),
    ];
  });
}

/** Of many URLs that are signed for parts, the first ones, and whatever was refused. */
function toldTokens({ tokens: all, checks }: Journey): ReadonlySet<SignedUrl> {
  const refused = checks.filter(({ reason }) => reason !== null);
  const isRefused = (token: SignedUrl, until: number) =>
    refused.some(({ at }) => at >= token.issued && at < until);
  return new Set(
    all.filter(
      (token, i) =>
        token.parts === null || i === 0 || isRefused(token, all[i + 1]?.issued ?? Number.POSITIVE_INFINITY),
    ),
  );
}

/** Which of several it is. */
function titleOf(token: SignedUrl, { tokens: all }: Journey): string {
  const attempt = all.length > 1 ? ` (attempt ${token.attempt})` : '';
  if (token.parts === null) return attempt;
  const { first, last } = token.parts;
  return first === last
    ? `, for part ${first}`
    : `, for part ${first}; ${first + 1} to ${last} are signed with it`;
}

/** One parameter a line; a line that is too long goes on in the next. */
function url({ method, url: address }: SignedUrl, theme: Palette): string[] {
  const [base, query = ''] = address.split('?');
  const lines = [
    `${method} ${base}`,
    ...query.split('&').map((part, i) => `    ${i === 0 ? '?' : '&'}${part}`),
  ];
  return lines.flatMap(line => cut(clean(line), theme.width)).map(theme.request);
}

function cut(line: string, width: number): string[] {
  const parts: string[] = [];
  for (let from = 0; from < line.length; from += width) parts.push(line.slice(from, from + width));
  return parts;
}

function dates({ expires, ttl }: SignedUrl, timeZero: string): string {
  const rounded = expires === ttl ? '' : ` (${ttl} s in the scenario)`;
  return (
    `Signature V4 with the example credentials of AWS's documentation; simulated time 0 stands for ${timeZero}. ` +
    `It permits one PUT of this key into this bucket, for ${duration(expires)}${rounded}. Dates in a URL have whole seconds; the simulation's are exact.`
  );
}

/** Nulls stand for moments that are left out. */
interface Moment {
  readonly name: string;
  readonly at: number | null;
  readonly left: number | null;
}

/** Told also where they take no time. */
const landmarks = ['issueToken', 'presentToken', 'presentTokens'];

/** More moments than this are told by the first and the last of them. */
const mostMoments = 16;

/** How old the URL is, and how long it still lives, at the end of each step from its signing on. */
function life(journey: Journey, token: SignedUrl, until: number, grid: Grid, theme: Palette): string[] {
  const isOfIt = ({ start, tokenLeft, aside, action, duration: took }: JourneyStep) =>
    tokenLeft !== null &&
    !aside &&
    action !== 'backOff' &&
    start >= token.issued &&
    start < until &&
    (took > 0 || landmarks.includes(action));
  const moments = abridged(
    journey.steps
      .filter(isOfIt)
      .map((step): Moment => ({ name: nameOf(step, journey), at: step.end, left: step.tokenLeft! })),
  );
  const key: Column<Moment> = { head: 'at the end of', cell: ({ name }) => name };
  const columns: Column<Moment>[] = [
    { head: 'time', cell: ({ at }) => (at === null ? '' : grid.write(grid.at(journey, at))) },
    { head: 'age of the URL', cell: ({ left }) => (left === null ? '' : grid.span(token.life - left)) },
    {
      head: 'it still lives',
      cell: ({ left }) => (left === null ? '' : livesFor(left)),
      tone: ({ left }) => (left !== null && left < 0 ? 'bad' : undefined),
    },
  ];
  return printed(table(moments, { key, groups: [{ columns }] }), theme);
}

const livesFor = (left: number): string => (left < 0 ? `expired ${countdown(-left)} ago` : countdown(left));

function abridged(moments: readonly Moment[]): readonly Moment[] {
  if (moments.length <= mostMoments) return moments;
  const half = mostMoments / 2;
  const left = moments.length - mostMoments;
  const gap: Moment = { name: `⋮ ${count(left)} more`, at: null, left: null };
  return [...moments.slice(0, half), gap, ...moments.slice(-half)];
}

function nameOf(step: JourneyStep, journey: Journey): string {
  return step.action === 'issueToken' ? 'the URL is signed' : describe(step, journey);
}

/** Field by field, as storage compares them. */
function verdict(
  check: TokenCheck,
  token: SignedUrl,
  grid: Grid,
  journey: Journey,
  theme: Palette,
): string[] {
  const { fields, reason, at } = check;
  const title = `When the request's head arrives at storage, at ${grid.write(grid.at(journey, at))}`;
  const key: Column<CheckedField> = { head: 'field', cell: ({ field }) => field };
  const columns: Column<CheckedField>[] = [
    { head: 'signed', align: 'left', cell: ({ field, signed }) => shown(field, signed) },
    {
      head: 'the request says',
      align: 'left',
      cell: ({ field, received }) =>
        field === 'expiry' ? `${received} s, age ${grid.span(check.age)} s` : shown(field, received),
    },
    {
      head: 'verdict',
      align: 'left',
      cell: ({ verdict: word, ok }) => `${ok ? '✓' : '✗'} ${word}`,
      tone: ({ ok }) => (ok ? 'good' : 'bad'),
    },
  ];
  return [
    ...wrap(title, theme.width).map(theme.bold),
    '',
    ...printed(table(fields, { key, groups: columns.map(column => ({ columns: [column] })) }), theme),
    reason === null ? theme.good('✓ let in') : theme.bad(`✗ ${statusOf(reason)}`),
    ...remarks(check, token).flatMap(text => wrap(text, theme.width).map(theme.dim)),
  ];
}

/** Signatures differ in their first digits if they differ at all. */
function shown(field: CheckedField['field'], value: string): string {
  if (field === 'expiry') return `${value} s`;
  if (field === 'size') return bytes(Number(value));
  return field === 'signature' ? `${value.slice(0, 16)}…` : value;
}

function remarks({ fields, reason }: TokenCheck, { validUntil, life, ttl, date }: SignedUrl): string[] {
  const signature = fields.find(({ field }) => field === 'signature')!;
  if (!signature.ok) {
    return [
      `Storage signs what it sees with the same secret, and gets ${signature.received}.`,
      ...(reason === 'signature-mismatch'
        ? []
        : [
            'The signature covers method, bucket, key and expiry, so it differs whenever one of them does; valet-sim names the field.',
          ]),
    ];
  }
  if (reason === 'token-expired') {
    const ended = life < ttl ? `, which is ${duration(ttl - life)} less than its ttl` : '';
    return [`It was valid until ${validUntil} s of simulated time, inclusive${ended}.`];
  }
  return reason === 'token-not-yet-valid'
    ? [`Its date, ${date}, is more than 15 minutes after storage's own time.`]
    : [];
}
