import type { ResultFormat } from '../present/view.js';
import type { Result } from '../result.js';
import type { LoadedScenario } from '../scenario/load.js';

/** Warnings that a person would miss: tables show those of the result, other formats are read by programs. */
export function warningsUnseen(
  loaded: LoadedScenario,
  result: Result,
  format: ResultFormat,
): readonly string[] {
  const all = [...new Set([...loaded.warnings, ...result.warnings])];
  const seen = format === 'table' ? result.warnings : [];
  return all.filter(warning => !seen.includes(warning)).map(warning => `warning: ${warning}`);
}
