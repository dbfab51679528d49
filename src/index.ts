/**
 * The library: `simulate` is the whole of it. The scenario is loaded and checked, its workload drawn once, every
 * topology replayed, the result summed up.
 */

export { UserError } from './errors.js';
export type * from './result.js';

import type { Result } from './result.js';
import { loadScenario } from './scenario/load.js';
import { runScenario } from './study/run.js';

export interface SimulateOptions {
  /** Overrides in the form of `--set`: `['server.count=2']`. */
  readonly set?: readonly string[];
  readonly seed?: string;
  /** Names of the topologies to run; all when absent. */
  readonly topologies?: readonly string[];
}

/**
 * Runs a scenario file and returns its result.
 * @throws UserError where the file cannot be read or is not a valid scenario.
 */
export async function simulate(file: string, options: SimulateOptions = {}): Promise<Result> {
  const { set = [], ...selection } = options;
  const loaded = await loadScenario(file, set, selection);
  return runScenario(loaded, { uploads: false }).result;
}
