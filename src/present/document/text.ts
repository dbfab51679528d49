/** What a piece of text means to the reader: a theme makes colours of it, markdown at most bold type. */
export type Tone = 'bold' | 'dim' | 'good' | 'bad' | 'warn' | 'request' | 'response' | LineTone;

/** The colour of the n-th topology, the same wherever that topology is drawn. */
export interface LineTone {
  readonly line: number;
}

/** A piece of text of one tone. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

/** Text as sections write it: with names as users wrote them, neither cleaned nor escaped nor wrapped. */
export type Text = string | Span | readonly (string | Span)[];

/** The pieces of a text. */
export function spansOf(text: Text): readonly Span[] {
  const pieces = typeof text === 'string' || !Array.isArray(text) ? [text as string | Span] : text;
  return pieces.map(piece => (typeof piece === 'string' ? { text: piece } : piece));
}

/** The words alone. */
export function wordsOf(text: Text): string {
  return spansOf(text)
    .map(span => span.text)
    .join('');
}
