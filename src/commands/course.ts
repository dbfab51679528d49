/** What the options of `run` say of how often a scenario is run. */
import { availableParallelism } from 'node:os';
import { UserError } from '../errors.js';
import { didYouMean } from '../scenario/nearest.js';
import { checkMetric } from '../scenario/objectives.js';
import type { Scenario } from '../scenario/types.js';
import type { Plan } from '../study/replications/plan.js';
import type { Course } from './drive.js';
import type { RunOptions } from './run-options.js';

/** The most replications where a goal ends them and nothing is said. */
const BUDGET = 200;
/** The figure whose precision is meant where none is named: completion counts what was lost. */
const FIGURE = 'completion.p95';

/** @throws UserError where the options contradict each other or the scenario. */
export function courseFor(scenario: Scenario, options: RunOptions): Course {
  const { replications, precision, figure, untilDecided, baseline, jobs } = options;
  if (figure !== undefined && precision === undefined) {
    throw new UserError('--figure says of which figure the precision is meant; give --precision, e.g. 2%');
  }
  if (untilDecided && scenario.slo.length === 0) {
    throw new UserError(`--until-decided: "${scenario.name}" has no objectives (slo) to decide`);
  }
  if (baseline !== undefined && !scenario.topologies.some(({ name }) => name === baseline)) {
    const known = scenario.topologies.map(({ name }) => name);
    throw new UserError(
      `--baseline: no topology is called "${baseline}"${didYouMean(baseline, known)}; allowed are ${known.join(', ')}`,
    );
  }
  const goal = precision !== undefined || untilDecided;
  const plan: Plan = {
    most: replications ?? (goal ? BUDGET : 1),
    precision: precision === undefined ? null : { figure: figureOf(scenario, figure), halfWidth: precision },
    untilDecided,
  };
  return { plan, jobs: jobs ?? availableParallelism() };
}

function figureOf({ workload }: Scenario, figure = FIGURE): string {
  const background = workload.background.map(({ name }) => name);
  const complaint = checkMetric(figure, background);
  if (complaint === null) return figure;
  throw new UserError(`--figure: ${complaint.what}; allowed are ${complaint.allowed}`);
}
