/**
 * Text that others wrote (names, files, expressions) made safe for a terminal and for the width of a column.
 *
 * Widths are those of a terminal: two columns for CJK and emoji, none for combining marks that Unicode's Latin,
 * Greek and Cyrillic use. Scripts whose marks terminals disagree about may end up a column narrower than their
 * cell; nothing is ever wider.
 */

const wide =
  /[\u1100-\u115f\u2329\u232a\u2e80-\u303e\u3040-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6b\uff01-\uff60\uffe0-\uffe6\u{1b000}-\u{1b2ff}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
const combining = /[\u0300-\u036f]/u;
const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/**
 * One line without anything that a terminal acts upon. Control characters become visible pictures of
 * themselves; invisible ones (zero-width, bidirectional overrides) vanish.
 */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Cf}|\p{Variation_Selector}/gu, '')
    .replace(/\p{Cc}/gu, picture)
    .replace(/[\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1');
}

/** The same for text of several lines that is laid out already: line breaks and tabs stay. */
export function cleanLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, picture).replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}

/** Columns that a cleaned text takes. */
export function widthOf(text: string): number {
  let columns = 0;
  for (const character of text) {
    if (character >= ' ' && character <= '~') columns += 1;
    else if (!combining.test(character)) columns += wide.test(character) ? 2 : 1;
  }
  return columns;
}

/** At most `columns` wide: the middle gives way, as long names tend to differ at both their ends. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns <= 1) return columns === 1 ? '…' : '';
  const parts = Array.from(graphemes.segment(text), part => part.segment);
  const tail = take(parts.toReversed(), Math.floor((columns - 1) / 2)).reverse();
  const head = take(parts, columns - 1 - widthOf(tail.join('')));
  return `${head.join('')}…${tail.join('')}`;
}

/**
 * Paragraph of cleaned text filled to `columns`; words that are longer are cut. `hang` indents all lines but the
 * first.
 */
export function wrap(cleaned: string, columns: number, hang = ''): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of cleaned.split(' ').filter(Boolean)) {
    const joined = line.trim() === '' ? line + word : `${line} ${word}`;
    if (widthOf(joined) <= columns) {
      line = joined;
      continue;
    }
    if (line.trim() !== '') lines.push(line);
    line = hang + word;
    while (widthOf(line) > columns) {
      const parts = Array.from(graphemes.segment(line), part => part.segment);
      const fits = take(parts, columns);
      // A column too narrow for a single wide character cannot be served; go on rather than loop.
      if (fits.length <= hang.length) break;
      lines.push(fits.join(''));
      line = hang + parts.slice(fits.length).join('');
    }
  }
  if (line.trim() !== '') lines.push(line);
  return lines;
}

function take(parts: readonly string[], columns: number): string[] {
  const taken: string[] = [];
  let used = 0;
  for (const part of parts) {
    used += widthOf(part);
    if (used > columns) break;
    taken.push(part);
  }
  return taken;
}
