import { cleanLines } from './terminal/text.js';

/** What is said on standard error beside the results. */
export interface Notices {
  /** Good to know; silent with `-q`. */
  readonly note: (text: string) => void;
  /** Has to be known; `-q` does not silence it. */
  readonly alert: (text: string) => void;
}

export function openNotices(stream: NodeJS.WritableStream, quiet: boolean): Notices {
  const say = (text: string) => {
    stream.write(`${cleanLines(text)}\n`);
  };
  return { note: quiet ? () => {} : say, alert: say };
}
