import { realpathSync } from 'node:fs';
import { basename, extname, join } from 'node:path';
import { UserError } from '../errors.js';
import { type Places, targets } from '../present/save.js';
import type { RunOptions } from './run-options.js';

/**
 * Where the output of each scenario goes. Several scenarios share `--out DIR` as `DIR/<scenario>/`.
 *
 * @throws UserError where options contradict each other or two outputs would be the same file.
 */
export function choosePlaces(files: readonly string[], options: RunOptions): readonly Places[] {
  const uploads = options.uploadsCsv ?? null;
  if (!options.save && options.out !== undefined)
    throw new UserError('--no-save and --out contradict each other: leave one of them out');
  if (uploads === '-' && options.format !== 'table')
    throw new UserError(
      `--uploads-csv - and --format ${options.format} both write to standard output; name a file for the uploads`,
    );
  if (uploads !== null && files.length > 1)
    throw new UserError(
      '--uploads-csv takes one scenario: its rows do not say which scenario they come from',
    );
  const folders = files.map(file => (options.save ? folderFor(file, files.length, options.out) : null));
  rejectTwins(files, folders);
  return folders.map(folder => ({ folder, uploads }));
}

/**
 * Refuses to write over what the run reads: a scenario, a trace, the values of a distribution.
 *
 * @throws UserError that names the file.
 */
export function spareInputs(places: readonly Places[], inputs: readonly string[]): void {
  const read = new Set(inputs.map(realPath));
  for (const target of places.flatMap(targets)) {
    const real = realPath(target);
    if (real !== null && read.has(real))
      throw new UserError(`cannot write "${target}": this run reads it; name another file`);
  }
}

/** The file itself, whatever links lead to it; null where there is none. */
function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch {
    return null;
  }
}

function folderFor(file: string, scenarios: number, out: string | undefined): string {
  if (out !== undefined && scenarios === 1) return out;
  return join(out ?? 'results', scenarioName(file));
}

/** The file's name without its extension. */
export function scenarioName(file: string): string {
  const name = basename(file, extname(file));
  // "..yaml" would leave the results folder.
  return ['', '.', '..'].includes(name) ? 'scenario' : name;
}

function rejectTwins(files: readonly string[], folders: readonly (string | null)[]): void {
  folders.forEach((folder, i) => {
    const twin = folders.indexOf(folder);
    if (folder !== null && twin < i)
      throw new UserError(
        `"${files[twin]}" and "${files[i]}" would both be saved in "${folder}"; run them one by one with --out, or use --no-save`,
      );
  });
}
