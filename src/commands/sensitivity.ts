import { join } from 'node:path';
import { ExitCode } from '../errors.js';
import type { Sensitivity } from '../parameter-study.js';
import { checkRoomFor, writeFile } from '../present/export/file.js';
import { toJson } from '../present/export/json.js';
import { openNotices } from '../present/notices.js';
import { showSensitivity } from '../present/study/show.js';
import { parametersOf } from '../scenario/parameters/parameters.js';
import { standingOf } from '../study/sensitivity/effects.js';
import { chosenFrom, pointsOf } from '../study/sensitivity/points.js';
import { ranked } from '../study/sensitivity/sensitivity.js';
import { version } from '../version.js';
import { figureFor } from './course.js';
import { scenarioName } from './places.js';
import type { SensitivityOptions } from './run-options.js';
import { PointRunner, type SavedPoint } from './vary/point-runner.js';
import { loadAt } from './vary/run-at.js';
import { keyOf, SavedPoints } from './vary/saved-points.js';
import { selected } from './vary/selected.js';

/** `valet-sim sensitivity SCENARIO`: moves every number of a scenario, one at a time, and ranks what that does. */
export async function sensitivity(file: string, options: SensitivityOptions): Promise<ExitCode> {
  const loaded = await loadAt(file, options, []);
  const { scenario, resolved, assumptions, sha256, inputs } = loaded;
  const figure = figureFor(scenario, options.figure);
  const { moved, leftOut } = chosenFrom(parametersOf(resolved, assumptions), scenario, figure);
  const parameters = selected(moved, leftOut, options.only);
  const points = pointsOf(parameters, options.by);

  const folder = options.save ? (options.out ?? join('results', scenarioName(file), 'sensitivity')) : null;
  const target = folder === null ? null : join(folder, 'sensitivity.json');
  if (target !== null) checkRoomFor(target);
  const { replications, precision, by, seed, set, slo, topology } = options;
  const key = keyOf([version, replications, precision, figure, seed, set, slo, topology], inputs);
  const saved = new SavedPoints<SavedPoint>(folder === null ? null : join(folder, 'points.json'), key);

  const notices = openNotices(process.stderr, options.quiet);
  const runner = new PointRunner(loaded, figure, points, saved, options);
  const { replications: made, base, finished, kept } = await runner.run();
  const missing = finished.filter(({ outcome }) => outcome === null).length;
  if (base !== null && kept > 0) {
    notices.note(`${kept} of ${points.length} points are of an earlier run of the same study`);
  }
  if (base !== null) {
    const study: Sensitivity = {
      format: 'valet-sim/sensitivity@1',
      version,
      scenario: { name: scenario.name, file, sha256 },
      seed: scenario.seed,
      set,
      figure,
      by,
      replications: made,
      base: base.map(standingOf),
      objectives: base.flatMap(({ topology, objectives }) =>
        objectives.map(({ expr, outcome }) => ({ topology, expr, outcome })),
      ),
      parameters: ranked(parameters, base, finished, figure),
      leftOut,
      missing,
    };
    if (target !== null) {
      await writeFile(target, [toJson(study)]);
      notices.note(`saved ${target}`);
    }
    await showSensitivity(study, options.format, process.stdout, options);
  }
  if (base !== null && missing === 0) return ExitCode.ok;
  const again = folder === null ? '' : '; the same command goes on from there';
  notices.alert(`interrupted: ${points.length - missing} of ${points.length} points are finished${again}`);
  return ExitCode.interrupted;
}
