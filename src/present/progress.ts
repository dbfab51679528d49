import stringWidth from 'string-width';
import { duration, percent } from '../readable.js';
import { clean } from './terminal/text.js';

/** Shows how far a long run has come. */
export interface Progress {
  /** @param share of the work that is done, 0 to 1 */
  readonly show: (what: string, share: number) => void;
  /** Takes the line away again. */
  readonly end: () => void;
}

/** A terminal, or what stands in for one. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/** Runs that are shorter need no progress; pictures a second that people can follow. */
const PATIENCE_MS = 1000;
const INTERVAL_MS = 100;

const silent: Progress = { show: () => {}, end: () => {} };

/**
 * One line that is written over and over, on a terminal that can do so; nowhere else, and in a build server never.
 *
 * @param now milliseconds, from anywhere
 */
export function openProgress(
  screen: Screen,
  env: Readonly<Record<string, string | undefined>>,
  quiet: boolean,
  now: () => number,
): Progress {
  if (quiet || screen.isTTY !== true || env.TERM === 'dumb' || isSet(env.CI)) return silent;
  const begun = now();
  let last = begun + PATIENCE_MS - INTERVAL_MS;
  let shown = false;
  return {
    show(what, share) {
      const time = now();
      if (time - last < INTERVAL_MS) return;
      last = time;
      shown = true;
      const parts = describe(clean(what), share, (time - begun) / 1000);
      screen.write(`\r\u001b[K${fitting(parts, (screen.columns ?? 80) - 1)}`);
    },
    end() {
      if (shown) screen.write('\r\u001b[K');
      shown = false;
    },
  };
}

const BAR = 20;

/** "██████░░░░ 31%", "about 12 s left", "proxy-buffered", what Ctrl-C does: what matters most first. */
function describe(what: string, share: number, elapsed: number): readonly string[] {
  const full = Math.round(BAR * share);
  const bar = '█'.repeat(full) + '░'.repeat(BAR - full);
  // What little has been done says nothing yet of the rest.
  const left = share < 0.02 ? [] : [`about ${duration(roundUp((elapsed * (1 - share)) / share))} left`];
  return [`${bar} ${percent(Math.floor(100 * share) / 100)}`, ...left, what, 'Ctrl-C keeps what is finished'];
}

function fitting(parts: readonly string[], columns: number): string {
  return parts.reduce((line, part) => {
    const longer = line === '' ? part : `${line} · ${part}`;
    return stringWidth(longer) <= columns ? longer : line;
  }, '');
}

/** Times to wait are guesses: seconds, from a minute on in steps of ten. */
function roundUp(seconds: number): number {
  return seconds < 60 ? Math.ceil(seconds) : 10 * Math.ceil(seconds / 10);
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '' && value !== '0' && value !== 'false';
}
