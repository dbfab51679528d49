import type { Tone } from './text.js';

/** One column of figures. */
export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
  /** Right, unless it says otherwise; of the first column left. */
  readonly align?: 'left' | 'right';
  readonly tone?: (row: Row) => Tone | undefined;
  /** Draws its cells as wide as there is room, where there are characters of one width; elsewhere it is left out. */
  readonly drawn?: Drawing<Row>;
}

export interface Drawing<Row> {
  /** Columns that it needs. */
  readonly least: number;
  readonly head: (width: number) => string;
  readonly cell: (row: Row, width: number) => string;
}

/** Columns that belong together under one title, and are kept together as long as the width allows. */
export interface Group<Row> {
  readonly title?: string;
  readonly columns: readonly Column<Row>[];
}

/** What each row is called. */
export interface Key<Row> extends Column<Row> {
  /** Where there is such a question, rows that answer yes stand indented under the one that does not, in bold. */
  readonly nested?: (row: Row) => boolean;
  /** The names are sentences: columns rather move below than have them cut. */
  readonly whole?: boolean;
}

/** What each row is called, and what is said of it. */
export interface Layout<Row> {
  readonly key: Key<Row>;
  readonly groups: readonly Group<Row>[];
}

/** A table that is filled in. Every column has a cell for each row. */
export interface Table {
  readonly kind: 'table';
  readonly key: FilledColumn;
  /** For each row whether it stands under another. */
  readonly nested: readonly boolean[];
  /** Columns rather move below than have the names cut. */
  readonly whole: boolean;
  readonly groups: readonly FilledGroup[];
}

export interface FilledGroup {
  readonly title: string;
  readonly columns: readonly FilledColumn[];
}

export interface FilledColumn {
  readonly head: string;
  readonly align: 'left' | 'right';
  readonly cells: readonly Cell[];
  /** Rows by their number. */
  readonly drawn?: Drawing<number>;
}

export interface Cell {
  readonly text: string;
  readonly tone: Tone | undefined;
}

/** The table of these rows; no block at all where there are none. */
export function table<Row>(rows: readonly Row[], { key, groups }: Layout<Row>): readonly Table[] {
  if (rows.length === 0) return [];
  const { nested } = key;
  const headed: Column<Row> =
    nested === undefined ? key : { ...key, tone: row => (nested(row) ? undefined : 'bold') };
  return [
    {
      kind: 'table',
      key: filled(headed, rows, 'left'),
      nested: rows.map(row => nested?.(row) ?? false),
      whole: key.whole ?? false,
      groups: groups.map(({ title = '', columns }) => ({
        title,
        columns: columns.map(column => filled(column, rows, 'right')),
      })),
    },
  ];
}

function filled<Row>(column: Column<Row>, rows: readonly Row[], otherwise: 'left' | 'right'): FilledColumn {
  const { head, align = otherwise, drawn } = column;
  return {
    head,
    align,
    cells: rows.map(row => ({ text: column.cell(row), tone: column.tone?.(row) })),
    ...(drawn && { drawn: { ...drawn, cell: (row, width) => drawn.cell(rows[row]!, width) } }),
  };
}
