/** nginx with the log_format that the user gives, as it stands in nginx.conf. */
import { UserError } from '../../errors.js';
import { type LogFormat, type LogReader, malformed } from './format.js';
import { meaningOf, type Named, nginxMeaning, rankOf, requestFrom } from './nginx-named.js';

interface Piece {
  readonly name: string;
  /** The text between this variable and the next, or the end of the line. */
  readonly until: string;
}

/** Whether a value of `--log-format` is a format itself and not the name of one. */
export const isTemplate = (text: string): boolean => /\$\{?[a-z]/i.test(text);

/**
 * The format that nginx writes with `text`, which may be the whole directive: `log_format name '...' '...';`.
 * @throws UserError where it does not log what is needed
 */
export function templateFormat(text: string): LogFormat {
  const { lead, pieces } = piecesOf(unquoted(text));
  const has = (what: keyof Named) => pieces.some(piece => meaningOf(piece.name) === what);
  const lacking = [
    ...(has('time') ? [] : ['a time ($time_local, $time_iso8601 or $msec)']),
    ...(has('request') || (has('method') && has('target')) ? [] : ['$request']),
    ...(has('status') ? [] : ['$status']),
  ];
  if (lacking.length > 0) throw new UserError(`--log-format: this format does not log ${lacking.join(', ')}`);
  const touching = pieces.findIndex((piece, i) => piece.until === '' && i < pieces.length - 1);
  if (touching >= 0)
    throw new UserError(
      `--log-format: nothing stands between $${pieces[touching]!.name} and $${pieces[touching + 1]!.name}`,
    );
  return {
    name: 'nginx',
    ofStorage: false,
    open: () => reader(lead, pieces),
  };
}

function reader(lead: string, pieces: readonly Piece[]): LogReader {
  return {
    read: line => {
      const named = namedIn(line, lead, pieces);
      return named === undefined ? malformed('not a line of the log_format given') : requestFrom(named);
    },
    title: 'nginx, the log_format given',
    notes: [],
    meaning: nginxMeaning,
  };
}

function namedIn(line: string, lead: string, pieces: readonly Piece[]): Named | undefined {
  if (!line.startsWith(lead)) return undefined;
  const named: Named = {};
  const best: Partial<Record<keyof Named, number>> = {};
  let at = lead.length;
  for (const { name, until } of pieces) {
    const end = until === '' ? line.length : line.indexOf(until, at);
    if (end < 0) return undefined;
    const what = meaningOf(name);
    const value = line.slice(at, end);
    at = end + until.length;
    if (what === undefined || value === '-' || rankOf(name) >= (best[what] ?? Number.POSITIVE_INFINITY))
      continue;
    best[what] = rankOf(name);
    named[what] = value;
  }
  return named;
}

/** The strings of a log_format directive put together; the text itself where it is none. */
function unquoted(text: string): string {
  const directive = /^\s*(?:log_format\s+\S+\s+)?(?:escape=\w+\s+)?(['"].*['"])\s*;?\s*$/s.exec(text);
  if (directive === null) return text.trim();
  const strings = [...directive[1]!.matchAll(/'([^']*)'|"([^"]*)"/g)];
  return strings.map(([, single, double]) => single ?? double).join('');
}

function piecesOf(text: string): { readonly lead: string; readonly pieces: readonly Piece[] } {
  const variables = [...text.matchAll(/\$(?:\{(\w+)\}|(\w+))/g)];
  const pieces = variables.map((match, i): Piece => {
    const next = variables[i + 1];
    return { name: match[1] ?? match[2]!, until: text.slice(match.index + match[0].length, next?.index) };
  });
  return { lead: text.slice(0, variables[0]?.index ?? text.length), pieces };
}
