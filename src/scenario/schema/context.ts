/** The files that a scenario refers to (traces, empirical distributions), as its schema asks for them. */
import type { Trace } from '../types.js';
import { Complaint } from './form.js';

export interface ValueBounds {
  /** What the values are, for messages: `a size`. */
  readonly noun: string;
  readonly positive: boolean;
  readonly most: number;
}

/** Where files come from. A file that is wrong inside reports its problems itself and gives `alreadyReported`. */
export interface Files {
  trace(path: string, use: 'uploads' | 'background'): Trace | Complaint;
  empirical(path: string, bounds: ValueBounds): readonly number[] | Complaint;
}

const none: Files = {
  trace: () => new Complaint('file', 'no files can be read here'),
  empirical: () => new Complaint('file', 'no files can be read here'),
};

let current = none;

/**
 * Runs `body`, in which the schema reads its files through `files`. Parsing is synchronous and zod hands no context
 * to its transforms, so the context is what is current meanwhile.
 */
export function withFiles<T>(files: Files, body: () => T): T {
  const before = current;
  current = files;
  try {
    return body();
  } finally {
    current = before;
  }
}

export const currentFiles = (): Files => current;
