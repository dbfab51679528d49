import { plot as plotOne } from 'asciichart';
import type { Tone } from '../document/text.js';

/** A line over the columns of a chart; null where it has a gap. */
export interface Curve {
  readonly values: readonly (number | null)[];
  /** Which kind of line, counted from 0: light, heavy, double, dotted, and round again. */
  readonly style: number;
  readonly tone: Tone;
}

/** A level across the whole chart. */
export interface Level {
  readonly value: number;
  readonly tone: Tone;
}

/** One character of a chart. */
export interface Mark {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

type Symbols = [string, string, string, string, string, string, string, string, string, string];

/** The lines that can be told apart without colour. */
export const styles: readonly Symbols[] = [
  ['─', '─', '─', '─', '─', '╰', '╭', '╮', '╯', '│'],
  ['━', '━', '━', '━', '━', '┗', '┏', '┓', '┛', '┃'],
  ['═', '═', '═', '═', '═', '╚', '╔', '╗', '╝', '║'],
  ['·', '·', '·', '·', '·', '·', '·', '·', '·', ':'],
];

/** A piece of the line of a curve, or of a level. */
export const sampleOf = (style: number): string => styles[style % styles.length][4].repeat(3);
export const levelSample = '╌'.repeat(3);

/** Columns or rows after which lines in one place take turns. */
const turn = 4;

/**
 * Curves and levels between 0 and `top` on `rows` + 1 lines of marks, the first of which is `top`. Where several
 * curves share a place they take turns, so that each can be followed.
 */
export function plot(
  curves: readonly Curve[],
  levels: readonly Level[],
  { top, rows, columns }: { readonly top: number; readonly rows: number; readonly columns: number },
): readonly (readonly Mark[])[] {
  const layers = curves.map(curve => charactersOf(curve, top, rows, columns));
  return Array.from({ length: rows + 1 }, (_, row) => {
    const level = levels.find(({ value }) => rows - Math.round((value / top) * rows) === row);
    return Array.from({ length: columns }, (_, column): Mark => {
      const here = curves
        .map(({ tone }, i) => ({ text: layers[i][row][column], tone }))
        .filter(({ text }) => text !== ' ');
      if (here.length > 0) return here[Math.floor((row + column) / turn) % here.length];
      return level === undefined ? { text: ' ' } : { text: levelSample[0], tone: level.tone };
    });
  });
}

/** A curve alone, by row and column. */
function charactersOf(
  { values, style }: Curve,
  top: number,
  rows: number,
  columns: number,
): readonly (readonly string[])[] {
  const grid = Array.from({ length: rows + 1 }, () => Array.from({ length: columns }, () => ' '));
  for (const { begin, piece } of pieces(values)) {
    // Each column leads from the value before to its own; the first one has none before.
    const drawn = plotOne([piece[0], ...piece], {
      min: 0,
      max: top,
      height: rows,
      offset: margin,
      format: () => ' ',
      symbols: styles[style % styles.length],
    });
    drawn.split('\n').forEach((line, row) => {
      for (let i = 0; i < piece.length; i++) grid[row][begin + i] = line[margin + i];
    });
  }
  return grid;
}

/** What asciichart puts before the plot: a blank label and its axis. */
const margin = 2;

/** The stretches without gaps. */
function pieces(values: readonly (number | null)[]): { begin: number; piece: number[] }[] {
  const found: { begin: number; piece: number[] }[] = [];
  values.forEach((value, i) => {
    if (value === null) return;
    if (i > 0 && values[i - 1] !== null) found.at(-1)!.piece.push(value);
    else found.push({ begin: i, piece: [value] });
  });
  return found;
}
