import { clean } from '../terminal/text.js';

/** Text that reads in GitHub-flavoured markdown as it was written, on one line, wherever in a line it stands. */
export function escaped(text: string): string {
  return clean(text)
    .trim()
    .replace(/[\\`*_~[\]|$#]/g, String.raw`\$&`)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;');
}

/** The same at the beginning of a line, where a number or a dash would begin a list or a rule. */
export function unmarked(line: string): string {
  return line.replace(/^([-+=])/, String.raw`\$1`).replace(/^(\d+)([.)])/, String.raw`$1\$2`);
}
