/** One value of a scenario as an option or an answer gives it, read exactly as if it stood in a file. */
import { parseScenario } from './parse.js';
import { ScenarioError } from './problem.js';
import type { Scenario } from './types.js';

const smallest = 'name: one value\nworkload: { uploads: { arrivals: { count: 1 }, size: 1B } }\n';

export type OneValue =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly what: string; readonly allowed: string | undefined };

/** The smallest scenario with `text` as its value at `path` (`server.memory`), or what is wrong with the text. */
export function readOneValue(path: string, text: string): OneValue {
  // A comment would be part of no value, and a second line another one.
  if (/[\r\n]|(^|\s)#/.test(text))
    return { ok: false, what: 'this is more than one value', allowed: undefined };
  try {
    const overrides = [`${path}=${text}`];
    return { ok: true, scenario: parseScenario(smallest, { file: 'one value', overrides }).scenario };
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const [{ message, allowed }] = error.problems as [ScenarioError['problems'][number]];
    return { ok: false, what: message, allowed };
  }
}
