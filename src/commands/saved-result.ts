import { readFileSync } from 'node:fs';
import { UserError } from '../errors.js';
import type { Result } from '../result.js';

/**
 * A result as `run` has saved it, and the very text.
 * @throws UserError where the file is none
 */
export function savedResult(file: string): { readonly result: Result; readonly text: string } {
  const wrong = (what: string) =>
    new UserError(`${file}: ${what}; allowed are result.json as "run" saves it, and scenarios (YAML)`);
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    throw wrong('cannot be read');
  }
  let result: Partial<Result> | null;
  try {
    result = JSON.parse(text);
  } catch {
    throw wrong('is no JSON');
  }
  if (
    typeof result !== 'object' ||
    result?.format !== 'valet-sim/result@1' ||
    !Array.isArray(result.topologies)
  )
    throw wrong('is no result of valet-sim');
  if (result.topologies.length === 0) throw wrong('has no topology in it');
  return { result: result as Result, text };
}
