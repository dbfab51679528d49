/**
 * A log line cut into its fields, as nginx, Apache and AWS write them: separated by spaces, in `"quotes"` or
 * `[brackets]` where they may contain some. Quotes inside are escaped (`\"`, `\x22`), or, by S3, not at
 * all: a quote ends a field only where a space, or the end of the line, follows.
 */
export interface Fields {
  /** Without their quotes or brackets. */
  readonly texts: readonly string[];
  /** `"`, `[`, or nothing for a bare field. */
  readonly marks: readonly ('"' | '[' | '')[];
  /** Whether the line ends within a quoted field, as one that was cut off does. */
  readonly open: boolean;
}

const quote = 0x22;
const bracket = 0x5b;
const backslash = 0x5c;

/** @param most fields after which the rest of the line is left alone */
export function splitFields(line: string, most = 1000): Fields {
  const texts: string[] = [];
  const marks: ('"' | '[' | '')[] = [];
  const { length } = line;
  let at = 0;
  while (texts.length < most) {
    while (at < length && isSpace(line.charCodeAt(at))) at += 1;
    if (at >= length) break;
    const first = line.charCodeAt(at);
    if (first === quote) {
      const end = closing(line, at + 1, '"');
      texts.push(line.slice(at + 1, end < 0 ? length : end));
      marks.push('"');
      if (end < 0) return { texts, marks, open: true };
      at = end + 1;
    } else if (first === bracket && closing(line, at + 1, ']') >= 0) {
      const end = closing(line, at + 1, ']');
      texts.push(line.slice(at + 1, end));
      marks.push('[');
      at = end + 1;
    } else {
      const end = endOfBare(line, at);
      texts.push(line.slice(at, end));
      marks.push('');
      at = end;
    }
  }
  return { texts, marks, open: false };
}

const isSpace = (code: number): boolean => code === 0x20 || code === 0x09;

/** Where the mark stands that closes a field, or -1. */
function closing(line: string, from: number, mark: string): number {
  for (let at = line.indexOf(mark, from); at >= 0; at = line.indexOf(mark, at + 1)) {
    const after = line.charCodeAt(at + 1);
    if ((at + 1 === line.length || isSpace(after)) && !isEscaped(line, at, from)) return at;
  }
  return -1;
}

/** Whether an odd number of backslashes stands before a character. */
function isEscaped(line: string, at: number, from: number): boolean {
  let before = at;
  while (before > from && line.charCodeAt(before - 1) === backslash) before -= 1;
  return (at - before) % 2 === 1;
}

/** A bare field ends at a space; `key="a value"` is one field. */
function endOfBare(line: string, from: number): number {
  let at = from;
  while (at < line.length && !isSpace(line.charCodeAt(at))) {
    if (line.charCodeAt(at) === quote && line[at - 1] === '=') {
      const end = closing(line, at + 1, '"');
      if (end >= 0) return end + 1;
    }
    at += 1;
  }
  return at;
}
