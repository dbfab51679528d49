import { graphemesOf, widthOf } from './width.js';

// Private characters that nobody sees: one for each character that is not ASCII, one that only takes room.
const first = 0xf0000;
const filler = '\u{100000}';
const encoded = /[\u{f0000}-\u{ffffd}]\u{100000}*/gu;

/**
 * Characters of a width that anybody can count, in place of those whose width is not. The table library counts
 * columns by older rules than ours; what it lays out is put back in its own place afterwards.
 */
export class StandIns {
  private readonly known = new Map<string, string>();
  private readonly characters: string[] = [];

  /** A text of as many characters as the text is wide. */
  for(text: string): string {
    let done = '';
    // What has no width belongs to what follows.
    let before = '';
    for (const part of graphemesOf(text)) {
      const character = before + part;
      const width = widthOf(character);
      before = width === 0 ? character : '';
      if (width > 0) done += /^[ -~]$/.test(character) ? character : this.standIn(character, width);
    }
    return done;
  }

  /** The text with the characters themselves. */
  replace(text: string): string {
    return text.replace(encoded, run => this.characters[run.codePointAt(0)! - first]);
  }

  private standIn(character: string, width: number): string {
    let standIn = this.known.get(character);
    if (standIn === undefined) {
      standIn = String.fromCodePoint(first + this.characters.length) + filler.repeat(width - 1);
      this.characters.push(character);
      this.known.set(character, standIn);
    }
    return standIn;
  }
}
