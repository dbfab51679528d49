import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Block, heading, list, paragraph, remark } from '../../src/present/document/block.js';
import { table } from '../../src/present/document/table.js';
import type { Span, Tone } from '../../src/present/document/text.js';
import { print } from '../../src/present/terminal/print.js';
import { chooseTheme, type Theme } from '../../src/present/terminal/theme.js';

const plain = (width = 40): Theme => ({ ...chooseTheme({}, {}), width });

/** A theme that shows what it paints. */
const marked = (width = 40): Theme => ({
  ...plain(width),
  paint: (text, tone) => (tone === undefined ? text : `<${nameOf(tone)}:${text}>`),
});

const nameOf = (tone: Tone) => (typeof tone === 'string' ? tone : `line ${tone.line}`);

const rows = [
  { name: 'proxy', reason: null, n: '3' },
  { name: 'proxy', reason: 'refused', n: '2' },
];
const figures = table(rows, {
  key: { head: 'topology', cell: row => row.reason ?? row.name, nested: row => row.reason !== null },
  groups: [{ columns: [{ head: 'n', cell: row => row.n, tone: () => 'warn' }] }],
});

describe('print', () => {
  it('parts blocks by empty lines, but for what belongs to the one above', () => {
    const chart: Block = { kind: 'preformatted', draw: width => [`│ ${width}`, ['──', { text: '─' }]] };
    const blocks: Block[] = [
      heading(1, 'name'),
      remark('facts'),
      heading(2, 'Part'),
      ...figures,
      remark('small print'),
      paragraph('It says:'),
      list(['one', 'two']),
      heading(3, 'A chart'),
      chart,
      chart,
    ];
    expect(print(blocks, plain())).toBe(
      `name
facts

Part

topology   n
─────────  ─
proxy      3
  refused  2
small print

It says:
- one
- two

A chart
│ 40
───

│ 40
───
`,
    );
  });

  it('fills lists with a hanging indent', () => {
    const text = print([heading(2, 'Why'), list(['one two three four', 'five'])], plain(12));
    expect(text).toBe('Why\n\n- one two\n  three four\n- five\n');
  });

  it('paints spans wherever lines break', () => {
    const text = [
      'valet-key ',
      { text: 'survives the burst', tone: 'good' },
      ', so ',
      { text: 'do', tone: { line: 1 } },
    ] as const;
    expect(print([paragraph(text)], marked(18))).toBe(
      'valet-key <good:survives>\n<good:the burst>, so <line 1:do>\n',
    );
  });

  it('paints headings, small print and cells', () => {
    const theme = chooseTheme({}, { FORCE_COLOR: '1' });
    const text = print([heading(2, ['a ', { text: 'b' }]), ...figures, remark('small')], theme);
    const [title, , , , first, second, small] = text.split('\n');
    expect(title).toBe('\u001b[1ma b\u001b[22m');
    expect(first).toBe('\u001b[1mproxy\u001b[22m      \u001b[33m3\u001b[39m');
    expect(second).toBe('  refused  \u001b[33m2\u001b[39m');
    expect(small).toBe('\u001b[2msmall\u001b[22m');
  });

  it('has the same words with tones as without, whatever they are', () => {
    const tone = fc.constantFrom<Tone | undefined>(undefined, 'bold', 'bad', { line: 2 });
    const piece = fc.record<Span>({ text: fc.string({ unit: 'binary' }), tone });
    const bare = (text: string) => text.replace(/<(?:bold|bad|line 2):/g, '').replaceAll('>', '');
    fc.assert(
      fc.property(fc.array(piece), fc.integer({ min: 10, max: 60 }), (spans, width) => {
        const blocks = [paragraph(spans.map(span => ({ ...span, text: span.text.replaceAll(/[<>]/g, '') })))];
        expect(bare(print(blocks, marked(width)))).toBe(print(blocks, plain(width)));
      }),
    );
  });

  it('makes names safe, of columns too', () => {
    const evil = 'a\u001b[2Jb\nc';
    const named = table([1], {
      key: { head: evil, cell: () => evil },
      groups: [{ title: evil, columns: [{ head: evil, cell: () => evil }] }],
    });
    const text = print([heading(1, evil), paragraph(evil), list([evil]), remark(evil), ...named], plain());
    expect(text.replaceAll('\n', '')).not.toMatch(/\p{Cc}/u);
    expect(text.match(/a␛\[2Jb␊c/g)).toHaveLength(9);
  });
});
