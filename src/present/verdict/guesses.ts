import type { Assumption, Result } from '../../result.js';
import { toldChecks } from '../by-hand.js';
import { listed } from './words.js';

/** Kinds of sources that are guesses, in part or in whole. */
const GUESSED = new Set(['estimate', 'recalled']);

/** Which of the values in the arithmetic are guesses, in a sentence. */
export function guesses({ topologies, assumptions }: Result): readonly string[] {
  const used = topologies.flatMap(topology =>
    [...new Set(toldChecks(topology).flatMap(({ uses }) => uses))].map(value => ({
      topology: topology.name,
      value,
    })),
  );
  const values = new Set(used.map(({ value }) => value));
  if (values.size === 0) return [];
  const guessed = assumptions.filter(
    ({ kind, path, topologies: whose }) =>
      GUESSED.has(kind) &&
      used.some(({ topology, value }) => whose.includes(topology) && covers(value, path)),
  );
  const which = [...new Set(guessed.map(described))];
  // One value may have parts, or differ between designs: it is counted once.
  const some = [...values].filter(value => guessed.some(({ path }) => covers(value, path))).length;
  if (some === 0) {
    return [
      `None of the ${values.size} values in this arithmetic is a guess: the scenario gives them, or they have a source.`,
    ];
  }
  const are = some === 1 ? 'is an estimate' : 'are estimates';
  return [
    `${some} of the ${values.size} values in this arithmetic ${are} that the scenario leaves to valet-sim: ${listed(which)}.`,
  ];
}

/** One value is the other, or a part of it. */
function covers(value: string, path: string): boolean {
  return value === path || path.startsWith(`${value}.`) || value.startsWith(`${path}.`);
}

function described({ path, value }: Assumption): string {
  return `${path} (${value})`;
}
