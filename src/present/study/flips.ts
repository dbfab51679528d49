import type { Flip, Move, MovedParameter } from '../../parameter-study.js';

const outcomes = { pass: 'met', fail: 'missed', inconclusive: 'undecided' } as const;

/** "proxy-streaming overtakes valet-key", "valet-key: completion.p99 < 10m is missed". */
export function flipSentence(flip: Flip): string {
  if (flip.kind === 'objective') {
    const now = `${flip.topology}: ${flip.expr} is ${outcomes[flip.to]}`;
    return flip.from === 'inconclusive' || flip.to === 'inconclusive'
      ? `${now} (was ${outcomes[flip.from]})`
      : now;
  }
  const { from, to, topologies } = flip;
  const other = (name: string) => topologies.find(one => one !== name)!;
  if (to === null) return `${other(from!)} draws level with ${from}`;
  return from === null ? `${to} pulls ahead of ${other(to)}` : `${to} overtakes ${from}`;
}

/** The moves of a parameter that change the verdict. */
export function flippingMoves({ low, high }: MovedParameter): readonly Move[] {
  return [low, high].filter(move => move !== null).filter(({ flips }) => flips.length > 0);
}

/** Whether a parameter's value is a guess: nobody has measured, published or documented it. */
export function isEstimate({ sourceKind }: MovedParameter): boolean {
  return sourceKind === 'estimate';
}
