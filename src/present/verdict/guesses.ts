import type { Assumption, Result } from '../../result.js';

/** Kinds of sources that are guesses, in part or in whole. */
const GUESSED = new Set(['estimate', 'recalled']);

/** Which of the values that decide the arithmetic are guesses, in a sentence. */
export function guesses({ topologies, assumptions }: Result): readonly string[] {
  const deciding = [...new Set(topologies.flatMap(t => t.byHand.flatMap(check => check.uses)))];
  if (deciding.length === 0) return [];
  const guessed = assumptions.filter(
    ({ kind, path }) => GUESSED.has(kind) && deciding.some(value => covers(value, path)),
  );
  const paths = new Set(guessed.map(({ path }) => path));
  const of = `of the ${deciding.length} values that decide this`;
  if (paths.size === 0)
    return [`None ${of} is a guess of valet-sim's: the scenario gives them, or they have a source.`];
  return [
    `${paths.size} ${of} ${paths.size === 1 ? 'is an estimate' : 'are estimates'}: ${guessed.map(described).join(', ')}.`,
  ];
}

/** One value is the other, or a part of it. */
function covers(value: string, path: string): boolean {
  return value === path || path.startsWith(`${value}.`) || value.startsWith(`${path}.`);
}

function described({ path, value }: Assumption): string {
  return `${path} (${value})`;
}
