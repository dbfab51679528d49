import { ExitCode } from '../errors.js';
import { openNotices } from '../present/notices.js';
import { openProgress } from '../present/progress.js';
import { prepare, save } from '../present/save.js';
import { openView } from '../present/view.js';
import type { Result } from '../result.js';
import { courseFor } from './course.js';
import { drive } from './drive.js';
import { interruption } from './interruption.js';
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
  const courses = scenarios.map(({ scenario }) => courseFor(scenario, options));
  places.forEach(prepare);

  const notices = openNotices(process.stderr, options.quiet);
  // Uploads on standard output are for a program; the tables for people then go where notices go.
  const screen = options.uploadsCsv === '-' ? process.stderr : process.stdout;
  const view = openView(options.format, screen, options);
  const wanted = { uploads: options.uploadsCsv !== undefined, baseline: options.baseline };
  const results: Result[] = [];
  for (const [i, loaded] of scenarios.entries()) {
    const progress = openProgress(process.stderr, process.env, options.quiet, () => performance.now());
    const { result, uploads, failure } = await drive(loaded, wanted, progress, courses[i]);
    const { partial, topologies } = result;
    if (topologies.length > 0) {
      const saved = await save(result, uploads, places[i], process.stdout);
      await view.add(result);
      results.push(result);
      warningsOf(loaded, result).forEach(notices.note);
      for (const file of saved) notices.note(`saved ${file}`);
    }
    if (partial !== null) {
      if (failure === null) notices.alert(interruption(result, files.slice(i + 1)));
      if (results.length > 0) await view.end();
      if (failure !== null) throw failure;
      return ExitCode.interrupted;
    }
  }
  await view.end();
  return judge(results, notices);
}
