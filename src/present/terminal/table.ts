import CliTable from 'cli-table3';
import type { FilledColumn, FilledGroup, Table } from '../document/table.js';
import { StandIns } from './stand-ins.js';
import { clean } from './text.js';
import type { Theme } from './theme.js';
import { clip, widthOf } from './width.js';

/** A column as it will be printed: texts cleaned and clipped to its width. */
interface Sized {
  readonly column: FilledColumn;
  readonly title: string;
  readonly head: string;
  readonly cells: readonly string[];
  readonly width: number;
}

const gap = 2;
const shortestKey = 16;
const longestHead = 24;
const indent = '  ';

/**
 * A plain table, never wider than the theme. Where the columns do not fit beside each other, names give way
 * first; then groups move below as further blocks, each with the rows' names again. Numbers are never cut.
 */
export function printTable(table: Table, theme: Theme): string[] {
  const groups = table.groups.map(group => sizedGroup(group, theme.width - shortestKey - gap));
  const { key, blocks } = arrange(table, groups, theme.width);
  return blocks.flatMap((block, i) => [
    ...(i === 0 ? [] : ['']),
    ...render([key, ...drawnWide(block, theme.width - key.width)], theme),
  ]);
}

/** Beyond this a drawing says no more. */
const widestDrawing = 81;

/** Drawings share what the figures leave. */
function drawnWide(columns: readonly Sized[], room: number): readonly Sized[] {
  const drawings = columns.filter(({ column }) => column.drawn !== undefined).length;
  if (drawings === 0) return columns;
  const more = Math.max(0, Math.floor((room - span(columns)) / drawings));
  return columns.map(sized => {
    const { drawn, cells } = sized.column;
    if (drawn === undefined) return sized;
    const width = Math.max(sized.width, Math.min(sized.width + more, widestDrawing));
    return { ...sized, width, head: drawn.head(width), cells: cells.map((_, row) => drawn.cell(row, width)) };
  });
}

/** The widest names among the arrangements with the fewest blocks. */
function arrange(
  { key: keyColumn, nested, whole }: Table,
  groups: readonly (readonly Sized[])[],
  width: number,
): { readonly key: Sized; readonly blocks: readonly (readonly Sized[])[] } {
  const third = Math.floor(width / 3);
  const widest = Math.max(0, ...groups.flat().map(column => gap + column.width));
  const limits = whole
    ? [Math.max(third, width - widest)]
    : [Math.max(third, width - span(groups.flat())), third, Math.floor(width / 4), shortestKey];
  const arrangements = limits.map(limit => {
    const key = sized(keyColumn, '', Math.max(limit, shortestKey), nested);
    return { key, blocks: pack(groups, width - key.width) };
  });
  return arrangements.reduce((best, other) => (other.blocks.length < best.blocks.length ? other : best));
}

function sized(column: FilledColumn, title: string, limit: number, nested: readonly boolean[] = []): Sized {
  const cells = column.cells.map(({ text }, row) => {
    const inset = nested[row] ? indent : '';
    return inset + clip(clean(text), limit - inset.length);
  });
  const widest = Math.max(0, ...cells.map(widthOf));
  // A name at the head of a column does not make room for itself beyond this.
  const head = clip(clean(column.head), Math.min(limit, Math.max(widest, longestHead)));
  return { column, title, head, cells, width: Math.max(widest, widthOf(head), column.drawn?.least ?? 0) };
}

/** Columns at least as wide together as their title. */
function sizedGroup({ title: asWritten, columns }: FilledGroup, limit: number): readonly Sized[] {
  const title = clean(asWritten);
  const own = columns.map(column => sized(column, title, limit));
  const lacking = Math.max(0, widthOf(title) - (span(own) - gap));
  const more = Math.ceil(lacking / columns.length);
  return own.map(column => ({ ...column, width: Math.min(column.width + more, limit) }));
}

/** Columns that these take beside the names. */
function span(columns: readonly Sized[]): number {
  return columns.reduce((sum, c) => sum + gap + c.width, 0);
}

/** Fills blocks with whole groups; a group that is too wide for a block of its own is broken between columns. */
function pack(groups: readonly (readonly Sized[])[], room: number): Sized[][] {
  const blocks: Sized[][] = [];
  let block: Sized[] = [];
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

function render(columns: readonly Sized[], theme: Theme): string[] {
  const standIns = new StandIns();
  const paint: Theme['paint'] = (text, tone) => theme.paint(standIns.for(text), tone);
  const grid = new CliTable({
    chars: bare,
    // One space of padding and one between columns make the gap of two.
    style: { head: [], border: [], 'padding-left': 0, 'padding-right': 1 },
    colWidths: columns.map(c => c.width + 1),
    colAligns: columns.map(c => c.column.align),
  });
  const titles = titleCells(columns, paint);
  if (titles.length > 0) grid.push(titles);
  grid.push(columns.map(c => paint(c.head, 'bold')));
  grid.push(columns.map(c => paint('─'.repeat(c.width), 'dim')));
  columns[0].cells.forEach((_, row) => {
    grid.push(columns.map(({ column, cells }) => paint(cells[row], column.cells[row].tone)));
  });
  return standIns
    .replace(grid.toString())
    .split('\n')
    .map(line => line.trimEnd());
}

/** A title over the columns of each group, where there are titles. */
function titleCells(columns: readonly Sized[], paint: Theme['paint']): CliTable.CellOptions[] {
  if (columns.every(c => c.title === '')) return [];
  const cells: CliTable.CellOptions[] = [];
  for (let i = 0; i < columns.length; ) {
    let end = i + 1;
    while (end < columns.length && columns[end].title === columns[i].title && i > 0) end++;
    const room = span(columns.slice(i, end)) - gap;
    cells.push({
      content: paint(clip(columns[i].title, room), 'dim'),
      colSpan: end - i,
      hAlign: columns[i].column.align,
    });
    i = end;
  }
  return cells;
}

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
