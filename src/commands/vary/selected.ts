import { UserError } from '../../errors.js';
import type { LeftOut } from '../../parameter-study.js';
import { nearest } from '../../scenario/nearest.js';
import type { Parameter } from '../../scenario/parameters/parameters.js';

/**
 * The parameters that `--only` names, by their paths or by what those begin with; all, where it names none.
 * @throws UserError for a name of none, or of a value that cannot be moved
 */
export function selected(
  parameters: readonly Parameter[],
  leftOut: readonly LeftOut[],
  only: readonly string[] | undefined,
): readonly Parameter[] {
  if (only === undefined) return parameters;
  for (const name of only) {
    if (parameters.some(({ path }) => isWithin(path, name))) continue;
    const fixed = leftOut.find(({ path }) => isWithin(path, name));
    throw new UserError(
      `--only ${name}: ${fixed === undefined ? unknown(name, parameters) : still(fixed, name)}`,
    );
  }
  return parameters.filter(({ path }) => only.some(name => isWithin(path, name)));
}

function isWithin(path: string, name: string): boolean {
  return path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`);
}

function unknown(name: string, parameters: readonly Parameter[]): string {
  const known = parameters.map(({ path }) => path);
  const near = nearest(name, known) ?? known.find(path => path.endsWith(`.${name}`));
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  const sections = [...new Set(known.map(path => path.split('.')[0]!))];
  return `no number of the scenario is called so${hint}; allowed are paths such as ${known[0] ?? 'server.threads'}, or what they begin with: ${sections.join(', ')}`;
}

const why: Readonly<Record<LeftOut['reason'], string>> = {
  zero: 'a share of which is nothing',
  unlimited: 'there is no number to move',
  bound: 'it can move neither way',
  word: 'a choice of words, and no number',
  file: 'read from a file',
  price: 'prices matter only to --figure cost.… or an objective about costs',
};

function still({ path, value, reason }: LeftOut, name: string): string {
  return `it cannot be moved${path === name ? '' : ` (${path})`}: it is ${value}, ${why[reason]}`;
}
