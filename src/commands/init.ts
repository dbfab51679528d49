import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { ExitCode, UserError } from '../errors.js';
import { askFor } from '../init/dialogue.js';
import { scenarioText } from '../init/scenario-text.js';
import { checkRoomFor, writeFile } from '../present/export/file.js';
import { writeTo } from '../present/export/stream.js';
import { openNotices } from '../present/notices.js';
import { parseScenario } from '../scenario/parse.js';
import { ScenarioError } from '../scenario/problem.js';
import { answersOf, filled, type InitOptions } from './init-options.js';

/** `valet-sim init [FILE]`: writes a scenario to start from, after some questions where somebody can answer them. */
export async function init(file: string, options: InitOptions): Promise<ExitCode> {
  const given = answersOf(options);
  if (file !== '-') checkPlace(file, options.force);
  const dialogue = !options.yes && process.stdin.isTTY === true && process.stderr.isTTY === true;
  const answers = dialogue ? await askFor(given, process.stdin, process.stderr) : filled(given);
  if (answers === null) return ExitCode.interrupted;

  const text = scenarioText(answers, file !== '-' && existsSync(join(dirname(file), 'scenario.schema.json')));
  checkTogether(text);
  if (file === '-') {
    await writeTo(process.stdout, text);
    return ExitCode.ok;
  }
  await writeFile(file, [text]);
  openNotices(process.stderr, options.quiet).note(`wrote ${file}\nnext: valet-sim run ${file}`);
  return ExitCode.ok;
}

/** @throws UserError where the file cannot be written, or is there already */
function checkPlace(file: string, force: boolean): void {
  checkRoomFor(file);
  if (existsSync(file) && !force)
    throw new UserError(`"${file}" is there already; --force overwrites it, another name spares it`);
}

/** @throws UserError where answers that are good by themselves do not go together: more uploads than a run can hold */
function checkTogether(text: string): void {
  try {
    parseScenario(text, { file: 'init' });
  } catch (error) {
    if (!(error instanceof ScenarioError)) throw error;
    const [{ message, allowed }] = error.problems as [ScenarioError['problems'][number]];
    throw new UserError(
      `these values do not go together: ${message}${allowed === undefined ? '' : `; ${allowed}`}`,
    );
  }
}
