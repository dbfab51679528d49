import { ExitCode } from '../errors.js';
import { writeTo } from '../present/export/stream.js';
import { openNotices } from '../present/notices.js';
import { digest } from './digest.js';
import { tryAll } from './load-all.js';
import type { ScenarioOptions } from './run-options.js';
import { asWarning } from './warnings.js';

/** `valet-sim check SCENARIO...`: says of each scenario whether it is valid, and why not. */
export async function check(files: readonly string[], options: ScenarioOptions): Promise<ExitCode> {
  const notices = openNotices(process.stderr, options.quiet);
  const { loaded, problem } = await tryAll(files, options);
  for (const scenario of loaded) {
    await writeTo(process.stdout, `${digest(scenario)}\n`);
    for (const warning of scenario.warnings) notices.note(asWarning(warning));
  }
  if (problem !== null) throw problem;
  return ExitCode.ok;
}
