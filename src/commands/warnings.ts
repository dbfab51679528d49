import type { Result } from '../result.js';
import type { LoadedScenario } from '../scenario/load.js';

/** What the reader should know before believing the numbers, each once. */
export function warningsOf(loaded: LoadedScenario, result: Result): readonly string[] {
  return [...new Set([...loaded.warnings, ...result.warnings])].map(warning => `warning: ${warning}`);
}
