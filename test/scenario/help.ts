import { type ParsedScenario, type ParseOptions, parseScenario } from '../../src/scenario/parse.js';
import { type Problem, ScenarioError } from '../../src/scenario/problem.js';

/** The smallest scenario, as lines that a test may change. */
export const smallest = 'name: m\nworkload:\n  uploads:\n    arrivals: { count: 1 }\n    size: 1MB\n';

type Options = Partial<ParseOptions> & { readonly files?: Readonly<Record<string, string | Uint8Array>> };

export function parse(text: string, { files = {}, ...options }: Options = {}): ParsedScenario {
  const encoder = new TextEncoder();
  return parseScenario(text, {
    file: 'scenarios/s.yaml',
    readFile: path => {
      const content = files[path];
      if (content === undefined) return { ok: false, message: 'no such file' };
      return { ok: true, bytes: typeof content === 'string' ? encoder.encode(content) : content };
    },
    ...options,
  });
}

/** The error that a scenario must give. */
export function errorOf(run: () => unknown): ScenarioError {
  try {
    run();
  } catch (error) {
    if (error instanceof ScenarioError) return error;
    throw error;
  }
  throw new Error('the scenario was accepted');
}

export const problemsOf = (text: string, options: Options = {}): readonly Problem[] =>
  errorOf(() => parse(text, options)).problems;
