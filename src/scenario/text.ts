/** Text from a file, made fit to be shown: nothing in it may move a cursor, colour a screen or reverse a line. */

// Languages need the joiners (U+200C, U+200D), emoji do, too; every other format character only hides something.
const unfit = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}]|(?![\u200c\u200d])\p{Cf}/u;
const allUnfit = new RegExp(unfit, 'gu');

const short: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

/** Replaces every character that would not print as itself by an escape such as `\x1b`. */
export function escapeText(text: string): string {
  return text.replace(allUnfit, character => {
    const known = short[character];
    if (known !== undefined) return known;
    const code = character.codePointAt(0)!;
    if (code < 256) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code < 65_536 ? `\\u${code.toString(16).padStart(4, '0')}` : `\\u{${code.toString(16)}}`;
  });
}

/** Whether a text can be a name: it prints on one line, and nothing in it controls how. */
export function isPrintable(text: string): boolean {
  return !unfit.test(text);
}

/** At most `length` characters (code points) of a text, the last an ellipsis where something is left out. */
export function cut(text: string, length: number): string {
  // Twice the length in code units always holds that many code points: a huge text is not spread for nothing.
  const characters = [...text.slice(0, 2 * length + 2)];
  return characters.length > length ? `${characters.slice(0, length - 1).join('')}…` : text;
}

/** A value from a file as it is quoted in a message. */
export function quoted(text: string, length = 60): string {
  return `"${escapeText(cut(text, length))}"`;
}

/** `a, b or c`. */
export function either(words: readonly string[], most = 24): string {
  if (words.length === 0) return 'nothing';
  if (words.length === 1) return words[0]!;
  if (words.length > most) return `${words.slice(0, most).join(', ')} and ${words.length - most} more`;
  return `${words.slice(0, -1).join(', ')} or ${words[words.length - 1]}`;
}
