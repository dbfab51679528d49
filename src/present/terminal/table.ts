import CliTable from 'cli-table3';
import { clean, clip, widthOf } from './text.js';
import type { Paint, Theme } from './theme.js';

/** One column of figures. */
export interface Column<Row> {
  readonly head: string;
  readonly cell: (row: Row) => string;
  readonly align?: 'left' | 'right';
  readonly paint?: (row: Row, theme: Theme) => Paint | undefined;
}

/** Columns that belong together under one title, and are kept together as long as the width allows. */
export interface Group<Row> {
  readonly title?: string;
  readonly columns: readonly Column<Row>[];
}

/** What each row is called, and what is said of it. */
export interface Layout<Row> {
  readonly key: Column<Row>;
  readonly groups: readonly Group<Row>[];
}

interface Sized<Row> {
  readonly column: Column<Row>;
  readonly title: string;
  readonly cells: readonly string[];
  readonly width: number;
}

const gap = 2;
const shortestKey = 16;

/**
 * A plain table, never wider than the theme. Where the columns do not fit beside each other, names give way
 * first; then groups move below as further blocks, each with the rows' names again. Numbers are never cut.
 */
export function table<Row>(rows: readonly Row[], layout: Layout<Row>, theme: Theme): string[] {
  if (rows.length === 0) return [];
  const groups = layout.groups.map(group => sizedGroup(group, rows, theme.width - shortestKey - gap));
  const { key, blocks } = arrange(rows, layout.key, groups, theme.width);
  return blocks.flatMap((block, i) => [...(i === 0 ? [] : ['']), ...render(rows, [key, ...block], theme)]);
}

/** The widest names among the arrangements with the fewest blocks. */
function arrange<Row>(
  rows: readonly Row[],
  keyColumn: Column<Row>,
  groups: readonly (readonly Sized<Row>[])[],
  width: number,
): { readonly key: Sized<Row>; readonly blocks: readonly (readonly Sized<Row>[])[] } {
  const third = Math.floor(width / 3);
  const limits = [Math.max(third, width - span(groups.flat())), third, Math.floor(width / 4), shortestKey];
  const arrangements = limits.map(limit => {
    const key = sized(keyColumn, '', rows, Math.max(limit, shortestKey));
    return { key, blocks: pack(groups, width - key.width) };
  });
  return arrangements.reduce((best, other) => (other.blocks.length < best.blocks.length ? other : best));
}

function sized<Row>(column: Column<Row>, title: string, rows: readonly Row[], limit: number): Sized<Row> {
  const cells = rows.map(row => clip(clean(column.cell(row)), limit));
  const width = Math.max(widthOf(column.head), ...[''].concat(cells).map(widthOf));
  return { column, title, cells, width: Math.min(width, limit) };
}

/** Columns at least as wide together as their title. */
function sizedGroup<Row>(group: Group<Row>, rows: readonly Row[], limit: number): readonly Sized<Row>[] {
  const { title = '', columns } = group;
  const own = columns.map(column => sized(column, title, rows, limit));
  const lacking = Math.max(0, widthOf(title) - (span(own) - gap));
  const more = Math.ceil(lacking / columns.length);
  return own.map(column => ({ ...column, width: Math.min(column.width + more, limit) }));
}

/** Columns that these take beside the names. */
function span<Row>(columns: readonly Sized<Row>[]): number {
  return columns.reduce((sum, c) => sum + gap + c.width, 0);
}

/** Fills blocks with whole groups; a group that is too wide for a block of its own is broken between columns. */
function pack<Row>(groups: readonly (readonly Sized<Row>[])[], room: number): Sized<Row>[][] {
  const blocks: Sized<Row>[][] = [];
  let block: Sized<Row>[] = [];
  const close = () => {
    if (block.length > 0) blocks.push(block);
    block = [];
  };
  for (const group of groups) {
    if (span(block) + span(group) > room) close();
    for (const column of group) {
      if (span(block) + span([column]) > room) close();
      block.push(column);
    }
  }
  close();
  return blocks;
}

function render<Row>(rows: readonly Row[], columns: readonly Sized<Row>[], theme: Theme): string[] {
  const grid = new CliTable({
    chars: bare,
    // One space of padding and one between columns make the gap of two.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    colWidths: columns.map(c => c.width + 1),
    colAligns: columns.map(alignment),
  });
  const titles = titleCells(columns, theme);
  if (titles.length > 0) grid.push(titles);
  grid.push(columns.map(c => theme.bold(clip(c.column.head, c.width))));
  grid.push(columns.map(c => theme.dim('─'.repeat(c.width))));
  rows.forEach((row, i) => {
    grid.push(columns.map(c => (c.column.paint?.(row, theme) ?? plain)(c.cells[i])));
  });
  return grid
    .toString()
    .split('\n')
    .map(line => line.trimEnd());
}

/** A title over the columns of each group, where there are titles. */
function titleCells<Row>(columns: readonly Sized<Row>[], theme: Theme): CliTable.CellOptions[] {
  if (columns.every(c => c.title === '')) return [];
  const cells: CliTable.CellOptions[] = [];
  for (let i = 0; i < columns.length; ) {
    let end = i + 1;
    while (end < columns.length && columns[end].title === columns[i].title && i > 0) end++;
    const room = span(columns.slice(i, end)) - gap;
    cells.push({
      content: theme.dim(clip(columns[i].title, room)),
      colSpan: end - i,
      hAlign: alignment(columns[i], i) === 'left' ? 'left' : 'right',
    });
    i = end;
  }
  return cells;
}

function alignment<Row>(sizedColumn: Sized<Row>, index: number): 'left' | 'right' {
  return sizedColumn.column.align ?? (index === 0 ? 'left' : 'right');
}

const plain: Paint = text => text;

const bare: Record<CliTable.CharName, string> = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  mid: '',
  'mid-mid': '',
  right: '',
  'right-mid': '',
  middle: ' ',
};
