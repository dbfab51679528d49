/** Questions and answers, line by line, on any streams. */
import { createInterface, type Interface } from 'node:readline';
import { clean } from '../present/terminal/text.js';
import { wrap } from '../present/terminal/width.js';
import { type Answers, questions } from './questions.js';

const introduction = 'Enter takes what stands in brackets; Ctrl-C leaves, and writes nothing.';

/**
 * Asks for what is not known yet, each until the answer is good.
 * @param known answers that are not asked for
 * @returns null where the user left (Ctrl-C, Ctrl-D)
 */
export async function askFor(
  known: Partial<Answers>,
  input: NodeJS.ReadableStream,
  output: NodeJS.WritableStream & { readonly columns?: number },
): Promise<Answers | null> {
  const reader = new LineReader(input, output);
  // Some terminals say that they have 0.
  const columns = output.columns || 80;
  const say = (text: string) => output.write(`${wrap(clean(text), columns, '  ').join('\n')}\n`);
  try {
    say(introduction);
    const answers: Partial<Record<keyof Answers, string>> = { ...known };
    for (const { name, text, fallback, problem } of questions) {
      while (answers[name] === undefined) {
        say(text(answers));
        const line = await reader.ask(`  [${fallback(answers)}] `);
        if (line === null) {
          output.write('\n');
          return null;
        }
        const answer = line.trim() === '' ? fallback(answers) : line.trim();
        const wrong = problem(answer, answers);
        if (wrong === undefined) answers[name] = answer;
        else say(wrong);
      }
    }
    return answers as Answers;
  } finally {
    reader.close();
  }
}

/** Lines as they come: several may come at once, as when they are pasted. */
class LineReader {
  readonly #lines: string[] = [];
  readonly #interface: Interface;
  #waiting: ((line: string | null) => void) | undefined;
  #closed = false;

  constructor(input: NodeJS.ReadableStream, output: NodeJS.WritableStream) {
    this.#interface = createInterface({ input, output, historySize: 0 });
    this.#interface.on('line', line => this.#take(line));
    this.#interface.on('close', () => {
      this.#closed = true;
      this.#waiting?.(null);
    });
    this.#interface.on('SIGINT', () => this.#interface.close());
  }

  /** The next line, or null where there is none any more. */
  ask(prompt: string): Promise<string | null> {
    const [line] = this.#lines.splice(0, 1);
    this.#interface.setPrompt(prompt);
    if (!this.#closed) this.#interface.prompt();
    if (line !== undefined || this.#closed) return Promise.resolve(line ?? null);
    return new Promise(resolve => {
      this.#waiting = resolve;
    });
  }

  close(): void {
    this.#waiting = undefined;
    this.#interface.close();
  }

  #take(line: string): void {
    const waiting = this.#waiting;
    this.#waiting = undefined;
    if (waiting === undefined) this.#lines.push(line);
    else waiting(line);
  }
}
