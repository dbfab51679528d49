import { accessSync, constants, mkdirSync, realpathSync, rmdirSync, rmSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../errors.js';
import { ioReason } from './io-reason.js';

/**
 * Writes a file as a whole or not at all: into a temporary file beside it, which then takes its name. What is
 * not a regular file (a pipe, /dev/null) is written to directly: it must not be replaced. Folders that are missing
 * are made, and are gone again where no file comes into them.
 *
 * @throws UserError where the file system refuses.
 */
export async function writeFile(path: string, pieces: Iterable<string>): Promise<void> {
  try {
    if (kindOf(path) === 'other') await pour(path, pieces);
    else await replace(throughLinks(path), pieces, makeFolders(dirname(path)));
  } catch (error) {
    throw isIoError(error) ? refused(path, error) : error;
  }
}

/**
 * Makes sure, before any work is done, that a file can be put there: its folder, or the nearest one above that is
 * there, takes new entries, and no folder has its name. Changes nothing.
 *
 * @throws UserError where the file system would refuse.
 */
export function checkRoomFor(path: string): void {
  try {
    const kind = kindOf(path);
    if (kind === 'folder') throw new UserError(`cannot write "${path}": it is a folder`);
    if (kind === 'other') return;
    let folder = dirname(path);
    while (kindOf(folder) === 'none' && dirname(folder) !== folder) folder = dirname(folder);
    if (kindOf(folder) !== 'folder')
      throw new UserError(`cannot write "${path}": a part of the path is a file, not a folder`);
    accessSync(folder, constants.W_OK | constants.X_OK);
  } catch (error) {
    throw isIoError(error) ? refused(path, error) : error;
  }
}

/**
 * Makes a folder and those above it that are missing, and returns the new ones. By hand: `recursive: true` never
 * returns where a file system such as /proc answers that nothing exists.
 */
function makeFolders(path: string): readonly string[] {
  if (kindOf(path) === 'folder') return [];
  const parent = dirname(path);
  const made = parent === path ? [] : makeFolders(parent);
  try {
    mkdirSync(path);
    return [...made, path];
  } catch (error) {
    // Another process may have made it meanwhile.
    if (kindOf(path) === 'folder') return made;
    removeEmpty(made);
    throw error;
  }
}

function removeEmpty(folders: readonly string[]): void {
  try {
    for (const folder of folders.toReversed()) rmdirSync(folder);
  } catch {
    // Somebody put something into it.
  }
}

async function replace(target: string, pieces: Iterable<string>, made: readonly string[]): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${process.pid}.tmp`);
  const discard = () => {
    rmSync(temporary, { force: true });
    removeEmpty(made);
  };
  const stop = (signal: NodeJS.Signals) => {
    discard();
    if (signal === 'SIGINT') process.stderr.write('interrupted\n');
    // With the listener gone the signal does what it does to any process.
    for (const name of stopSignals) process.removeListener(name, stop);
    process.kill(process.pid, signal);
  };
  for (const name of stopSignals) process.on(name, stop);
  try {
    await pour(temporary, pieces);
    await rename(temporary, target);
  } catch (error) {
    discard();
    throw error;
  } finally {
    for (const name of stopSignals) process.removeListener(name, stop);
  }
}

const stopSignals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function pour(path: string, pieces: Iterable<string>): Promise<void> {
  const file = await open(path, 'w');
  try {
    for (const piece of pieces) await file.appendFile(piece);
  } finally {
    await file.close();
  }
}

/** The file that a link leads to, so that the link survives. */
function throughLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

function kindOf(path: string): 'file' | 'folder' | 'other' | 'none' {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats === undefined) return 'none';
  if (stats.isFile()) return 'file';
  return stats.isDirectory() ? 'folder' : 'other';
}

function isIoError(error: unknown): boolean {
  return error instanceof Error && 'syscall' in error;
}

function refused(path: string, error: unknown): UserError {
  return new UserError(`cannot write "${path}": ${ioReason(error)}`);
}
