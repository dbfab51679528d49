import type { ExitCode } from '../errors.js';
import { openNotices } from '../present/notices.js';
import { prepare, save } from '../present/save.js';
import { openView } from '../present/view.js';
import type { Result } from '../result.js';
import { runScenario } from '../study/run.js';
import { judge } from './judge.js';
import { loadAll } from './load-all.js';
import { choosePlaces, spareInputs } from './places.js';
import type { RunOptions } from './run-options.js';
import { warningsOf } from './warnings.js';

/** `valet-sim run SCENARIO...`: replays every topology of every scenario, saves and shows the results. */
export async function run(files: readonly string[], options: RunOptions): Promise<ExitCode> {
  const places = choosePlaces(files, options);
  const scenarios = await loadAll(files, options);
  spareInputs(
    places,
    scenarios.flatMap(scenario => scenario.inputs),
  );
  places.forEach(prepare);

  const notices = openNotices(process.stderr, options.quiet);
  // Uploads on standard output are for a program; the tables for people then go where notices go.
  const screen = options.uploadsCsv === '-' ? process.stderr : process.stdout;
  const view = openView(options.format, screen, options);
  const results: Result[] = [];
  for (const [i, loaded] of scenarios.entries()) {
    const { result, uploads } = runScenario(loaded, { uploads: options.uploadsCsv !== undefined });
    const saved = await save(result, uploads, places[i], process.stdout);
    await view.add(result);
    warningsOf(loaded, result).forEach(notices.note);
    for (const file of saved) notices.note(`saved ${file}`);
    results.push(result);
  }
  await view.end();
  return judge(results, notices);
}
