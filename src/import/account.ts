/** What became of every line: an upload, a request in the background, or skipped for a reason. None is lost. */
export interface Example {
  /** As the user named it. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  readonly why: string;
  /** The line itself, as it stands in the log. */
  readonly text: string;
}

/** Lines that are kept to be shown. */
const mostExamples = 5;

/** Characters of such a line that are kept. */
const longestExample = 400;

export class Account {
  lines = 0;
  uploads = 0;
  background = 0;
  readonly skipped = new Map<string, number>();
  readonly examples: Example[] = [];

  skip(reason: string): void {
    this.skipped.set(reason, (this.skipped.get(reason) ?? 0) + 1);
  }

  /** Skips a line that could not be read, and keeps it, if it is one of the first. */
  malformed(why: string, file: string, line: number, text: string): void {
    this.skip(why);
    if (this.examples.length >= mostExamples) return;
    // Out of the buffer that the whole chunk of the file would otherwise be kept for.
    const kept = Buffer.from(text.slice(0, longestExample), 'latin1').toString('utf8');
    this.examples.push({ file, line, why, text: kept });
  }

  get skippedLines(): number {
    return [...this.skipped.values()].reduce((sum, count) => sum + count, 0);
  }
}
