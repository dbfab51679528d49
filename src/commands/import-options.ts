import { UserError } from '../errors.js';
import { readInstant } from '../import/instants.js';
import type { Rules } from '../import/rules.js';
import { readOneValue } from '../scenario/one-value.js';
import type { Distribution } from '../scenario/types.js';
import { readQuantity } from '../units.js';

/** The options of `import`, as the command line hands them over. */
export interface ImportOptions {
  readonly logFormat?: string;
  readonly minSize?: string;
  readonly size?: string;
  readonly failed: boolean;
  readonly uploadPath: readonly string[];
  readonly background: string;
  readonly from?: string;
  readonly until?: string;
  readonly spread: boolean;
  readonly uplink: boolean;
  readonly keys: boolean;
  readonly out?: string;
  readonly force: boolean;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** @throws UserError that names the option with a bad value */
export function rulesOf(options: ImportOptions): Rules {
  const from = instantOf('--from', options.from, Number.NEGATIVE_INFINITY);
  const until = instantOf('--until', options.until, Number.POSITIVE_INFINITY);
  if (until <= from) throw new UserError('--until is not after --from');
  return {
    minSize: options.minSize === undefined ? undefined : sizeOf(options.minSize),
    sizes: options.size === undefined ? null : sizesOf(options.size),
    failed: options.failed,
    uploadPaths: options.uploadPath,
    groups: groupsOf(options.background),
    spread: options.spread,
    uplinks: options.uplink,
    keys: options.keys,
    from,
    until,
  };
}

function sizeOf(text: string): number {
  const reading = readQuantity('size', text);
  if (!reading.ok) throw new UserError(`--min-size: ${reading.what}; ${reading.allowed}`);
  return Math.max(1, reading.value);
}

function sizesOf(text: string): Distribution {
  const reading = readOneValue('workload.uploads.size', text);
  if (!reading.ok)
    throw new UserError(
      `--size: ${reading.what}; ${reading.allowed ?? 'a size such as 50MB, or a distribution such as {lognormal: {median: 8MB, cv: 1.5}}'}`,
    );
  return reading.scenario.workload.uploads.size!;
}

const mostGroups = 50;

function groupsOf(text: string): number {
  if (/^\d{1,3}$/.test(text) && Number(text) <= mostGroups) return Number(text);
  throw new UserError(
    `--background: "${text}" is no number of classes; 0 (no background) to ${mostGroups} are allowed`,
  );
}

function instantOf(option: string, text: string | undefined, otherwise: number): number {
  if (text === undefined) return otherwise;
  const instant = readInstant(
    /^\d{4}-\d\d-\d\d$/.test(text)
      ? `${text}T00:00:00Z`
      : text.replace(/^(\S+T\d\d:\d\d)(Z|[+-].*)?$/, '$1:00$2'),
  );
  if (instant === undefined)
    throw new UserError(
      `${option}: "${text}" is no instant; ISO 8601 is needed, e.g. 2026-03-02T09:00:00Z (without a zone, UTC)`,
    );
  return instant.at;
}
