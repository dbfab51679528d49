/** One point of a study over parameters: the scenario with some fields set, run as the options say. */
import type { Progress } from '../../present/progress.js';
import type { Result } from '../../result.js';
import { type LoadedScenario, loadScenario } from '../../scenario/load.js';
import { ScenarioError } from '../../scenario/problem.js';
import { courseFor } from '../course.js';
import { drive } from '../drive.js';
import type { StudyOptions } from '../run-options.js';

/** @throws UserError where the scenario does not take the values. */
export async function loadAt(
  file: string,
  options: StudyOptions,
  more: readonly string[],
  topologies = options.topology,
): Promise<LoadedScenario> {
  const slo = options.slo.length === 0 ? [] : [`slo=${JSON.stringify(options.slo)}`];
  try {
    return await loadScenario(file, [...options.set, ...slo, ...more], {
      ...(options.seed === undefined ? {} : { seed: options.seed }),
      ...(topologies === undefined ? {} : { topologies }),
    });
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const names = new Map(more.map(setting => setting.slice(0, setting.indexOf('='))).map(varied));
    if (slo.length > 0) names.set('--set slo', '--slo');
    throw new ScenarioError(
      error.problems.map(problem => ({ ...problem, ...named(names.get(problem.option ?? '')) })),
    );
  }
}

const varied = (path: string): [string, string] => [`--set ${path}`, `--vary ${path}`];

/** The option by its name on the command line: objectives and varied values are set as `--set` sets them. */
const named = (option: string | undefined) => (option === undefined ? {} : { option });

/** The result at a point; null where it was interrupted. */
export async function runAt(
  loaded: LoadedScenario,
  options: StudyOptions,
  progress: Progress,
): Promise<Result | null> {
  const course = courseFor(loaded.scenario, options);
  const { result, failure } = await drive(loaded, { uploads: false }, progress, course);
  if (failure !== null) throw failure;
  return result.partial === null ? result : null;
}
