import type { Result } from '../../result.js';
import { handLines } from '../by-hand.js';
import { type Block, list, paragraph } from '../document/block.js';
import type { Span } from '../document/text.js';
import { breakEvenLines } from '../verdict/break-even.js';
import { guesses } from '../verdict/guesses.js';
import { verdictOn } from '../verdict/verdict.js';
import { type Section, titled } from './section.js';

/** The answer first, then the arithmetic that explains it, and what it rests on. */
export const verdict: Section = result => {
  if (result.topologies.length === 0) return [];
  const { headline, designs, notes } = verdictOn(result);
  const told = designs.map(({ name, text }): readonly (string | Span)[] => [
    { text: `${name}:`, tone: 'bold' },
    ` ${text}`,
  ]);
  const answer = [
    paragraph({ text: headline, tone: 'bold' }),
    ...(told.length === 0 ? [] : [list(told)]),
    ...notes.map(note => paragraph(note)),
  ];
  return [
    ...titled('Verdict', answer),
    ...byHand(result),
    ...breakEven(result),
    ...guesses(result).map(text => paragraph(text)),
  ];
};

function byHand(result: Result): readonly Block[] {
  const lines = result.topologies.flatMap(handLines);
  return titled(
    result.replications > 1 ? 'By hand, for the first replication' : 'By hand',
    lines.length === 0
      ? []
      : [
          list(
            lines.map(({ topology, arithmetic, simulated }) => [
              { text: topology, tone: 'bold' as const },
              `: ${arithmetic}; simulated: ${simulated}`,
            ]),
          ),
        ],
  );
}

function breakEven(result: Result): readonly Block[] {
  const lines = breakEvenLines(result.breakEven);
  return lines.length === 0 ? [] : [paragraph(lines.join(' '))];
}
