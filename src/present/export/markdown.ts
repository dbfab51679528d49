import type { Block } from '../document/block.js';
import type { FilledColumn, FilledGroup, Table } from '../document/table.js';
import { type Span, spansOf, type Text, wordsOf } from '../document/text.js';
import { clean } from '../terminal/text.js';
import { escaped, unmarked } from './markdown-text.js';

/** Columns of a chart: what a pull request shows without a scroll bar. */
const chartWidth = 80;

/** More columns of figures than this, and a pull request hides the last. */
const mostFigures = 8;

/** Blocks as GitHub-flavoured markdown, with a newline at its end. */
export function toMarkdown(blocks: readonly Block[]): string {
  return blocks.flatMap(partsOf).join('\n\n').concat('\n');
}

function partsOf(block: Block): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return [`${'#'.repeat(block.level)} ${escaped(wordsOf(block.text))}`];
    case 'paragraph':
    case 'remark':
      return [unmarked(inline(block.text))];
    case 'list':
      return [block.items.map(item => `- ${unmarked(inline(item))}`).join('\n')];
    case 'table':
      return tablesOf(block);
    case 'preformatted':
      return [fenced(block.draw(chartWidth).map(wordsOf))];
  }
}

function inline(text: Text): string {
  return spansOf(text).map(marked).join('');
}

/** Of the tones, markdown has one. Spaces beside the marks would make them plain asterisks. */
function marked({ text, tone }: Span): string {
  const [, before, words, after] = /^(\s*)(.*?)(\s*)$/s.exec(clean(text))!;
  const strong = words !== '' && (tone === 'bold' || tone === 'bad');
  return `${before}${strong ? `**${escaped(words)}**` : escaped(words)}${after}`;
}

/** A fence that nothing inside can close. */
function fenced(lines: readonly string[]): string {
  const longest = Math.max(2, ...lines.flatMap(line => (line.match(/`+/g) ?? []).map(run => run.length)));
  const fence = '`'.repeat(longest + 1);
  return [`${fence}text`, ...lines, fence].join('\n');
}

/** Groups stay together; where there are too many columns, the rest follows in further tables. */
function tablesOf({ key, nested, groups }: Table): readonly string[] {
  return packed(groups).map(columns =>
    [
      row([key, ...columns].map(({ head }) => escaped(head))),
      row([key, ...columns].map(({ align }) => (align === 'left' ? ':---' : '---:'))),
      ...key.cells.map((name, i) =>
        row([(nested[i] ? '&emsp;' : '') + marked(name), ...columns.map(({ cells }) => marked(cells[i]))]),
      ),
    ].join('\n'),
  );
}

/** A title has no place of its own: it stands before the heads of its columns. */
function packed(groups: readonly FilledGroup[]): readonly (readonly FilledColumn[])[] {
  const tables: FilledColumn[][] = [];
  for (const { title, columns } of groups) {
    const last = tables.at(-1);
    const written = columns.filter(({ drawn }) => drawn === undefined);
    const headed = written.map(column => ({
      ...column,
      head: title === '' ? column.head : `${title} ${column.head}`,
    }));
    if (last !== undefined && last.length + headed.length <= mostFigures) last.push(...headed);
    else tables.push(headed);
  }
  return tables;
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(' | ')} |`;
}
