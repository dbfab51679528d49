import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, heading, list, paragraph, remark } from '../../src/present/document/block.js';
import { table } from '../../src/present/document/table.js';
import { toMarkdown } from '../../src/present/export/markdown.js';
import { escaped } from '../../src/present/export/markdown-text.js';
import { report } from '../../src/present/sections/report.js';
import { clean } from '../../src/present/terminal/text.js';
import { bits, bytes, count, duration, percent, rate } from '../../src/readable.js';
import { everythingFailed, fixtures, fourTopologies, oddNames, topology } from './fixtures.js';

const all = Object.entries(fixtures);

/** The tables of a document, read back: cells by row, the line of dashes left out. */
function tablesIn(markdown: string): readonly (readonly (readonly string[])[])[] {
  return markdown
    .split('\n\n')
    .filter(part => part.startsWith('|'))
    .map(part => {
      const rows = part.trimEnd().split('\n').map(cellsOf);
      expect(rows[1].every(cell => /^(:---|---:)$/.test(cell))).toBe(true);
      for (const row of rows) expect(row).toHaveLength(rows[0].length);
      return rows.filter((_, i) => i !== 1);
    });
}

/** Split at the bars that are not escaped. */
function cellsOf(row: string): string[] {
  expect(row).toMatch(/^\|(?:(?:\\.|[^\\|])*\|)+$/su);
  return [...row.slice(1).matchAll(/((?:\\.|[^\\|])*)\|/gsu)].map(([, cell]) => cell.trim());
}

/** What a reader sees: emphasis off, escapes and entities resolved. */
function read(text: string): string {
  return text
    .replace(/^\*\*(.*)\*\*$/, '$1')
    .replace(/\\([\\`*_~[\]|$#+=.)-])/g, '$1')
    .replace(/&(amp|lt|gt|emsp);/g, (_, name) => ({ amp: '&', lt: '<', gt: '>', emsp: '' })[name as 'amp']!);
}

describe('a document', () => {
  it('has headings, paragraphs, lists, tables and fences, parted by empty lines', () => {
    const blocks: Block[] = [
      heading(1, 'name'),
      remark('facts'),
      heading(2, 'Part'),
      ...table(['a', 'b'], {
        key: { head: 'topology', cell: row => row, nested: row => row === 'b' },
        groups: [
          { title: 'one', columns: [{ head: 'x', cell: row => `${row}1` }] },
          { columns: [{ head: 'y', cell: () => '2', align: 'left', tone: () => 'bad' }] },
        ],
      }),
      paragraph(['It ', { text: 'fails ', tone: 'bad' }, 'at ', { text: '2 s', tone: 'warn' }, '.']),
      list(['one', ['two ', { text: 'three', tone: 'bold' }]]),
      { kind: 'preformatted', draw: width => [`${width}`, ['│', { text: '─', tone: { line: 1 } }]] },
    ];
    expect(toMarkdown(blocks)).toBe(`# name

facts

## Part

| topology | one x | y |
| :--- | ---: | :--- |
| **a** | a1 | **2** |
| &emsp;b | b1 | **2** |

It **fails** at 2 s.

- one
- two **three**

\`\`\`text
80
│─
\`\`\`
`);
  });

  it('begins no list and no rule where a text only looks like one', () => {
    for (const text of [
      '- a',
      '+ a',
      '1. a',
      '12) a',
      '---',
      '===',
      '# a',
      '> a',
      '* a',
      '| a |',
      '```',
      '~~~',
    ])
      expect(toMarkdown([paragraph(text)])).toMatch(/^(\\|&|\d+\\)/);
    expect(toMarkdown([list(['- a'])])).toBe('- \\- a\n');
  });

  it('fences with more backticks than there are inside', () => {
    const chart: Block = { kind: 'preformatted', draw: () => ['a ```` b'] };
    expect(toMarkdown([chart])).toBe('`````text\na ```` b\n`````\n');
  });

  it('hides nothing of a wide table: further columns stand in a table of their own', () => {
    const columns = Array.from({ length: 10 }, (_, i) => ({ head: `c${i}`, cell: () => `${i}` }));
    const groups = [{ columns: columns.slice(0, 5) }, { columns: columns.slice(5) }];
    const tables = tablesIn(toMarkdown(table(['a'], { key: { head: 'name', cell: row => row }, groups })));
    expect(tables.map(rows => rows[0])).toEqual([
      ['name', 'c0', 'c1', 'c2', 'c3', 'c4'],
      ['name', 'c5', 'c6', 'c7', 'c8', 'c9'],
    ]);
  });
});

