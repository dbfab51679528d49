/** nginx with a log_format that writes JSON, one object per line; keys are those that people give to its variables. */
import { type LogReader, malformed } from './format.js';
import { meaningOf, type Named, nginxMeaning, rankOf, requestFrom } from './nginx-named.js';

/** @param inner opens the log whose lines that of a container wraps in JSON: `{"log": "...", "stream": "stdout"}` */
export function openJson(
  inner: (sample: readonly string[]) => LogReader,
  sample: readonly string[],
): LogReader {
  const wrapped = sample.flatMap(line => unwrapped(parse(line)) ?? []);
  const reader = wrapped.length > 0 ? inner(wrapped) : undefined;
  return {
    read: line => {
      const value = parse(line);
      if (value === undefined) return malformed('not a JSON object');
      const text = unwrapped(value);
      return text !== undefined && reader !== undefined ? reader.read(text) : requestFrom(namedIn(value));
    },
    title: 'nginx, JSON',
    notes: reader?.notes ?? [],
    meaning: nginxMeaning,
  };
}

type Json = Readonly<Record<string, unknown>>;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** nginx writes what is no JSON where the format does not escape it (`\x22`), or puts no value (`"a":,`). */
function parse(line: string): Json | undefined {
  return parseStrictly(line) ?? parseStrictly(repaired(line));
}

function parseStrictly(text: string): Json | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function repaired(line: string): string {
  return line
    .replace(/\\x([0-9A-Fa-f]{2})/g, '\\u00$1')
    .replace(/:\s*-?\s*(?=[,}])/g, ':null')
    .replace(/,\s*}/g, '}')
    .replace(/,\s*$/, '');
}

function unwrapped(value: Json | undefined): string | undefined {
  const text = value?.log;
  return typeof text === 'string' && value?.stream !== undefined ? text.trimEnd() : undefined;
}

/** Values by their meaning, from the object and the objects in it. */
function namedIn(value: Json): Named {
  const named: Named = {};
  const best: Partial<Record<keyof Named, number>> = {};
  const look = (object: Json, depth: number) => {
    for (const [key, one] of Object.entries(object)) {
      if (isObject(one)) {
        if (depth < 4) look(one, depth + 1);
        continue;
      }
      const what = meaningOf(key);
      if (what === undefined || (typeof one !== 'string' && typeof one !== 'number')) continue;
      const text = String(one);
      // Nothing is no value: a worse name may have one.
      if (text === '' || text === '-' || rankOf(key) >= (best[what] ?? Number.POSITIVE_INFINITY)) continue;
      best[what] = rankOf(key);
      named[what] = text;
    }
  };
  look(value, 0);
  return named;
}
