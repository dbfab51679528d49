import { join } from 'node:path';
import { ExitCode, UserError } from '../errors.js';
import type { Sweep, SweepPoint } from '../parameter-study.js';
import { checkRoomFor, writeFile } from '../present/export/file.js';
import { toJson } from '../present/export/json.js';
import { openNotices } from '../present/notices.js';
import { openProgress } from '../present/progress.js';
import { showSweep } from '../present/study/show.js';
import { readVariation, type Variation } from '../study/vary/range.js';
import { gridOf, kneesOf, pointOf } from '../study/vary/sweep.js';
import { version } from '../version.js';
import { figureFor } from './course.js';
import { scenarioName } from './places.js';
import type { SweepOptions } from './run-options.js';
import { loadAt, runAt } from './vary/run-at.js';
import { keyOf, SavedPoints } from './vary/saved-points.js';

/** `valet-sim sweep SCENARIO --vary PATH=RANGE`: runs a scenario at every combination of values. */
export async function sweep(file: string, options: SweepOptions): Promise<ExitCode> {
  const variations = options.vary.map(readVariation);
  if (variations.length === 0)
    throw new UserError('--vary is needed, e.g. --vary server.threads=100..800:log:7');
  const twice = variations.find(({ path }, i) => variations.findIndex(other => other.path === path) < i);
  if (twice !== undefined) throw new UserError(`--vary: ${twice.path} is varied twice`);
  const grid = gridOf(variations);
  // Every point is checked before any of them runs for minutes.
  const loaded = [];
  for (const values of grid) loaded.push(await loadAt(file, options, settingsOf(variations, values)));
  const [first] = loaded;
  const figure = figureFor(first!.scenario, options.figure);

  const folder = options.save ? (options.out ?? join('results', scenarioName(file), 'sweep')) : null;
  const target = folder === null ? null : join(folder, 'sweep.json');
  if (target !== null) checkRoomFor(target);
  const { replications, precision, untilDecided, seed, set, slo, topology } = options;
  const paths = variations.map(({ path }) => path);
  const key = keyOf(
    [version, paths, replications, precision, options.figure, untilDecided, seed, set, slo, topology],
    first!.inputs,
  );
  const saved = new SavedPoints<SweepPoint>(folder === null ? null : join(folder, 'points.json'), key);

  const notices = openNotices(process.stderr, options.quiet);
  const points: SweepPoint[] = [];
  let kept = 0;
  for (const [i, one] of loaded.entries()) {
    const values = grid[i]!.map(({ text }) => text);
    const known = saved.get(values);
    if (known !== undefined) kept++;
    const point = known ?? (await measured(one, values, i, loaded.length, options));
    if (point === null) break;
    if (known === undefined) await saved.add(point);
    points.push(point);
  }
  if (kept > 0) notices.note(`${kept} of ${loaded.length} points are of an earlier run of the same study`);

  const result: Sweep = {
    format: 'valet-sim/sweep@1',
    version,
    scenario: { name: first!.scenario.name, file, sha256: first!.sha256 },
    seed: first!.scenario.seed,
    set,
    figure,
    vary: variations.map(({ path, log, points: list }) => ({ path, log, values: list.map(p => p.text) })),
    points,
    knees: kneesOf(variations, points, figure),
    missing: loaded.length - points.length,
  };
  if (points.length > 0) {
    if (target !== null) {
      await writeFile(target, [toJson(result)]);
      notices.note(`saved ${target}`);
    }
    await showSweep(result, options.format, process.stdout, options);
  }
  if (result.missing === 0) return ExitCode.ok;
  const again = folder === null ? '' : '; the same command goes on from there';
  notices.alert(`interrupted: ${points.length} of ${loaded.length} points are finished${again}`);
  return ExitCode.interrupted;
}

function settingsOf(
  variations: readonly Variation[],
  values: readonly { readonly text: string }[],
): string[] {
  return variations.map(({ path }, i) => `${path}=${values[i]!.text}`);
}

async function measured(
  loaded: Awaited<ReturnType<typeof loadAt>>,
  values: readonly string[],
  index: number,
  count: number,
  options: SweepOptions,
): Promise<SweepPoint | null> {
  const inner = openProgress(process.stderr, process.env, options.quiet, () => performance.now());
  const progress = {
    show: (what: string, share: number) => inner.show(`point ${index + 1} of ${count}: ${what}`, share),
    end: inner.end,
  };
  const result = await runAt(loaded, options, progress);
  return result && pointOf(values, result);
}
