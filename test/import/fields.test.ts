import fc from 'fast-check';
import { expect, it } from 'vitest';
import { splitFields } from '../../src/import/fields.js';

it.each<[string, readonly string[]]>([
  ['a b  c', ['a', 'b', 'c']],
  ['  a\tb ', ['a', 'b']],
  ['[06/Feb/2019:00:00:38 +0000] "GET / HTTP/1.1" -', ['06/Feb/2019:00:00:38 +0000', 'GET / HTTP/1.1', '-']],
  ['"a \\"quoted\\" agent" 7', ['a \\"quoted\\" agent', '7']],
  ['"raw:"quotes",agent" 7', ['raw:"quotes",agent', '7']],
  ['"ends with a backslash \\\\" 7', ['ends with a backslash \\\\', '7']],
  ['"" "-"', ['', '-']],
  ['urt="0.1, 0.2" rt=0.3', ['urt="0.1, 0.2"', 'rt=0.3']],
  ['[] [a-b-80] [', ['', 'a-b-80', '[']],
  ['[::1]:8080 [a', ['[::1]:8080', '[a']],
])('%s', (line, texts) => {
  const fields = splitFields(line);
  expect(fields.texts).toEqual(texts);
  expect(fields.open).toBe(false);
});

it('says when the line ends within quotes', () => {
  expect(splitFields('200 "GET /a')).toEqual({ texts: ['200', 'GET /a'], marks: ['', '"'], open: true });
});

it('gives back what was put between spaces, quotes and brackets', () => {
  const bare = fc.stringMatching(/^[a-z0-9./:-]{1,8}$/);
  const inner = fc.stringMatching(/^[a-z0-9 ./:[{-]{0,12}$/);
  const field = fc.oneof(
    bare.map(text => ({ text, written: text })),
    inner.map(text => ({ text, written: `"${text}"` })),
    inner.map(text => ({ text, written: `[${text}]` })),
  );
  fc.assert(
    fc.property(fc.array(field), list => {
      expect(splitFields(list.map(({ written }) => written).join(' ')).texts).toEqual(
        list.map(({ text }) => text),
      );
    }),
  );
});
