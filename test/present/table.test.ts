import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { table as filledIn, type Layout } from '../../src/present/document/table.js';
import { printTable } from '../../src/present/terminal/table.js';
import { clean } from '../../src/present/terminal/text.js';
import { chooseTheme, type Theme } from '../../src/present/terminal/theme.js';
import { widthOf } from '../../src/present/terminal/width.js';
import { widest } from './screen.js';

type Row = readonly string[];

const theme = (width: number) => ({ ...chooseTheme({}, {}), width });

const table = (rows: readonly Row[], of: Layout<Row>, on: Theme) =>
  filledIn(rows, of).flatMap(block => printTable(block, on));

function layout(columns: number, perGroup = columns): Layout<Row> {
  const column = (i: number) => ({ head: `c${i}`, cell: (row: Row) => row[i + 1] ?? '' });
  const all = Array.from({ length: columns }, (_, i) => column(i));
  const groups = [];
  for (let i = 0; i < columns; i += perGroup) groups.push({ columns: all.slice(i, i + perGroup) });
  return { key: { head: 'name', cell: row => row[0] }, groups };
}

describe('table', () => {
  it('aligns figures to the right', () => {
    expect(
      table(
        [
          ['a', '1', '22'],
          ['bb', '333', '4'],
        ],
        layout(2),
        theme(80),
      ),
    ).toEqual(['name   c0  c1', '────  ───  ──', 'a       1  22', 'bb    333   4']);
  });

  it('puts titles over groups', () => {
    const { key, groups } = layout(3);
    const [one, two, three] = groups[0].columns;
    const titled = { key, groups: [{ title: 'pair', columns: [one, two] }, { columns: [three] }] };
    expect(table([['a', '1', '2', '3']], titled, theme(80)).slice(0, 2)).toEqual([
      '        pair',
      'name  c0  c1  c2',
    ]);
  });

  it('makes room for a long title', () => {
    const { key, groups } = layout(2);
    const lines = table(
      [['a', '1', '2']],
      { key, groups: [{ title: 'long title', ...groups[0] }] },
      theme(80),
    );
    expect(lines.slice(0, 2)).toEqual(['      long title', 'name    c0    c1']);
  });

  it('moves groups below rather than cut figures', () => {
    const rows = [['name', '1234567890', '1234567890', '1234567890', '1234567890']];
    const lines = table(rows, layout(4, 2), theme(40));
    expect(lines.filter(line => line.startsWith('name  1234567890  1234567890'))).toHaveLength(2);
  });

  it('shortens names before it moves a column', () => {
    const name = 'n'.repeat(60);
    const lines = table([[name, '1234567890', '1234567890']], layout(2), theme(42));
    expect(lines).toHaveLength(3);
    expect(lines[2]).toBe('nnnnnnnnn…nnnnnnnn  1234567890  1234567890');
  });

  it('shortens names at the heads of columns', () => {
    const columns = ['n'.repeat(60), 'm'.repeat(60)].map(head => ({ head, cell: () => 'yes' }));
    const lines = table(
      [['a']],
      { key: { head: '', cell: row => row[0] }, groups: [{ columns }] },
      theme(60),
    );
    expect(lines[0].trim()).toBe(`${'n'.repeat(12)}…${'n'.repeat(11)}  ${'m'.repeat(12)}…${'m'.repeat(11)}`);
  });

  it('keeps columns in line whatever the script of a name', () => {
    const names = [
      'proxy',
      '日本語',
      'שלום עולם',
      '👩\u200d👩\u200d👧 x',
      '\u{1fae9}',
      'می\u200cخواهم',
      'e\u0301',
      '한국어',
      'ไทย',
    ];
    const lines = table(
      names.map(name => [name, '1', '22']),
      layout(2),
      theme(80),
    );
    expect(new Set(lines.map(widthOf))).toEqual(new Set([widthOf(lines[0])]));
    lines.slice(2).forEach((line, i) => {
      expect(line.startsWith(clean(names[i]))).toBe(true);
      expect(line.endsWith('   1  22')).toBe(true);
    });
  });

  it('says nothing of no rows', () => {
    expect(table([], layout(2), theme(80))).toEqual([]);
  });

  it('never exceeds the width', () => {
    const cell = fc.string({ unit: 'grapheme-ascii', maxLength: 12 });
    const name = fc.oneof(fc.string({ maxLength: 80 }), fc.constantFrom('日本語'.repeat(20), '\u001b[1mx\n'));
    fc.assert(
      fc.property(
        fc.array(
          fc.tuple(name, fc.array(cell, { maxLength: 9 })).map(([n, cells]) => [n, ...cells]),
          { maxLength: 4 },
        ),
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 40, max: 120 }),
        (rows, perGroup, width) => {
          expect(widest(table(rows, layout(9, perGroup), theme(width)).join('\n'))).toBeLessThanOrEqual(
            width,
          );
        },
      ),
      { numRuns: 200 },
    );
  });
});
