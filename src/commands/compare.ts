import { ExitCode } from '../errors.js';
import { openNotices } from '../present/notices.js';
import { openProgress } from '../present/progress.js';
import { showSideBySide } from '../present/study/show.js';
import type { Result } from '../result.js';
import type { Loaded } from '../study/loaded.js';
import { type Named, sideBySide } from '../study/side-by-side.js';
import { courseFor } from './course.js';
import { type Course, drive } from './drive.js';
import { loadAll } from './load-all.js';
import type { CompareOptions } from './run-options.js';
import { savedResult } from './saved-result.js';

/** `valet-sim compare A B`: two saved results or scenarios side by side. */
export async function compare(a: string, b: string, options: CompareOptions): Promise<ExitCode> {
  const files = [a, b];
  // What can be wrong with either is told before minutes are spent on the other.
  const saved = files.map(file => (file.endsWith('.json') ? savedResult(file).result : null));
  const scenarios = await loadAll(
    files.filter((_, i) => saved[i] === null),
    options,
  );
  const toRun = scenarios.map(loaded => ({ loaded, course: courseFor(loaded.scenario, options) }));
  const sides: Named[] = [];
  for (const [i, file] of files.entries()) {
    const result = saved[i] ?? (await runOf(toRun.shift()!, options));
    if (result === null) {
      openNotices(process.stderr, options.quiet).alert(`interrupted: "${file}" is not finished`);
      return ExitCode.interrupted;
    }
    sides.push({ file, result });
  }
  await showSideBySide(sideBySide(sides[0]!, sides[1]!), options.format, process.stdout, options);
  return ExitCode.ok;
}

async function runOf(
  { loaded, course }: { readonly loaded: Loaded; readonly course: Course },
  { quiet }: CompareOptions,
): Promise<Result | null> {
  const progress = openProgress(process.stderr, process.env, quiet, () => performance.now());
  const { result, failure } = await drive(loaded, { uploads: false }, progress, course);
  if (failure !== null) throw failure;
  return result.partial === null ? result : null;
}
