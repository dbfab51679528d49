import { availableParallelism } from 'node:os';
import { ExitCode, UserError } from '../errors.js';
import { toJson } from '../present/export/json.js';
import { writeTo } from '../present/export/stream.js';
import { openProgress } from '../present/progress.js';
import { clean } from '../present/terminal/text.js';
import type { Origin, Result } from '../result.js';
import { type LoadedScenario, loadScenario } from '../scenario/load.js';
import { version } from '../version.js';
import { drive } from './drive.js';
import type { RerunOptions } from './run-options.js';
import { savedResult } from './saved-result.js';

/** `valet-sim rerun RESULT.json`: repeats a saved run byte for byte, or says what differs. */
export async function rerun(file: string, options: RerunOptions): Promise<ExitCode> {
  const { result, text } = savedResult(file);
  const { origin, partial } = result;
  if (origin === undefined || origin === null || partial !== null) {
    const why = partial === null ? 'does not say how it was made' : 'was interrupted';
    throw new UserError(`${file}: cannot be repeated: it ${why}`);
  }
  const loaded = await loadScenario(result.scenario.file, origin.set, {
    ...(origin.seed === null ? {} : { seed: origin.seed }),
    ...(origin.selection === null ? {} : { topologies: origin.selection }),
  });
  const changed = changesSince(result, origin, loaded);
  if (changed.length > 0) {
    throw new UserError(`${file}: cannot be repeated: ${changed.join('; ')}`);
  }
  const plan = {
    most: origin.replications,
    precision: origin.precision,
    untilDecided: origin.untilDecided,
  };
  const progress = openProgress(process.stderr, process.env, options.quiet, () => performance.now());
  const wanted = { uploads: false, baseline: origin.baseline ?? undefined };
  const jobs = options.jobs ?? availableParallelism();
  const run = await drive(loaded, wanted, progress, { plan, jobs });
  if (run.failure !== null) throw run.failure;
  if (run.result.partial !== null) {
    await writeTo(process.stderr, 'interrupted: nothing can be said of the rest\n');
    return ExitCode.interrupted;
  }
  const again = toJson(run.result);
  if (again === text) {
    await writeTo(process.stdout, `the same, byte for byte: ${clean(file)} (valet-sim ${version})\n`);
    return ExitCode.ok;
  }
  const than =
    result.version === version
      ? 'the same version'
      : `valet-sim ${clean(result.version)} then, ${version} now`;
  await writeTo(
    process.stdout,
    `NOT the same (${than}); it begins at ${clean(firstDifference(text, again))}\n`,
  );
  return result.version === version ? ExitCode.internal : ExitCode.ok;
}

/** What the run was made of and is no more. */
function changesSince(result: Result, origin: Origin, now: LoadedScenario): readonly string[] {
  const files = Object.entries(origin.files)
    .filter(([path, digest]) => now.origin.files[path] !== digest)
    .map(([path]) => `${path} has changed since`);
  const scenario = now.sha256 === result.scenario.sha256 ? [] : [`${now.file} has changed since`];
  return [...scenario, ...files];
}

/** The first line in which two texts differ, as it was and as it is. */
function firstDifference(before: string, after: string): string {
  const [old, own] = [before.split('\n'), after.split('\n')];
  const line = old.findIndex((text, i) => text !== own[i]);
  const short = (text = '') => (text.length > 80 ? `${text.slice(0, 79)}…` : text).trim();
  return line < 0 ? 'the end' : `line ${line + 1}: ${short(old[line])} / ${short(own[line])}`;
}
