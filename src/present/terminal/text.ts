/** Text that others wrote (names, files, expressions) made safe for a terminal. */

/**
 * One line without anything that a terminal acts upon. Control characters become visible pictures of themselves;
 * invisible ones (zero-width, bidirectional overrides) vanish, but for the joiners inside words of scripts that
 * spell with them, and inside emoji.
 */
export function clean(text: string): string {
  return text
    .normalize('NFC')
    .replace(/\p{Variation_Selector}/gu, '')
    .replace(invisible, '')
    .replace(/\p{Cc}/gu, picture)
    .replace(/[\p{Cs}\p{Zl}\p{Zp}]/gu, '\ufffd')
    .replace(/(\p{M}{3})\p{M}+/gu, '$1');
}

const joined = [
  String.raw`(?<=(?!\p{Script=Latin})[\p{L}\p{M}])[\u200c\u200d](?=(?!\p{Script=Latin})\p{L})`,
  String.raw`(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}])\u200d(?=\p{Extended_Pictographic})`,
];
const invisible = new RegExp(`(?!${joined.join('|')})\\p{Cf}`, 'gu');

/** The same for text of several lines that is laid out already: line breaks and tabs stay. */
export function cleanLines(text: string): string {
  return text.replace(/[^\P{Cc}\n\t]/gu, picture).replace(/[\u202a-\u202e\u2066-\u2069]/g, '\ufffd');
}

function picture(control: string): string {
  const code = control.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  return code === 0x7f ? '\u2421' : '\ufffd';
}
