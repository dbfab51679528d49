import { mkdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../../errors.js';
import { ioReason } from './io-reason.js';

/**
 * Writes a file as a whole or not at all: into a temporary file beside it, which then takes its name. What is
 * not a regular file (a pipe, /dev/null) is written to directly: it must not be replaced.
 *
 * @throws UserError where the file system refuses.
 */
export async function writeFile(path: string, pieces: Iterable<string>): Promise<void> {
  try {
    if (kindOf(path) === 'other') await pour(path, pieces);
    else await replace(throughLinks(path), pieces);
  } catch (error) {
    throw isIoError(error) ? refused(path, error) : error;
  }
}

/**
 * Makes sure, before any work is done, that a file can be put there: its folder exists and nothing else has its
 * name.
 *
 * @throws UserError where the file system refuses.
 */
export function makeRoomFor(path: string): void {
  try {
    makeFolder(dirname(path));
  } catch (error) {
    throw refused(path, error);
  }
  if (kindOf(path) === 'folder') throw new UserError(`cannot write "${path}": it is a folder`);
}

/** By hand: `recursive: true` never returns where a file system such as /proc answers that nothing exists. */
function makeFolder(path: string): void {
  if (kindOf(path) === 'folder') return;
  const parent = dirname(path);
  if (parent !== path) makeFolder(parent);
  try {
    mkdirSync(path);
  } catch (error) {
    // Another process may have made it meanwhile.
    if (kindOf(path) !== 'folder') throw error;
  }
}

async function replace(target: string, pieces: Iterable<string>): Promise<void> {
  const temporary = join(dirname(target), `.${basename(target).slice(0, 100)}.${process.pid}.tmp`);
  const discard = () => rmSync(temporary, { force: true });
  const stop = (signal: NodeJS.Signals) => {
    discard();
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
