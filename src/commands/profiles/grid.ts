import type { Preformatted } from '../../present/document/block.js';
import type { Span, Text, Tone } from '../../present/document/text.js';
import { widthOf, wrap } from '../../present/terminal/width.js';

/** A sourced value, ready to be laid out. */
export interface Entry {
  readonly name: string;
  readonly value: string;
  /** How sure it is, and the number of its source. */
  readonly kind: string;
  readonly tone: Tone | undefined;
  readonly note: string;
}

const gap = '  ';
const indent = '    ';
/** Notes stand beside their values where that leaves them so much. */
const roomForNotes = 50;
/** Names are broken to no less than this before their values move below them. */
const shortestName = 24;

/**
 * Names, values and kinds in columns. Notes stand behind them, or below where the screen is narrow; where even the
 * columns do not fit, each name has a line of its own. Values are never cut.
 */
export function grid(entries: readonly Entry[]): Preformatted {
  return {
    kind: 'preformatted',
    draw: width => {
      const value = widest(entries.map(entry => entry.value));
      const kind = widest(entries.map(entry => entry.kind));
      const names = widest(entries.map(entry => entry.name));
      const room = width - value - kind - 2 * gap.length;
      if (room < Math.min(names, shortestName)) return entries.flatMap(entry => stacked(entry, width));
      const name = Math.min(names, room);
      return entries.flatMap(entry => row(entry, { name, value, kind }, width));
    },
  };
}

interface Widths {
  readonly name: number;
  readonly value: number;
  readonly kind: number;
}

function row(entry: Entry, { name, value, kind }: Widths, width: number): Text[] {
  const [first = '', ...more] = wrap(entry.name, name);
  const start = `${first.padEnd(name)}${gap}${entry.value.padEnd(value)}${gap}`;
  const room = width - name - value - kind - 3 * gap.length;
  if (room < roomForNotes) return [[start, kindOf(entry)], ...more, ...notes(entry, width)];
  const [note = '', ...others] = wrap(entry.note, room);
  const pad = note === '' ? '' : ' '.repeat(kind - entry.kind.length) + gap;
  const margin = ' '.repeat(width - room);
  return [[start, kindOf(entry), pad, dim(note)], ...more, ...others.map(line => dim(margin + line))];
}

function stacked(entry: Entry, width: number): Text[] {
  const said = wrap(`${entry.value} ${entry.kind}`, width - indent.length);
  return [
    ...wrap(entry.name, width),
    ...said.map((line): Text => ({ text: indent + line, tone: entry.tone })),
    ...notes(entry, width),
  ];
}

const kindOf = ({ kind, tone }: Entry): Span => ({ text: kind, tone });

const notes = ({ note }: Entry, width: number): Text[] =>
  wrap(note, width - indent.length).map(line => dim(indent + line));

const dim = (text: string) => ({ text, tone: 'dim' }) as const;

/** Texts by their numbers; an address that is longer than a line is broken, and begins beside its number. */
export function numbered(texts: readonly string[]): Preformatted {
  const numbers = texts.map((_, index) => `[${index + 1}]`);
  const margin = widest(numbers) + 1;
  return {
    kind: 'preformatted',
    draw: width =>
      texts.flatMap((text, index) =>
        wrap(text, width - margin).map((line, i) => (i === 0 ? numbers[index]! : '').padEnd(margin) + line),
      ),
  };
}

const widest = (texts: readonly string[]): number => Math.max(0, ...texts.map(widthOf));
