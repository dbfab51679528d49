import type { Block } from '../document/block.js';
import { spansOf, wordsOf } from '../document/text.js';
import { filled, painted } from './styled.js';
import { printTable } from './table.js';
import type { Theme } from './theme.js';

/** Blocks as text for a terminal or a pipe, at most `theme.width` columns wide, with a newline at its end. */
export function print(blocks: readonly Block[], theme: Theme): string {
  const lines = blocks.flatMap((block, i) => [
    ...(i > 0 && standsApart(block, blocks[i - 1]) ? [''] : []),
    ...linesOf(block, theme),
  ]);
  return `${lines.join('\n')}\n`;
}

/** Whether an empty line parts a block from the one before. */
function standsApart(block: Block, before: Block): boolean {
  switch (block.kind) {
    case 'remark':
      return false;
    case 'list':
      return before.kind !== 'paragraph' && before.kind !== 'remark';
    case 'preformatted':
      return before.kind !== 'heading' || before.level < 3;
    default:
      return true;
  }
}

function linesOf(block: Block, theme: Theme): readonly string[] {
  switch (block.kind) {
    case 'heading':
      return filled({ text: wordsOf(block.text), tone: 'bold' }, theme);
    case 'paragraph':
    case 'remark':
      return filled(block.text, theme);
    case 'list':
      return block.items.flatMap(item => filled(['- ', ...spansOf(item)], theme, '  '));
    case 'table':
      return printTable(block, theme);
    case 'preformatted':
      return block.draw(theme.width).map(line => painted(line, theme));
  }
}
