import type { Result } from '../result.js';
import { toCsv } from './export/csv.js';
import { toJson } from './export/json.js';
import { writeTo } from './export/stream.js';
import { chooseTheme } from './terminal/theme.js';

/** The forms in which results can be printed. */
export type ResultFormat = 'table' | 'json' | 'csv' | 'markdown';

/** Where results are shown, one after the other as they come. */
export interface View {
  readonly add: (result: Result) => Promise<void>;
  /** To be called once after the last result. */
  readonly end: () => Promise<void>;
}

/** What the user asked for. */
export interface Wishes {
  /** false where there shall be none. */
  readonly color: boolean;
  /** Whether charts are drawn where the format has any. */
  readonly chart: boolean;
}

export function openView(format: ResultFormat, stream: NodeJS.WriteStream, wishes: Wishes): View {
  if (format === 'table') return tables(stream, wishes);
  if (format === 'markdown') return markdown(stream, wishes);
  const print = format === 'json' ? asJson : toCsv;
  return collected(results => writeTo(stream, print(results)));
}

/** One document for one result, an array for several. */
function asJson(results: readonly Result[]): string {
  return toJson(results.length === 1 ? results[0] : results);
}

/** Tables and charts for a terminal. */
function tables(stream: NodeJS.WriteStream, { color, chart }: Wishes): View {
  const theme = chooseTheme(stream, process.env, color);
  return growing(stream, `\n${'═'.repeat(theme.width)}\n\n`, async result => {
    // They take time to load, and other formats do without.
    const { report } = await import('./sections/report.js');
    const { print } = await import('./terminal/print.js');
    return print(report(result, { charts: chart }), theme);
  });
}

function markdown(stream: NodeJS.WritableStream, { chart }: Wishes): View {
  return growing(stream, '\n', async result => {
    const { report } = await import('./sections/report.js');
    const { toMarkdown } = await import('./export/markdown.js');
    return toMarkdown(report(result, { charts: chart }));
  });
}

/** Each result appears as soon as it is known. */
function growing(
  stream: NodeJS.WritableStream,
  between: string,
  write: (result: Result) => Promise<string>,
): View {
  let first = true;
  return {
    async add(result) {
      const text = await write(result);
      await writeTo(stream, first ? text : between + text);
      first = false;
    },
    end: async () => {},
  };
}

/** A document can only be written when all of it is there. */
function collected(print: (results: readonly Result[]) => Promise<void>): View {
  const results: Result[] = [];
  return {
    add: async result => {
      results.push(result);
    },
    end: () => print(results),
  };
}
