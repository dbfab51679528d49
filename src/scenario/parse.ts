/** A scenario's text -> the scenario; every problem at once. Free of Node's modules, so that a browser can use it. */
import type { Assumption } from '../result.js';
import { crossFindings, knownNames } from './checks.js';
import { type Complain, readDocument } from './document.js';
import { type ReadFile, ScenarioFiles } from './files.js';
import { check, type Finding } from './issues.js';
import { didYouMean } from './nearest.js';
import { type Problem, ScenarioError } from './problem.js';
import { resolve } from './resolve.js';
import { withFiles } from './schema/context.js';
import { isMapping } from './schema/form.js';
import { scenarioSchema } from './schema/scenario.js';
import { kindOf } from './schema/topology.js';
import { withSet } from './set.js';
import { SourceText } from './source.js';
import { either, quoted } from './text.js';
import { type Entry, optionWithin, type Place, placeOf, plain, planted, type Tree } from './tree.js';
import type { Scenario } from './types.js';

export interface ParseOptions {
  /** Path of the scenario as the user named it, for messages; files are looked for beside it. */
  readonly file: string;
  /** Reads traces and empirical distributions; without it a scenario cannot refer to any. */
  readonly readFile?: ReadFile;
  /** `PATH=VALUE` of each `--set`. */
  readonly overrides?: readonly string[];
  /** Replaces the scenario's seed. */
  readonly seed?: string;
  /** Names of the topologies to keep; all, if absent. */
  readonly topologies?: readonly string[];
}

export interface ParsedScenario {
  readonly scenario: Scenario;
  /** The scenario with all its defaults, in the form of a scenario file. */
  readonly resolved: unknown;
  /** What the user should know, though the scenario can be run. */
  readonly warnings: readonly string[];
  /** Values that it does not give: defaults, and those of profiles. */
  readonly assumptions: readonly Assumption[];
}

/** Problems that are kept; a file with more has one reason for most of them. */
const mostProblems = 1000;

/**
 * Reads a scenario.
 * @throws ScenarioError with everything that is wrong with it
 */
export function parseScenario(text: string, options: ParseOptions): ParsedScenario {
  const report: Report = new Report(text, options.file);
  const tree = document(text, options, report);
  report.stopIfBroken(tree);
  const raw = plain(tree);
  const files = new ScenarioFiles(options.readFile, options.file, problem => report.foreign(problem));
  return withFiles(files, () => {
    const result = check(scenarioSchema, raw);
    if (!result.ok) report.findings(result.findings, tree);
    if (isMapping(raw)) report.findings(crossFindings(raw), tree);
    const selected = selection(raw, options.topologies, report);
    report.stop();
    if (!result.ok || !isMapping(raw)) throw new ScenarioError([internal(options.file)]);
    const { scenario, resolved, warnings, assumptions, findings } = resolve(raw, result.value, selected);
    report.findings(findings, tree);
    report.stop();
    return { scenario, resolved, warnings, assumptions };
  });
}

/** The document with all options in it, or undefined where it cannot be read. */
function document(text: string, { overrides = [], seed }: ParseOptions, report: Report): Tree | undefined {
  let tree = readDocument(text, offset => offset, report.complain);
  if (tree === undefined) return undefined;
  if (tree.kind === 'scalar' && tree.value === null) {
    report.complain(0, [], {
      code: 'empty',
      message: 'the scenario is empty',
      allowed: 'at least name, and workload.uploads with arrivals and size',
    });
    return undefined;
  }
  for (const option of overrides) tree = withSet(tree, option, report.complain);
  if (seed !== undefined && tree.kind === 'map') {
    const place: Place = { option: '--seed' };
    const entry: Entry = { keyPlace: place, value: planted(seed, place) };
    tree = { ...tree, entries: new Map([...tree.entries, ['seed', entry]]) };
  }
  return tree;
}

/** The topologies that `--topology` names, or undefined for all. */
function selection(
  raw: unknown,
  names: readonly string[] | undefined,
  report: Report,
): ReadonlySet<string> | undefined {
  if (names === undefined || names.length === 0) return undefined;
  const known = knownNames(raw).topologies;
  const meant = names.map(name => {
    const kind = known.includes(name) ? undefined : kindOf(name);
    return kind !== undefined && known.includes(kind) ? kind : name;
  });
  for (const name of meant) {
    if (known.includes(name)) continue;
    report.complain({ option: '--topology' }, [], {
      code: 'unknown-name',
      message: `the scenario has no topology ${quoted(name)}${didYouMean(name, known)}`,
      allowed: either(known),
    });
  }
  return new Set(meant);
}

const internal = (file: string): Problem => ({
  code: 'invalid',
  path: [],
  file,
  line: 1,
  column: 1,
  message: 'the scenario is not valid',
  allowed: 'a mapping with name and workload',
});

/** Collects problems and gives each its place. */
class Report {
  readonly #source: SourceText;
  readonly #file: string;
  readonly #own: (Problem & { readonly order: number })[] = [];
  readonly #foreign: Problem[] = [];
  readonly #seen = new Set<string>();
  #more = 0;

  constructor(text: string, file: string) {
    this.#source = new SourceText(text);
    this.#file = file;
  }

  readonly complain: Complain = (place, path, problem) => {
    const key = JSON.stringify([place, problem.code, problem.message]);
    if (this.#seen.has(key)) return;
    this.#seen.add(key);
    if (this.#own.length >= mostProblems) {
      this.#more += 1;
      return;
    }
    if (typeof place === 'number') {
      this.#own.push({ ...problem, path, file: this.#file, ...this.#source.position(place), order: place });
    } else {
      this.#own.push({
        ...problem,
        path,
        file: this.#file,
        option: place.option,
        order: Number.POSITIVE_INFINITY,
      });
    }
  };

  findings(list: readonly Finding[], tree: Tree): void {
    for (const { path, aim, complaint, also = [] } of list) {
      const { code, what, allowed } = complaint;
      const place = placeOf(tree, path, aim);
      // What the file has may be wrong only because of what an option put beside it.
      const option = typeof place === 'number' ? optionWithin(tree, [path, ...also]) : undefined;
      this.complain(option ?? place, path, {
        code,
        message: what,
        ...(allowed === undefined ? {} : { allowed }),
      });
    }
  }

  /** A problem inside another file, with its place already. */
  foreign(problem: Problem): void {
    this.#foreign.push(problem);
  }

  /** Ends the reading if there is any problem. */
  stop(): void {
    if (this.#own.length + this.#foreign.length === 0) return;
    const own = this.#own.toSorted((a, b) => a.order - b.order).map(({ order: _, ...problem }) => problem);
    const more: Problem[] =
      this.#more === 0
        ? []
        : [
            {
              code: 'more',
              path: [],
              file: this.#file,
              count: this.#more,
              message: `and ${this.#more} more`,
            },
          ];
    throw new ScenarioError([...own, ...more, ...this.#foreign]);
  }

  stopIfBroken(tree: Tree | undefined): asserts tree is Tree {
    if (tree !== undefined) return;
    this.stop();
    throw new ScenarioError([internal(this.#file)]);
  }
}
