import { ExitCode, UserError } from '../errors.js';
import { toJson } from '../present/export/json.js';
import { writeTo } from '../present/export/stream.js';
import { chooseTheme } from '../present/terminal/theme.js';
import { nearest } from '../scenario/nearest.js';
import { type Listed, listed } from './profiles/listed.js';

export interface ProfilesOptions {
  readonly format: 'table' | 'json';
  readonly color: boolean;
}

/**
 * `valet-sim profiles [NAME...]`: lists the profiles, or shows some of them value by value.
 *
 * @throws UserError for a name that no profile has.
 */
export async function profiles(names: readonly string[], options: ProfilesOptions): Promise<ExitCode> {
  const all = listed();
  const chosen = names.length === 0 ? all : [...new Set(names)].flatMap(name => called(name, all));
  if (options.format === 'json') {
    await writeTo(process.stdout, toJson(chosen));
    return ExitCode.ok;
  }
  // Colour and tables take time to load, and JSON does without.
  const { print } = await import('../present/terminal/print.js');
  const { overview } = await import('./profiles/overview.js');
  const { page } = await import('./profiles/page.js');
  const blocks = names.length === 0 ? overview() : chosen.flatMap(page);
  await writeTo(process.stdout, print(blocks, chooseTheme(process.stdout, process.env, options.color)));
  return ExitCode.ok;
}

/** The profiles of this name: of one place of a scenario, or of several. */
function called(name: string, all: readonly Listed[]): readonly Listed[] {
  const found = all.filter(profile => profile.name === name);
  if (found.length > 0) return found;
  const near = nearest(
    name,
    all.map(profile => profile.name),
  );
  const hint = near === undefined ? '"valet-sim profiles" lists them.' : `Did you mean ${near}?`;
  throw new UserError(`error: there is no profile '${name}'\n(${hint})`);
}
