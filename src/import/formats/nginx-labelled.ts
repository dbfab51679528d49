/** nginx with a log_format of `name=value` pairs: `time="..." request="PUT /a HTTP/1.1" status=200 request_time=0.004`. */
import { type LogReader, malformed } from './format.js';
import { meaningOf, type Named, nginxMeaning, rankOf, requestFrom } from './nginx-named.js';

const pairs = /([A-Za-z_@][\w@.-]*)[=:](?:"((?:[^"\\]|\\.)*)"|\[([^\]]*)\]|([^\s",;|]*))/g;

export const isLabelled = (line: string): boolean => {
  const { time, status } = namedIn(line);
  return time !== undefined && status !== undefined;
};

export function openLabelled(): LogReader {
  return {
    read: line =>
      isLabelled(line) ? requestFrom(namedIn(line)) : malformed('not a line of name=value pairs'),
    title: 'nginx, name=value',
    notes: [],
    meaning: nginxMeaning,
  };
}

function namedIn(line: string): Named {
  const named: Named = {};
  const best: Partial<Record<keyof Named, number>> = {};
  for (const [, name, quoted, bracketed, bare] of line.matchAll(pairs)) {
    const what = meaningOf(name!);
    const value = quoted ?? bracketed ?? bare ?? '';
    if (what === undefined || value === '' || value === '-') continue;
    if (rankOf(name!) >= (best[what] ?? Number.POSITIVE_INFINITY)) continue;
    best[what] = rankOf(name!);
    named[what] = value;
  }
  return named;
}
