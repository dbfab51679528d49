/** What is wrong with a scenario, as data; the text that a person reads is made only when it is asked for. */
import { UserError } from '../errors.js';
import type { Excerpt } from './source.js';
import { cut, escapeText } from './text.js';

export type Path = readonly (string | number)[];

export interface Problem {
  /** Stable and short: `unknown-key`, `missing`, `other-kind`, ... */
  readonly code: string;
  /** Where in the scenario; empty for the whole. */
  readonly path: Path;
  /** As the user named it; of a trace, the CSV. */
  readonly file: string;
  /** From 1; absent where an option is at fault, or other problems are counted. */
  readonly line?: number;
  readonly column?: number;
  /** The option on the command line that brought the value in, such as `--set server.threads=x`. */
  readonly option?: string;
  /** What is wrong. */
  readonly message: string;
  /** What would be right. */
  readonly allowed?: string;
  readonly excerpt?: Excerpt;
  /** Of `more`: how many problems it stands for. */
  readonly count?: number;
}

/** A scenario that cannot be run, with every problem in it. `message` is the complete text, under 16 kB. */
export class ScenarioError extends UserError {
  readonly problems: readonly Problem[];

  constructor(problems: readonly Problem[]) {
    super();
    this.problems = problems;
    let text: string | undefined;
    Object.defineProperty(this, 'message', {
      configurable: true,
      get: () => {
        text ??= renderProblems(problems);
        return text;
      },
    });
  }
}

/** `clients[0].uplink`; a key that would be misread is quoted. */
export function pathText(path: Path): string {
  let text = '';
  for (const key of path) {
    if (typeof key === 'number') text += `[${key}]`;
    else if (/^[\p{L}_][\p{L}\p{N}_-]{0,59}$/u.test(key)) text += text === '' ? key : `.${key}`;
    else text += `["${escapeText(cut(key, 60))}"]`;
  }
  return text;
}

const mostBytes = 15_500;

/** All problems in order, each with its place, as much as fits into 15.5 kB; the rest is counted. */
export function renderProblems(problems: readonly Problem[], most = mostBytes): string {
  const encoder = new TextEncoder();
  const blocks: string[] = [];
  let size = 0;
  for (const [index, problem] of problems.entries()) {
    const block = renderProblem(problem);
    const bytes = encoder.encode(block).length + 1;
    if (size + bytes > most && index > 0) {
      const left = problems.slice(index).reduce((sum, { count = 1 }) => sum + count, 0);
      blocks.push(`and ${left} more`);
      break;
    }
    blocks.push(block);
    size += bytes;
  }
  return blocks.join('\n');
}

/** `FILE:LINE:COL: path: what is wrong; what is allowed`, and the line with a caret under the place. */
export function renderProblem(problem: Problem): string {
  const { line, column, option, excerpt } = problem;
  const place = line === undefined ? [] : [`:${line}:${column ?? 1}`];
  const file = `${escapeText(cut(problem.file, 300))}${place.join('')}`;
  const path = pathText(problem.path);
  const where =
    option === undefined
      ? [file, path]
      : [escapeText(cut(option, 120)), namesPath(option, problem.path) ? '' : path];
  const allowed = problem.allowed === undefined ? '' : `; ${problem.allowed}`;
  const head = [
    ...where.filter(part => part !== ''),
    escapeText(cut(`${problem.message}${allowed}`, 900)),
  ].join(': ');
  if (excerpt === undefined || line === undefined) return head;
  const margin = String(line);
  return `${head}\n  ${margin} | ${excerpt.text}\n  ${' '.repeat(margin.length)} | ${' '.repeat(excerpt.caret)}^`;
}

/** An option that sets a value names its path, and what that lies in; not what is wrong elsewhere for its sake. */
function namesPath(option: string, path: Path): boolean {
  const key = path.findLast(step => typeof step === 'string');
  if (key === undefined || !/^--(set|vary) /.test(option) || option.includes(pathText(path))) return true;
  // Items of lists that it names are counted in the path.
  return /[^.\s[\]"]+(?=(?:\[\d+\]|"\])*$)/.exec(option)?.[0] === key;
}
