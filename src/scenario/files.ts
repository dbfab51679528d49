/** The files that one scenario refers to: each read once, its problems reported once. */
import { CsvProblems } from './csv.js';
import type { Problem } from './problem.js';
import type { Files, ValueBounds } from './schema/context.js';
import { alreadyReported, Complaint } from './schema/form.js';
import { escapeText } from './text.js';
import { readEmpirical, readTrace } from './trace.js';
import type { Trace } from './types.js';

/** A file's bytes, or why there are none. */
export type FileContent =
  | { readonly ok: true; readonly bytes: Uint8Array }
  | { readonly ok: false; readonly message: string };

/** Reads a file by its path as the scenario has it, relative to the scenario's folder. */
export type ReadFile = (path: string) => FileContent;

export class ScenarioFiles implements Files {
  readonly #read: ReadFile | undefined;
  readonly #scenario: string;
  readonly #report: (problem: Problem) => void;
  readonly #known = new Map<string, unknown>();

  /**
   * @param scenario path of the scenario, beside which the files are
   * @param report takes the problems inside a file
   */
  constructor(read: ReadFile | undefined, scenario: string, report: (problem: Problem) => void) {
    this.#read = read;
    this.#scenario = scenario;
    this.#report = report;
  }

  trace(path: string, use: 'uploads' | 'background'): Trace | Complaint {
    return this.#once(`trace ${use} ${path}`, () =>
      this.#parse(path, (bytes, problems) => readTrace(bytes, path, use, problems)),
    );
  }

  empirical(path: string, bounds: ValueBounds): readonly number[] | Complaint {
    return this.#once(`${JSON.stringify(bounds)} ${path}`, () =>
      this.#parse(path, (bytes, problems) => readEmpirical(bytes, bounds, problems)),
    );
  }

  #once<T>(key: string, make: () => T): T {
    if (!this.#known.has(key)) this.#known.set(key, make());
    return this.#known.get(key) as T;
  }

  #parse<T>(path: string, parse: (bytes: Uint8Array, problems: CsvProblems) => T | undefined): T | Complaint {
    const content = this.#read?.(path) ?? { ok: false as const, message: 'no files can be read here' };
    if (!content.ok) {
      return new Complaint(
        'file',
        `${escapeText(path)}: ${content.message}`,
        'a CSV, by its path relative to the scenario',
      );
    }
    const problems = new CsvProblems();
    const value = parse(content.bytes, problems);
    const file = beside(this.#scenario, path);
    for (const problem of problems.list) this.#report({ ...problem, path: [], file });
    if (problems.more > 0)
      this.#report({
        code: 'more',
        path: [],
        file,
        count: problems.more,
        message: `and ${problems.more} more`,
      });
    return value ?? alreadyReported;
  }
}

/** A path relative to a file's folder, as the user would write it. */
export function beside(file: string, path: string): string {
  const folder = /^.*[/\\]/.exec(file)?.[0] ?? '';
  return /^([/\\]|[a-zA-Z]:)/.test(path) ? path : folder + path.replace(/^\.[/\\]/, '');
}
