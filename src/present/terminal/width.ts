/**
 * Text laid out in the columns of a terminal: two for CJK and emoji, none for marks that combine. Where terminals
 * disagree (scripts whose marks stand beside their letters, emoji that are joined of several) they are those of a
 * terminal that follows Unicode.
 */
import stringWidth from 'string-width';

const segmenter = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** What a reader takes for single characters. */
export function graphemesOf(text: string): readonly string[] {
  return Array.from(segmenter.segment(text), part => part.segment);
}

/** Columns that a cleaned text takes. */
export const widthOf = (text: string): number => stringWidth(text);

/** At most `columns` wide: the middle gives way, as long names tend to differ at both their ends. */
export function clip(text: string, columns: number): string {
  if (widthOf(text) <= columns) return text;
  if (columns <= 1) return columns === 1 ? '…' : '';
  const parts = graphemesOf(text);
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
      const parts = graphemesOf(line);
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
