import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distance, nearest } from '../../src/scenario/nearest.js';
import { cut, escapeText, isPrintable } from '../../src/scenario/text.js';

describe('distance', () => {
  it.each<[string, string, number]>([
    ['', 'abc', 3],
    ['abc', 'abc', 0],
    ['acb', 'abc', 1],
    ['ab', 'abc', 1],
    ['axc', 'abc', 1],
    ['kitten', 'sitting', 3],
  ])('%s, %s', (a, b, expected) => expect(distance(a, b, 10)).toBe(expected));

  it('is symmetric, and cut off at the limit', () => {
    const word = fc.string({ maxLength: 12 });
    fc.assert(
      fc.property(word, word, fc.nat(12), (a, b, limit) => {
        const whole = distance(a, b, 100);
        expect(distance(b, a, 100)).toBe(whole);
        expect(distance(a, b, limit)).toBe(Math.min(whole, limit + 1));
      }),
    );
  });
});

describe('nearest', () => {
  const known = ['threads', 'backlog', 'baseMemory', 'memory', 'cpu', 'perRequest', '4g', '5g'];
  it.each<[string, string | undefined]>([
    ['thread', 'threads'],
    ['base_memory', 'baseMemory'],
    ['BASE-MEMORY', 'baseMemory'],
    ['mem', 'memory'],
    ['cup', 'cpu'],
    ['3g', undefined],
    ['4G', '4g'],
    ['xyzzy', undefined],
    ['', undefined],
    ['x'.repeat(100_000), undefined],
  ])('%s', (name, expected) => expect(nearest(name, known)).toBe(expected));
});

describe('text', () => {
  it('is printable once it is escaped, and escaped once', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), text => {
        const escaped = escapeText(text);
        expect(isPrintable(escaped)).toBe(true);
        expect(escapeText(escaped)).toBe(escaped);
        expect(escapeText(text) === text).toBe(isPrintable(text));
      }),
    );
  });

  it('is cut between characters', () => {
    expect(cut('abc', 3)).toBe('abc');
    expect(cut('abcd', 3)).toBe('ab…');
    expect(cut('👍👍👍👍', 3)).toBe('👍👍…');
  });
});
