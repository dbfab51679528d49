import { join } from 'node:path';
import type { Result, UploadTable } from '../result.js';
import { checkRoomFor, writeFile } from './export/file.js';
import { toJson } from './export/json.js';
import { pourInto } from './export/stream.js';
import { uploadsCsv } from './export/uploads-csv.js';

/** Where one scenario's output goes besides the screen; null = nowhere. */
export interface Places {
  /** The folder that `result.json` is saved in. */
  readonly folder: string | null;
  /** The file for the uploads CSV, `-` for standard output. */
  readonly uploads: string | null;
}

const resultIn = (folder: string) => join(folder, 'result.json');

/** The files that will be written. */
export function targets({ folder, uploads }: Places): readonly string[] {
  return [
    ...(folder === null ? [] : [resultIn(folder)]),
    ...(uploads === null || uploads === '-' ? [] : [uploads]),
  ];
}

/** Finds out before anything runs whether everything can be saved, and leaves no trace of having looked. */
export function prepare(places: Places): void {
  targets(places).forEach(checkRoomFor);
}

/** Saves what is to be saved, each file whole or not at all, and returns the files' names. */
export async function save(
  result: Result,
  uploads: readonly UploadTable[],
  places: Places,
  stdout: NodeJS.WritableStream,
): Promise<readonly string[]> {
  const saved: string[] = [];
  if (places.folder !== null) {
    await writeFile(resultIn(places.folder), [toJson(result)]);
    saved.push(resultIn(places.folder));
  }
  if (places.uploads === '-') {
    await pourInto(stdout, uploadsCsv(uploads));
  } else if (places.uploads !== null) {
    await writeFile(places.uploads, uploadsCsv(uploads));
    saved.push(places.uploads);
  }
  return saved;
}
