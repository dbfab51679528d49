import type { Block } from '../../../src/present/document/block.js';
import { wordsOf } from '../../../src/present/document/text.js';
import { report } from '../../../src/present/sections/report.js';
import type { Result } from '../../../src/result.js';

/** Everything that stands in a cell of a table of a report. */
export function cellsOf(result: Result): ReadonlySet<string> {
  return new Set(
    report(result, { charts: false }).flatMap(block =>
      block.kind === 'table'
        ? [block.key, ...block.groups.flatMap(({ columns }) => columns)].flatMap(({ cells }) =>
            cells.map(({ text }) => text),
          )
        : [],
    ),
  );
}

/** The figures of a text with their units: "89.6 s", "1,000", "99.1%", "16 Mbps". */
export function figuresIn(text: string): readonly string[] {
  const figure =
    /(?<![\w.])[<>]?\$?\d[\d,]*(?:\.\d+)?(?:e[+-]?\d+)?(?:%|×| (?:µs|ms|s|min|h|d|B|KB|MB|GB|TB|PB|bps|Kbps|Mbps|Gbps|Tbps)(?:\/s)?(?!\w))?/g;
  return (text.match(figure) ?? []).map(found => found.replace(/,$/, ''));
}

/** The words under a heading, a line for each paragraph and item. */
export function wordsUnder(result: Result, title: string): readonly string[] {
  const blocks = report(result, { charts: false });
  const from = blocks.findIndex(block => block.kind === 'heading' && wordsOf(block.text) === title);
  if (from < 0) return [];
  const length = blocks.slice(from + 1).findIndex(block => block.kind === 'heading');
  return blocks.slice(from + 1, length < 0 ? undefined : from + 1 + length).flatMap(linesOf);
}

function linesOf(block: Block): readonly string[] {
  if (block.kind === 'list') return block.items.map(wordsOf);
  return block.kind === 'paragraph' ? [wordsOf(block.text)] : [];
}
