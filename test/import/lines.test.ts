import fc from 'fast-check';
import { expect, it } from 'vitest';
import { longestLine, Splitter } from '../../src/import/lines.js';

it('however the bytes arrive, the lines are the same', () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom('a', 'b', '\n', '\r') }),
      fc.array(fc.nat(20)),
      (text, cuts) => {
        const splitter = new Splitter();
        const bytes = Buffer.from(text);
        const lines: (string | null)[] = [];
        let from = 0;
        for (const cut of cuts) {
          lines.push(...splitter.push(bytes.subarray(from, from + cut)));
          from += cut;
        }
        lines.push(...splitter.push(bytes.subarray(from)), ...splitter.end());
        const whole = text.split('\n').map(line => line.replace(/\r$/, ''));
        // The end of the last line begins no other; what stands behind it does, were it but a CR.
        if (text.endsWith('\n') || text === '') whole.pop();
        expect(lines).toEqual(whole);
      },
    ),
  );
});

it('a line that is too long is one line, and the next is whole', () => {
  const splitter = new Splitter();
  const part = Buffer.alloc(longestLine / 2 + 1, 'x');
  expect(splitter.push(part)).toEqual([]);
  expect(splitter.push(part)).toEqual([]);
  expect(splitter.push(Buffer.from('yy\nnext\n'))).toEqual([null, 'next']);
  expect(splitter.end()).toEqual([]);
});
