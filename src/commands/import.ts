import { join } from 'node:path';
import { ExitCode, UserError } from '../errors.js';
import { backgroundOf } from '../import/background.js';
import { formatNamed } from '../import/formats/registry.js';
import { readLogs } from '../import/read-logs.js';
import { refuseWithoutUploads } from '../import/refusal.js';
import { report } from '../import/report.js';
import { scenarioText } from '../import/scenario-text.js';
import { summarize } from '../import/summary.js';
import {
  backgroundFiles,
  checkTargets,
  chooseTargets,
  scenarioFile,
  uploadsFile,
} from '../import/targets.js';
import { backgroundTrace, uploadTrace } from '../import/traces.js';
import { writeFile } from '../present/export/file.js';
import { writeTo } from '../present/export/stream.js';
import { openNotices } from '../present/notices.js';
import { chooseTheme } from '../present/terminal/theme.js';
import { type ImportOptions, rulesOf } from './import-options.js';

/** `valet-sim import LOG...`: makes a scenario and its traces of access logs, and says what they told. */
export async function importLogs(names: readonly string[], options: ImportOptions): Promise<ExitCode> {
  if (names.indexOf('-') !== names.lastIndexOf('-')) throw new UserError('standard input (-) is there once');
  const rules = rulesOf(options);
  const format = options.logFormat === undefined ? undefined : formatNamed(options.logFormat);
  const targets = chooseTargets(names, options.out);
  const scenario = scenarioFile(targets);
  const inFolder = (file: string) => join(targets.folder, file);
  checkTargets([scenario, inFolder(uploadsFile(targets))], names, options.force);

  const logs = await readLogs(names, format, rules);
  refuseWithoutUploads(logs, rules);
  const background = backgroundOf(logs.collected, rules.groups);
  const traces = { uploads: uploadsFile(targets), background: backgroundFiles(targets, background) };
  const made = {
    logs,
    rules,
    summary: summarize(logs.collected),
    background,
    traces,
    sizesText: options.size,
  };
  checkTargets(traces.background.map(inFolder), names, options.force);

  // The scenario comes last: where it is, its traces are, too.
  await writeFile(inFolder(traces.uploads), uploadTrace(logs.collected));
  for (const [i, one] of background.entries())
    await writeFile(inFolder(traces.background[i]!), backgroundTrace(logs.collected, one));
  await writeFile(scenario, [scenarioText(made)]);

  await writeTo(process.stdout, report(made, chooseTheme(process.stdout, process.env, options.color)));
  const notices = openNotices(process.stderr, options.quiet);
  for (const file of [...[traces.uploads, ...traces.background].map(inFolder), scenario])
    notices.note(`wrote ${file}`);
  notices.note(`next: valet-sim run ${scenario}`);
  return ExitCode.ok;
}
