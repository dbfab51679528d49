import { wrap } from '../present/terminal/width.js';
import type { Result } from '../result.js';
import type { LoadedScenario } from '../scenario/load.js';

/** What the reader should know before believing the numbers, each once. */
export function warningsOf(loaded: LoadedScenario, result: Result): readonly string[] {
  return [...new Set([...loaded.warnings, ...result.warnings])].map(text => asWarning(text));
}

/** A warning as it is said on standard error: filled to a terminal's width, one line for programs. */
export function asWarning(text: string, stream: Partial<typeof process.stderr> = process.stderr): string {
  const line = `warning: ${text}`;
  const { isTTY = false, columns = 0 } = stream;
  return isTTY && columns > 0 ? wrap(line, columns, '  ').join('\n') : line;
}