describe('escaping', () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.constantFrom(...'\\|`*_~<>[]&#$!()-+1.\n \t', '<b>', '&amp;', '\u202e')).map(a => a.join('')),
  );

  it('loses nothing, and leaves nothing that markdown acts upon', () => {
    fc.assert(
      fc.property(text, written => {
        const safe = escaped(written);
        expect(safe).not.toMatch(/\n|[<>]/);
        expect(safe.replace(/\\[\\`*_~[\]|$#]/g, '')).not.toMatch(/[\\`*_~[\]|$#]/);
        expect(safe.replace(/&(amp|lt|gt);/g, '')).not.toContain('&');
        expect(read(safe)).toBe(clean(written).trim());
      }),
    );
  });

  it('keeps a cell a cell, whatever a name holds', () => {
    fc.assert(
      fc.property(text, text, (name, value) => {
        const blocks = table([0], {
          key: { head: 'a', cell: () => name },
          groups: [{ columns: [{ head: value, cell: () => value }] }],
        });
        const [[head, row]] = tablesIn(toMarkdown(blocks));
        expect(head.map(read)).toEqual(['a', clean(value).trim()]);
        expect(row.map(read)).toEqual([clean(name).trim(), clean(value).trim()]);
      }),
    );
  });
});

describe('a report in markdown', () => {
  it.each(all)('%s never shows what is not a figure, and no control characters', (_, fixture) => {
    const markdown = toMarkdown(report(fixture, { charts: true }));
    expect(markdown).not.toMatch(/NaN|\bnull\b|undefined|Infinity/);
    expect(markdown.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(markdown).toMatch(/^# .*[^\n]\n$/s);
    expect(markdown).not.toContain('\n\n\n');
  });

  it.each(all)('%s has the tables of the terminal', (_, fixture) => {
    const titles = report(fixture, { charts: true }).flatMap(block =>
      block.kind === 'heading' && block.level === 2 ? [`## ${escaped(block.text as string)}`] : [],
    );
    const markdown = toMarkdown(report(fixture, { charts: true }));
    expect(markdown.split('\n').filter(line => line.startsWith('## '))).toEqual(titles);
    expect(tablesIn(markdown).length).toBeGreaterThanOrEqual(
      report(fixture, { charts: true }).filter(block => block.kind === 'table').length,
    );
  });

  // The first table is that of the claims.
  it('has the figures of the result', () => {
    const [, uploads, times, resources] = tablesIn(toMarkdown(report(fourTopologies, { charts: true })));
    fourTopologies.topologies.forEach((t, i) => {
      expect(uploads[i + 1].map(read)).toEqual([
        t.name,
        ...[t.uploads.offered, t.uploads.succeeded, t.uploads.failed].map(count),
        ...[t.completion.p50, t.completion.p95, t.completion.p99, t.completion.max].map(duration),
      ]);
      expect(times[i + 1].map(read)).toEqual([
        t.name,
        ...[t.latency.mean, t.latency.p50, t.latency.p99].map(duration),
        ...[t.timeToToken?.mean, t.timeToToken?.p50, t.timeToToken?.p99].map(duration),
        duration(t.makespan),
        rate(t.goodput),
      ]);
    });
    const { memory, networkIn } = fourTopologies.topologies[0].server;
    const row = (name: string) => resources.map(cells => cells.map(read)).find(([first]) => first === name);
    expect(row('memory')).toEqual([
      'memory',
      ...[memory.capacity, memory.peak, memory.mean].map(bytes),
      percent(memory.utilization),
      '—',
      '—',
    ]);
    expect(row('network in')!.slice(1, 3)).toEqual([bits(networkIn.capacity), bits(networkIn.peak)]);
  });

  it('sets what is bad in bold', () => {
    const [, uploads] = tablesIn(toMarkdown(report(everythingFailed, { charts: true })));
    expect(uploads[1].slice(1, 5)).toEqual(['1,000', '0', '**998**', '2']);
  });

  it('has odd names as they are', () => {
    const [, uploads] = tablesIn(toMarkdown(report(oddNames, { charts: true })));
    expect(uploads.slice(1).map(([name]) => read(name))).toEqual(
      oddNames.topologies.map(({ name }) => clean(name)),
    );
    const hostile = 'a|b `c` <img src=x> **d** [e](f) $g$ \\';
    const named = { ...oddNames, topologies: [topology(hostile)] };
    const [, [, [cell]]] = tablesIn(toMarkdown(report(named, { charts: true })));
    expect(read(cell)).toBe(hostile);
    expect(cell).not.toContain('<img');
  });
});
