/** The files that an import writes: a scenario, and beside it its traces. */
import { existsSync, realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { UserError } from '../errors.js';
import { checkRoomFor } from '../present/export/file.js';
import { type BackgroundClass, slugOf } from './background.js';

export interface Targets {
  readonly folder: string;
  /** What all the files are called, up to their extensions. */
  readonly stem: string;
}

/**
 * `--out` is a folder, or the name of the scenario where it ends in `.yaml`. Without it, a folder that is called after
 * the first log.
 */
export function chooseTargets(logs: readonly string[], out: string | undefined): Targets {
  if (out !== undefined && /\.ya?ml$/i.test(out))
    return { folder: dirname(out), stem: basename(out).replace(/\.ya?ml$/i, '') || 'uploads' };
  const stem = stemOf(logs[0]!);
  return { folder: out ?? stem, stem };
}

/** `/var/log/nginx/access.log.2.gz` is `access`. */
function stemOf(log: string): string {
  const stem = basename(log)
    .replace(/\.gz$/i, '')
    .replace(/[.-]\d+$/, '')
    .replace(/\.(log|txt|json|csv)$/i, '');
  return log === '-' || /^[-.]*$/.test(stem) ? 'imported' : stem.slice(0, 60);
}

export const scenarioFile = ({ folder, stem }: Targets): string => join(folder, `${stem}.yaml`);

/** Names of the traces, without their folder. */
export const uploadsFile = ({ stem }: Targets): string => `${stem}.uploads.csv`;

export function backgroundFiles({ stem }: Targets, classes: readonly BackgroundClass[]): readonly string[] {
  const slugs = new Set(['uploads']);
  return classes.map(({ name }) => {
    const slug = slugOf(name, slugs);
    slugs.add(slug);
    return `${stem}.${slug}.csv`;
  });
}

/**
 * Makes sure that the files can be written, and that nothing is lost by it.
 * @throws UserError where one is there already (unless `force`), or is a log that is read
 */
export function checkTargets(files: readonly string[], logs: readonly string[], force: boolean): void {
  const read = new Set(logs.filter(existsSync).map(log => realpathSync(log)));
  for (const file of files) {
    checkRoomFor(file);
    if (!existsSync(file)) continue;
    if (read.has(realpathSync(file))) throw new UserError(`cannot write "${file}": it is a log that is read`);
    if (!force)
      throw new UserError(`"${file}" is there already; --force overwrites it, --out names another place`);
  }
}
