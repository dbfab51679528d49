import { describe, expect, it } from 'vitest';
import { type Curve, type Level, plot, sampleOf, styles } from '../../../src/present/chart/plot.js';

const curve = (values: Curve['values'], style = 0): Curve => ({ values, style, tone: { line: style } });

function drawn(
  curves: readonly Curve[],
  levels: readonly Level[] = [],
  top = 2,
  rows = 2,
): readonly string[] {
  const columns = curves[0].values.length;
  return plot(curves, levels, { top, rows, columns }).map(row => row.map(({ text }) => text).join(''));
}

describe('plot', () => {
  it('draws a line', () => {
    expect(drawn([curve([0, 0, 2, 2, 1, 1])])).toEqual([
      '  ╭─╮ ', //
      '  │ ╰─',
      '──╯   ',
    ]);
  });

  it('begins at the first value and ends at the last', () => {
    expect(drawn([curve([2, 2, 2])])).toEqual(['───', '   ', '   ']);
    expect(drawn([curve([0])])).toEqual([' ', ' ', '─']);
  });

  it('leaves gaps, which are not zero', () => {
    expect(drawn([curve([null, 1, 1, null, 2, null])])).toEqual(['    ─ ', ' ──   ', '      ']);
    expect(drawn([curve([null, null])])).toEqual(['  ', '  ', '  ']);
  });

  it('has four kinds of lines, of which no two share a character', () => {
    const values = [0, 0, 2, 2, 1, 1, 0, 2, 1];
    const sets = [0, 1, 2, 3].map(
      style =>
        new Set(
          drawn([curve(values, style)])
            .join('')
            .replaceAll(' ', ''),
        ),
    );
    for (const [i, one] of sets.entries())
      for (const other of sets.slice(i + 1)) expect([...one].filter(c => other.has(c))).toEqual([]);
    expect(sampleOf(4)).toBe(sampleOf(0));
    expect(styles.map((_, i) => sampleOf(i))).toEqual(['───', '━━━', '═══', '···']);
  });

  it('lays lines over each other, each where it is alone', () => {
    expect(drawn([curve([0, 0, 0, 0]), curve([2, 2, 2, 2], 1)])).toEqual(['━━━━', '    ', '────']);
  });

  it('lets lines take turns where they share a place', () => {
    const values = Array.from({ length: 12 }, () => 0);
    expect(drawn([curve(values), curve(values, 1), curve(values, 2)])[2]).toBe('──━━━━════──');
  });

  it('draws levels beneath', () => {
    expect(drawn([curve([1, 1, 2, 2])], [{ value: 1, tone: 'dim' }])).toEqual(['  ╭─', '──╯╌', '    ']);
    expect(drawn([curve([1, 1])], [{ value: 9, tone: 'dim' }])).toEqual(['  ', '──', '  ']);
  });

  it('keeps the tones of what is drawn', () => {
    const [top, , bottom] = plot([curve([0, 0], 3)], [{ value: 2, tone: 'dim' }], {
      top: 2,
      rows: 2,
      columns: 2,
    });
    expect(top[0]).toEqual({ text: '╌', tone: 'dim' });
    expect(bottom[1]).toEqual({ text: '·', tone: { line: 3 } });
  });
});
