/**
 * nginx's combined format (which is Apache's), with or without what people add to it:
 *
 *     $remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"
 *
 * The line is understood from the time in brackets and the request behind it, so that other fields may stand before
 * them. What stands behind has no names; the first lines of the log tell what it probably is.
 */
import { type Fields, splitFields } from '../fields.js';
import { readInstant } from '../instants.js';
import { type LogReader, malformed, type Reading } from './format.js';
import { meaningOf, type Named, nginxMeaning, requestFrom } from './nginx-named.js';

/** Positions of unnamed fields, counted from the status; -1 where there is none. */
interface Layout {
  readonly length: number;
  readonly duration: number;
  readonly upstream: number;
}

const statuses =
  /^(10[0-3]|20[0-8]|226|30[0-8]|40\d|41\d|42[1-9]|431|444|451|46[0-4]|49[4-9]|50\d|51[01]|52\d|530)$/;
const milliseconds = /^\d+\.\d{3}$/;

export function openPositional(sample: readonly string[]): LogReader {
  const layout = layoutOf(sample);
  return {
    read: line => requestFromFields(splitFields(line), layout),
    title: 'nginx or Apache, combined format',
    notes: notesOn(layout),
    meaning: nginxMeaning,
  };
}

function requestFromFields(fields: Fields, layout: Layout): Reading {
  const { texts, marks, open } = fields;
  const time = timeAt(fields);
  const start = requestBehind(fields, time);
  if (start < 0) return malformed('not a line of the combined format');
  const status = start + 1;
  if (open && texts.length <= status) return malformed('the line ends too early');
  const named: Named = {
    time: texts[time]!,
    request: texts[start]!,
    status: texts[status] ?? '',
    ...(texts[status + 1] === undefined ? {} : { sent: texts[status + 1]! }),
    ...unnamed(texts, status, layout),
  };
  for (let at = status + 2; at < texts.length; at += 1) {
    if (marks[at] === '') addLabelled(named, texts[at]!);
  }
  return requestFrom(named);
}

/** The first field in brackets that is a time; -1 where there is none. */
function timeAt({ texts, marks }: Fields): number {
  for (let at = 0; at < texts.length && at < 30; at += 1)
    if (marks[at] === '[' && readInstant(texts[at]!) !== undefined) return at;
  return -1;
}

/** Fields that may stand between the time and the request; in a log of S3 there are more. */
const mostBetween = 2;

/** The first quoted field behind the time; -1 where there is none. */
function requestBehind({ marks }: Fields, time: number): number {
  const at = time < 0 ? -1 : marks.indexOf('"', time + 1);
  return at > time + 1 + mostBetween ? -1 : at;
}

function unnamed(texts: readonly string[], status: number, layout: Layout): Named {
  const { length, duration, upstream } = layout;
  return {
    ...(length < 0 ? {} : { length: texts[status + length] ?? '' }),
    ...(duration < 0 ? {} : { duration: texts[status + duration] ?? '' }),
    ...(upstream < 0 ? {} : { upstream: texts[status + upstream] ?? '' }),
  };
}

/** `rt=0.005`, `urt="0.004"`, `request_length=812` or `msec=1549411238.512` say themselves what they are. */
function addLabelled(named: Named, text: string): void {
  const [, label, value] = /^([A-Za-z_]+)[=:]"?([^"]*)"?$/.exec(text) ?? [];
  const what = label === undefined ? undefined : meaningOf(label);
  if (what === 'length' || what === 'body' || what === 'duration' || what === 'upstream')
    named[what] = value!;
  // The one time that is finer than that in brackets.
  else if (label?.toLowerCase() === 'msec' && readInstant(value!) !== undefined) named.time = value!;
}

/** What the unnamed fields behind the user agent are, judged by their values in all of the first lines. */
function layoutOf(sample: readonly string[]): Layout {
  const all = sample.flatMap((line): Row[] => {
    const fields = splitFields(line);
    const start = requestBehind(fields, timeAt(fields));
    if (start < 0 || fields.open) return [];
    return [{ bodiless: bodiless.test(fields.texts[start]!), values: fields.texts.slice(start + 1) }];
  });
  // Lines of another length are of another format, or were cut off.
  const columns = mostFrequent(all.map(({ values }) => values.length));
  const rows = all.filter(({ values }) => values.length === columns);
  let length = -1;
  const times: number[] = [];
  // Status, bytes, referer and user agent stand before.
  for (let at = 2; at < Math.min(40, columns); at += 1) {
    const values = rows.map(row => row.values[at]!);
    if (length < 0 && isLength(rows, at)) length = at;
    else if (values.some(value => milliseconds.test(value)) && values.every(isTimeOrNone)) times.push(at);
  }
  const always = times.filter(at => rows.every(row => milliseconds.test(row.values[at]!)));
  const duration = always[0] ?? -1;
  const others = times.filter(at => at !== duration);
  // With three or more, they may be times to connect or to the first header: then none is taken.
  return { length, duration, upstream: duration >= 0 && others.length === 1 ? others[0]! : -1 };
}

interface Row {
  /** Whether its request has no body. */
  readonly bodiless: boolean;
  /** From the status on. */
  readonly values: readonly string[];
}

const bodiless = /^(GET|HEAD|OPTIONS) /;

/** Bytes that a request without a body may have: servers refuse longer headers. */
const longestHead = 65_536;

/** Whether a column has lengths of requests: whole numbers that are neither statuses nor, say, microseconds. */
function isLength(rows: readonly Row[], at: number): boolean {
  if (!rows.every(({ values }) => /^\d{1,15}$/.test(values[at]!))) return false;
  if (rows.every(({ values }) => statuses.test(values[at]!))) return false;
  return !rows.some(row => row.bodiless && Number(row.values[at]) > longestHead);
}

function mostFrequent(numbers: readonly number[]): number {
  const counts = new Map<number, number>();
  for (const number of numbers) counts.set(number, (counts.get(number) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 0;
}

const isTimeOrNone = (text: string): boolean => text === '-' || milliseconds.test(text);

function notesOn({ length, duration, upstream }: Layout): string[] {
  const named = [
    ...(length < 0 ? [] : [`field ${length + 1} behind the request as $request_length`]),
    ...(duration < 0 ? [] : [`field ${duration + 1} as $request_time`]),
    ...(upstream < 0 ? [] : [`field ${upstream + 1} as $upstream_response_time`]),
  ];
  if (named.length === 0) return [];
  return [
    `fields have no names in this format; judging by their values, ${named.join(', ')} (if that is wrong, give your log_format: --log-format '$remote_addr ...')`,
  ];
}
