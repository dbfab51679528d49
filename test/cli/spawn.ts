import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import builtCli from './build.js';

/** What a command left behind. */
export interface Ended {
  readonly status: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A folder of its own for a test, with files in it, in which the command line is run. */
export interface Workplace {
  readonly path: string;
  readonly run: (args: readonly string[], env?: Record<string, string>) => Promise<Ended>;
  /** For tests that meddle with the process while it runs. */
  readonly start: (args: readonly string[]) => ChildProcess;
  /** All files, by their path inside the folder. */
  readonly files: () => readonly string[];
  readonly remove: () => void;
}

export async function workplace(files: Readonly<Record<string, string>> = {}): Promise<Workplace> {
  const bin = await builtCli();
  const path = mkdtempSync(join(tmpdir(), 'valet-sim-cli-'));
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), text);
  }
  const start = (args: readonly string[], env: Record<string, string> = {}) =>
    spawn(process.execPath, [bin, ...args], { cwd: path, env: { ...bareEnvironment(), ...env } });
  return {
    path,
    start,
    run: (args, env) => ended(start(args, env)),
    files: () =>
      readdirSync(path, { recursive: true, withFileTypes: true })
        .filter(entry => entry.isFile())
        .map(entry => join(entry.parentPath, entry.name).slice(path.length + 1))
        .sort(),
    remove: () => rmSync(path, { recursive: true }),
  };
}

/** What the test runner sets would decide about colour. */
function bareEnvironment(): NodeJS.ProcessEnv {
  const { NO_COLOR: _no, FORCE_COLOR: _force, VALET_SIM_DEBUG: _debug, ...rest } = process.env;
  return rest;
}

export function ended(child: ChildProcess): Promise<Ended> {
  return new Promise((resolve, reject) => {
    let stdout = '';
    let stderr = '';
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      stdout += text;
    });
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      stderr += text;
    });
    child.on('error', reject);
    child.on('close', (status, signal) => resolve({ status, signal, stdout, stderr }));
  });
}
