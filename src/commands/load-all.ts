import { UserError } from '../errors.js';
import { type LoadedScenario, loadScenario } from '../scenario/load.js';
import type { ScenarioOptions } from './run-options.js';

/** What became of one scenario file. */
type Outcome = { readonly loaded: LoadedScenario } | { readonly problem: UserError };

/** Loads every scenario, or tells the problems of all of them at once. */
export async function loadAll(
  files: readonly string[],
  options: ScenarioOptions,
): Promise<readonly LoadedScenario[]> {
  const { loaded, problem } = await tryAll(files, options);
  if (problem !== null) throw problem;
  return loaded;
}

/** Loads what can be loaded, in the order given; the problems of the others make one error. */
export async function tryAll(
  files: readonly string[],
  options: ScenarioOptions,
): Promise<{ readonly loaded: readonly LoadedScenario[]; readonly problem: UserError | null }> {
  const outcomes: Outcome[] = [];
  for (const file of files) outcomes.push(await tryOne(file, options));
  const problems = outcomes.flatMap(outcome =>
    'problem' in outcome ? [outcome.problem.message.trimEnd()] : [],
  );
  return {
    loaded: outcomes.flatMap(outcome => ('loaded' in outcome ? [outcome.loaded] : [])),
    problem: problems.length === 0 ? null : new UserError(problems.join('\n\n')),
  };
}

async function tryOne(file: string, options: ScenarioOptions): Promise<Outcome> {
  const { seed, topology } = options;
  try {
    return {
      loaded: await loadScenario(file, options.set, {
        ...(seed === undefined ? {} : { seed }),
        ...(topology === undefined ? {} : { topologies: topology }),
      }),
    };
  } catch (error) {
    if (error instanceof UserError) return { problem: error };
    throw error;
  }
}
