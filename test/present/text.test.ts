import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StandIns } from '../../src/present/terminal/stand-ins.js';
import { clean, cleanLines } from '../../src/present/terminal/text.js';
import { clip, widthOf, wrap } from '../../src/present/terminal/width.js';

const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc
    .array(
      fc.constantFrom('\u001b[31m', '\u009b2J', '日本', 'e\u0301', '\u202e', '👩‍👩‍👧', ' ', 'word', '\n'),
      {},
    )
    .map(a => a.join('')),
);

describe('clean', () => {
  it('turns control characters into pictures of themselves', () => {
    expect(clean('a\u001b[31mb\tc\nd\u0007\u007f\u009b')).toBe('a␛[31mb␉c␊d␇␡\ufffd');
  });

  it('removes what is invisible or turns the direction of text around', () => {
    expect(clean('a\u202eb\u2066c\u200bd\u00ade\ufeff')).toBe('abcde');
  });

  it('leaves ordinary text of any script alone', () => {
    for (const text of ['proxy-buffered', '日本語', 'שלום', 'GET /feed?a=1&b=ü', 'ไทย', '🚀'])
      expect(clean(text)).toBe(text);
  });

  it('keeps the joiners that words and emoji are spelt with, and no others', () => {
    for (const text of ['می\u200cخواهم', 'ක්\u200dරි', '👩\u200d👩\u200d👧', '👩🏽\u200d💻'])
      expect(clean(text)).toBe(text);
    expect(clean('val\u200det\u200c-key\u200d')).toBe('valet-key');
    expect(clean('\u200dא\u200d\u200cב\u200d')).toBe('אב');
  });

  it('never lets through anything that a terminal acts upon', () => {
    fc.assert(
      fc.property(anyText, text => {
        expect(clean(text)).not.toMatch(/\p{Cc}|(?![\u200c\u200d])\p{Cf}|\p{Cs}|\p{Zl}|\p{Zp}/u);
        expect(clean(text)).not.toMatch(/^[\u200c\u200d]|[\u200c\u200d]{2}|[\u200c\u200d]$/);
        expect(clean(clean(text))).toBe(clean(text));
      }),
    );
  });

  it('keeps the lines of a message and their layout', () => {
    expect(cleanLines('a:1:2: x\n\tb\u001b[2J\n  ^')).toBe('a:1:2: x\n\tb␛[2J\n  ^');
  });
});

describe('widths', () => {
  it('counts the columns of a terminal', () => {
    expect(widthOf('abc')).toBe(3);
    expect(widthOf('日本語')).toBe(6);
    expect(widthOf('—…×µ')).toBe(4);
    expect(widthOf('e\u0301')).toBe(1);
    expect(widthOf('🚀')).toBe(2);
    expect(widthOf('👩\u200d👩\u200d👧')).toBe(2);
    expect(widthOf('\u{1fae9}\u{1fac8}')).toBe(4);
    expect(widthOf('שלום')).toBe(4);
    expect(widthOf('می\u200cخواهم')).toBe(7);
  });

  it('stands in for characters with as many as they are wide, and puts them back', () => {
    const standIns = new StandIns();
    const names = ['proxy', '日本', '👩\u200d👩\u200d👧!', 'e\u0301\u0323x', '日本'];
    const texts = names.map(name => standIns.for(name));
    expect(texts.map(text => [...text].length)).toEqual([5, 4, 3, 2, 4]);
    expect(texts.map(text => standIns.replace(text))).toEqual(names);
    expect(standIns.replace(` ${texts.join('')} `)).toBe(` ${names.join('')} `);
    fc.assert(
      fc.property(anyText, written => {
        const text = clean(written);
        const each = new StandIns();
        expect([...each.for(text)].length).toBe(widthOf(text));
        // What has no width and nothing after it has no place in a table.
        expect(text.startsWith(each.replace(each.for(text)))).toBe(true);
      }),
    );
  });

  it('clips in the middle', () => {
    expect(clip('proxy-buffered', 14)).toBe('proxy-buffered');
    expect(clip('proxy-buffered', 9)).toBe('prox…ered');
    expect(clip('日本語日本語', 7)).toBe('日本…語');
    expect(clip('abc', 1)).toBe('…');
  });

  it('clips to the width asked for and never cuts a character in two', () => {
    fc.assert(
      fc.property(anyText, fc.integer({ min: 1, max: 40 }), (text, columns) => {
        const clipped = clip(clean(text), columns);
        expect(widthOf(clipped)).toBeLessThanOrEqual(columns);
        expect(clipped).not.toMatch(/\p{Cs}/u);
      }),
    );
  });

  it('fills paragraphs without losing a word', () => {
    expect(wrap('one two three four', 9, '  ')).toEqual(['one two', '  three', '  four']);
    expect(wrap('x'.repeat(12), 5)).toEqual(['xxxxx', 'xxxxx', 'xx']);
    fc.assert(
      fc.property(anyText, fc.integer({ min: 10, max: 60 }), (text, columns) => {
        const lines = wrap(clean(text), columns, '  ');
        for (const line of lines) expect(widthOf(line)).toBeLessThanOrEqual(columns);
        expect(lines.join('').replaceAll(' ', '')).toBe(clean(text).replaceAll(' ', ''));
      }),
    );
  });
});
