#!/usr/bin/env node
import { CommanderError } from 'commander';
import { commandLine } from './commands/command-line.js';
import { ExitCode, UserError } from './errors.js';
import { cleanLines } from './present/terminal/text.js';
import { version } from './version.js';

/** The whole program. Commands answer with an exit status or throw; what a status is, is decided here alone. */
async function main(argv: readonly string[]): Promise<ExitCode> {
  let status: ExitCode = ExitCode.ok;
  const program = commandLine(version, answer => {
    status = answer;
  });
  try {
    await program.parseAsync(argv);
    return status;
  } catch (error) {
    return explain(error);
  }
}

/** Says on standard error what went wrong, unless that has been said, and finds the status for it. */
function explain(error: unknown): ExitCode {
  // Commander has printed its message (or the help, or the version, which are no errors).
  if (error instanceof CommanderError) return error.exitCode === 0 ? ExitCode.ok : ExitCode.badInput;
  if (error instanceof UserError) {
    process.stderr.write(`${cleanLines(error.message)}\n`);
    return ExitCode.badInput;
  }
  if (isClosedPipe(error)) return ExitCode.ok;
  process.stderr.write(cleanLines(bugReport(error)));
  return ExitCode.internal;
}

function bugReport(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const stack = process.env.VALET_SIM_DEBUG === '1' && error instanceof Error ? `${error.stack}\n` : '';
  return (
    `valet-sim ${version}: internal error: ${message}\n${stack}` +
    'This is a bug in valet-sim. Please report it with the command and the scenario' +
    `${stack === '' ? '; VALET_SIM_DEBUG=1 shows where it happened' : ''}.\n`
  );
}

function isClosedPipe(error: unknown): boolean {
  return error instanceof Error && (error as NodeJS.ErrnoException).code === 'EPIPE';
}

// A reader that has seen enough (`| head`) ends the program, and that is not an error. Other failures of the
// streams come back to the one who wrote.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', error => {
    if (isClosedPipe(error)) process.exit(ExitCode.ok);
  });

// Only set, not exit(): what is still on its way into a pipe has to arrive.
process.exitCode = await main(process.argv);
