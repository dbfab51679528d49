/** Places in a text file: from an offset to line, column and the line itself with a caret. */
import { escapeText } from './text.js';

/** One line of a file as it is shown: at most `excerptWidth` characters around the place, made printable. */
export interface Excerpt {
  readonly text: string;
  /** How many columns before the caret. */
  readonly caret: number;
}

export interface Position {
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 code units, as editors count. */
  readonly column: number;
  readonly excerpt: Excerpt;
}

export const excerptWidth = 120;

/** A text whose offsets can be turned into positions; the lines are indexed only when one is asked for. */
export class SourceText {
  readonly text: string;
  #starts: number[] | undefined;

  constructor(text: string) {
    this.text = text;
  }

  position(offset: number): Position {
    this.#starts ??= lineStarts(this.text);
    const starts = this.#starts;
    const at = Math.max(0, Math.min(offset, this.text.length));
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= at) low = middle;
      else high = middle - 1;
    }
    const start = starts[low]!;
    const end = starts[low + 1] ?? this.text.length;
    const line = this.text.slice(start, end).replace(/[\r\n]+$/, '');
    return { line: low + 1, column: at - start + 1, excerpt: excerptOf(line, at - start) };
  }
}

/** The part of a line around a column (from 0) that is shown. */
export function excerptOf(line: string, column: number): Excerpt {
  const at = Math.min(column, line.length);
  // A tab is shown as one space, so that the caret stays under its place.
  const show = (text: string) => escapeText(text.replace(/\t/g, ' '));
  const from = line.length <= excerptWidth ? 0 : Math.max(0, Math.min(at - 60, line.length - excerptWidth));
  const to = line.length <= excerptWidth ? line.length : from + excerptWidth;
  let before = `${from > 0 ? '…' : ''}${show(line.slice(from, at))}`;
  let after = `${show(line.slice(at, to))}${to < line.length ? '…' : ''}`;
  // Escapes lengthen a text: what is shown stays within the width all the same.
  if (before.length > 80) before = `…${before.slice(before.length - 79)}`;
  if (before.length + after.length > excerptWidth)
    after = `${after.slice(0, excerptWidth - before.length - 1)}…`;
  return { text: before + after, caret: before.length };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1);
  return starts;
}
