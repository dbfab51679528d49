import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const cli = join(root, 'dist', 'cli.js');
const lock = join(root, 'node_modules', '.valet-sim-build');

/**
 * Builds the command line unless it is newer than every source. Test files run in processes of their own; one
 * of them builds, the others wait. Returns the path of the bin.
 */
export default async function builtCli(): Promise<string> {
  if (!isStale()) return cli;
  await locked(() => {
    if (isStale()) build();
  });
  return cli;
}

function build(): void {
  try {
    execFileSync(process.execPath, ['build.mjs'], { cwd: root, stdio: 'pipe' });
  } catch (error) {
    // A declaration that does not compile is the type check's to report; the bin may be there all the same.
    if (isStale()) throw error;
  }
}

function isStale(): boolean {
  const built = modified(cli);
  const sources = [join(root, 'build.mjs'), join(root, 'package.json'), ...filesIn(join(root, 'src'))];
  return sources.some(source => modified(source) > built);
}

function filesIn(folder: string): string[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => join(entry.parentPath, entry.name));
}

function modified(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

async function locked(work: () => void): Promise<void> {
  while (!taken()) {
    // Whoever held it for two minutes is gone.
    if (Date.now() - modified(lock) > 120_000) rmSync(lock, { recursive: true, force: true });
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  try {
    work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function taken(): boolean {
  try {
    mkdirSync(lock);
    return true;
  } catch {
    return false;
  }
}
