/** A scenario from a file: the part that needs Node. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import type { Origin } from '../result.js';
import { decodeText, notText } from './encoding.js';
import type { FileContent } from './files.js';
import { nearest } from './nearest.js';
import { type ParsedScenario, parseScenario } from './parse.js';
import { type Problem, ScenarioError } from './problem.js';
import { SourceText } from './source.js';

export interface LoadedScenario extends ParsedScenario {
  /** As the user named it. */
  readonly file: string;
  /** Of the file's bytes, in hexadecimal. */
  readonly sha256: string;
  /** Every file that was read: the scenario, and the traces and values that it refers to. */
  readonly inputs: readonly string[];
  readonly origin: Pick<Origin, 'set' | 'seed' | 'selection' | 'files'>;
}

export interface LoadOptions {
  readonly seed?: string;
  readonly topologies?: readonly string[];
}

const mebibyte = 2 ** 20;
const mostScenarioBytes = 16 * mebibyte;
const mostCsvBytes = 2 ** 31 - 1;

/**
 * Loads a scenario and all that it refers to.
 * @param overrides `PATH=VALUE` of each `--set`
 * @throws ScenarioError with everything that is wrong with it
 */
export async function loadScenario(
  file: string,
  overrides: readonly string[] = [],
  options: LoadOptions = {},
): Promise<LoadedScenario> {
  const content = readRegularFile(file, mostScenarioBytes);
  if (!content.ok)
    throw new ScenarioError([
      { code: 'file', path: [], file, line: 1, column: 1, message: content.message + similar(file) },
    ]);
  const { bytes } = content;
  const text = textOf(bytes, file);
  const folder = dirname(file);
  const inputs = new Set([file]);
  const files: Record<string, string> = {};
  const parsed = parseScenario(text, {
    ...options,
    file,
    overrides,
    readFile: path => {
      const full = resolve(folder, path);
      inputs.add(full);
      const content = readRegularFile(full, mostCsvBytes);
      if (content.ok) files[path] = digestOf(content.bytes);
      return content;
    },
  });
  const { seed = null, topologies: selection = null } = options;
  const origin = { set: overrides, seed, selection, files };
  return { ...parsed, file, sha256: digestOf(bytes), inputs: [...inputs], origin };
}

/**
 * What was loaded, once more with some of its values set. Defaults are values like all others now: what a topology
 * takes from its own profile does not give way to what is set for the scenario.
 * @param overrides `PATH=VALUE` of each
 * @throws ScenarioError where a value is not taken
 */
export function reloaded(
  { file, resolved }: Pick<LoadedScenario, 'file' | 'resolved'>,
  overrides: readonly string[],
): ParsedScenario {
  const folder = dirname(file);
  const readFile = (path: string) => readRegularFile(resolve(folder, path), mostCsvBytes);
  return parseScenario(JSON.stringify(resolved), { file, overrides, readFile });
}

function digestOf(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Reads a file that is one: not a folder, and not a pipe or a device, which may never end. */
function readRegularFile(path: string, most: number): FileContent {
  const fail = (message: string): FileContent => ({ ok: false, message });
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) return fail('this is a folder, not a file');
    if (!stats.isFile()) return fail('this is not a regular file');
    if (stats.size > most) {
      return fail(
        `this file is too large (${Math.ceil(stats.size / mebibyte)} MiB); at most ${Math.floor(most / mebibyte)} MiB`,
      );
    }
    return { ok: true, bytes: readFileSync(path) };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    return fail(reasons[code] ?? `this file cannot be read (${code === '' ? 'unknown error' : code})`);
  }
}

const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file',
  ENOTDIR: 'no such file (a part of the path is not a folder)',
  EACCES: 'this file may not be read (permission denied)',
  EPERM: 'this file may not be read (permission denied)',
  ENAMETOOLONG: 'no such file (the name is too long)',
  ELOOP: 'no such file (its links go in a circle)',
  ERR_INVALID_ARG_VALUE: 'no file can have this name',
};

/** A hint at a file of a similar name in the same folder. */
function similar(file: string): string {
  try {
    const near = nearest(basename(file), readdirSync(dirname(file)));
    return near === undefined || near === basename(file)
      ? ''
      : ` (did you mean ${join(dirname(file), near)}?)`;
  } catch {
    return '';
  }
}

function textOf(bytes: Uint8Array, file: string): string {
  const refuse = (problem: Omit<Problem, 'path' | 'file'>) =>
    new ScenarioError([{ path: [], file, ...problem }]);
  const foreign = notText(bytes);
  if (foreign !== undefined) throw refuse({ code: 'encoding', line: 1, column: 1, ...foreign });
  const decoded = decodeText(bytes);
  if (decoded.ok) return decoded.text;
  const { line, column, excerpt } = new SourceText(decoded.text).position(decoded.offset);
  throw refuse({
    code: 'encoding',
    line,
    column,
    excerpt,
    message: 'this is not text',
    allowed: 'a text file in UTF-8',
  });
}
