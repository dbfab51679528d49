import { UserError } from '../errors.js';
import { type Answers, isRate, questions } from '../init/questions.js';

/** The options of `init`, as the command line hands them over. */
export interface InitOptions {
  readonly uploads?: string;
  readonly rate?: string;
  readonly for?: string;
  readonly size?: string;
  readonly uplink?: string;
  readonly threads?: string;
  readonly memory?: string;
  readonly network?: string;
  readonly topology?: readonly string[];
  readonly yes: boolean;
  readonly force: boolean;
  readonly quiet: boolean;
}

/**
 * The answers that options give.
 * @throws UserError that names the option with a bad value
 */
export function answersOf(options: InitOptions): Partial<Answers> {
  const { rate, uploads, topology } = options;
  if (rate !== undefined && uploads !== undefined)
    throw new UserError('--uploads and --rate contradict each other: leave one of them out');
  if (uploads !== undefined && isRate(uploads))
    throw new UserError(`--uploads: "${uploads}" is a number per time; --rate takes that`);
  if (rate !== undefined && !isRate(rate))
    throw new UserError(`--rate: "${rate}" is no number per time; e.g. 20/s`);
  const given: Partial<Record<keyof Answers, string | undefined>> = {
    ...options,
    uploads: rate ?? uploads,
    topology: topology?.join(', '),
  };
  const answers: Partial<Record<keyof Answers, string>> = {};
  for (const { name, problem } of questions) {
    const answer = given[name]?.trim();
    if (answer === undefined) continue;
    const wrong = problem(answer, answers);
    if (wrong !== undefined)
      throw new UserError(`--${name === 'uploads' && rate !== undefined ? 'rate' : name}: ${wrong}`);
    answers[name] = answer;
  }
  return answers;
}

/** Answers with the defaults of those that are not given. */
export function filled(given: Partial<Answers>): Answers {
  const answers: Partial<Record<keyof Answers, string>> = { ...given };
  for (const { name, fallback } of questions) answers[name] ??= fallback(answers);
  return answers as Answers;
}
