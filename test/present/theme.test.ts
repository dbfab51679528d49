import { describe, expect, it } from 'vitest';
import { chooseTheme } from '../../src/present/terminal/theme.js';

const terminal = { isTTY: true, columns: 132 };
const pipe = {};

describe('theme', () => {
  it.each<[string, object, Record<string, string>, boolean, boolean]>([
    ['a terminal', terminal, {}, true, true],
    ['a pipe', pipe, {}, true, false],
    ['--no-color', terminal, { FORCE_COLOR: '1' }, false, false],
    ['NO_COLOR', terminal, { NO_COLOR: '1' }, true, false],
    ['an empty NO_COLOR, which means nothing', terminal, { NO_COLOR: '' }, true, true],
    ['NO_COLOR against FORCE_COLOR', terminal, { NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    ['FORCE_COLOR in a pipe', pipe, { FORCE_COLOR: '1' }, true, true],
    ['FORCE_COLOR=0', terminal, { FORCE_COLOR: '0' }, true, false],
    ['FORCE_COLOR=false', terminal, { FORCE_COLOR: 'false' }, true, false],
    ['an empty FORCE_COLOR, which means nothing', pipe, { FORCE_COLOR: '' }, true, false],
    ['TERM=dumb', terminal, { TERM: 'dumb' }, true, false],
    ['FORCE_COLOR against TERM=dumb', terminal, { TERM: 'dumb', FORCE_COLOR: '1' }, true, true],
  ])('decides colour for %s', (_, surface, env, color, expected) => {
    const theme = chooseTheme(surface, env, color);
    expect(theme.colour).toBe(expected);
    for (const tone of ['bold', 'dim', 'good', 'bad', 'warn', { line: 0 }, { line: 7 }] as const)
      expect(theme.paint('x', tone) === 'x').toBe(!expected);
    expect(theme.paint('x', undefined)).toBe('x');
  });

  it('is as wide as the terminal, and 100 columns in a pipe', () => {
    expect(chooseTheme(terminal, {}).width).toBe(132);
    expect(chooseTheme({ isTTY: true, columns: 220 }, {}).width).toBe(220);
    expect(chooseTheme({ columns: 220 }, {}).width).toBe(100);
    expect(chooseTheme({ isTTY: true, columns: 0 }, {}).width).toBe(100);
  });
});
