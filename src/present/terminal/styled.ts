import { type Span, spansOf, type Text, type Tone } from '../document/text.js';
import { clean } from './text.js';
import type { Theme } from './theme.js';
import { wrap } from './width.js';

/** A text filled to the width of the theme, its spans painted. `hang` indents all lines but the first. */
export function filled(text: Text, theme: Theme, hang = ''): string[] {
  const spans = spansOf(text).map(span => ({ ...span, text: clean(span.text) }));
  const lines = wrap(spans.map(span => span.text).join(''), theme.width, hang);
  const tones = tonesOf(spans);
  let inked = 0;
  return lines.map(line => {
    let tone: Tone | undefined;
    // Lines hold the characters of the spans in their order; only spaces came and went.
    return painted(
      Array.from(line, character => {
        if (character !== ' ') tone = tones[inked++];
        return { text: character, tone };
      }),
      theme,
    );
  });
}

/** The tone of each character that is no space. */
function tonesOf(spans: readonly Span[]): readonly (Tone | undefined)[] {
  return spans.flatMap(({ text, tone }) => Array.from(text.replaceAll(' ', ''), () => tone));
}

/** A line that is laid out already, with neighbours of one tone painted together. */
export function painted(line: Text, { paint }: Theme): string {
  let done = '';
  let run: Span = { text: '' };
  for (const span of spansOf(line)) {
    if (span.tone === run.tone) {
      run = { text: run.text + span.text, tone: run.tone };
    } else {
      done += paint(run.text, run.tone);
      run = span;
    }
  }
  return done + paint(run.text, run.tone);
}
