import { basename } from 'node:path';
import type { Command } from 'commander';
import { ExitCode, UserError } from '../errors.js';
import { writeTo } from '../present/export/stream.js';
import { describe } from './completion/describe.js';
import { completionShells } from './completion/shells.js';
import { type ShellName, shells } from './option-values.js';

/**
 * `valet-sim completion [SHELL]`: prints the script that completes this very command line in a shell.
 *
 * @throws UserError where it has to guess the shell and cannot.
 */
export async function completion(program: Command, shell: ShellName | undefined): Promise<ExitCode> {
  const { script } = completionShells[shell ?? guessed(program)];
  await writeTo(process.stdout, script(describe(program)));
  return ExitCode.ok;
}

/** Only for a reader's eyes: $SHELL is the login shell, and what a script evaluates has to be the right one. */
function guessed(program: Command): ShellName {
  const usage = `${program.name()} completion ${shells.join('|')}`;
  if (!process.stdout.isTTY) throw new UserError(`error: for which shell?\n(Usage: ${usage})`);
  const shell = basename(process.env.SHELL ?? '');
  const known = shells.find(name => name === shell);
  if (known !== undefined) return known;
  const why = shell === '' ? '$SHELL is not set' : `there is no completion for ${shell}`;
  throw new UserError(`error: ${why}\n(Usage: ${usage})`);
}
