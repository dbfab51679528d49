import type { Interval } from './precision.js';
import type { TopologyResult } from './topology.js';

/** What figures are read from. */
export type Measured = Pick<TopologyResult, 'uploads' | 'background'>;

/**
 * The figure of a topology by its name in objectives: its path in the result (`latency.p99`), but for the uploads',
 * and for shares of what was offered (`failed`, `failures.timeout`, `background.GET /feed.failed`). Null where it does
 * not exist.
 */
export function figureOf(topology: Measured, name: string): number | null {
  const { uploads } = topology;
  if (name === 'failed' || name === 'succeeded' || name === 'unfinished') {
    return share(uploads[name], uploads.offered);
  }
  if (name === 'amplification') return uploads.amplification;
  if (name.startsWith('failures.')) {
    return share(uploads.failures[name.slice('failures.'.length)] ?? 0, uploads.offered);
  }
  if (name === 'retriesDenied') return uploads.retriesDenied;
  if (name.startsWith('background.')) return backgroundFigure(topology, name.slice('background.'.length));
  return at(topology, name.split('.'));
}

/** The interval of the same over replications; null where there is none. */
export function intervalOf(topology: Pick<TopologyResult, 'ci95' | 'shares'>, name: string): Interval | null {
  const path = name === 'amplification' || name === 'retriesDenied' ? `uploads.${name}` : name;
  // Results of earlier versions have no shares.
  return topology.shares?.[name] ?? (isShare(name) ? null : (topology.ci95?.[path] ?? null));
}

/** The names of all shares that a topology has. */
export function sharesOf({ uploads, background }: Measured): readonly string[] {
  return [
    ...['succeeded', 'failed', 'unfinished'],
    ...Object.keys(uploads.failures).map(reason => `failures.${reason}`),
    ...background.map(({ name }) => `background.${name}.failed`),
  ];
}

/** Where its path in the result leads to a number of uploads or requests instead, or nowhere. */
function isShare(name: string): boolean {
  return /^(?:succeeded|failed|unfinished|failures\..*|background\..*\.failed)$/s.test(name);
}

/** Names of background classes may hold dots: the class is the one whose name the rest begins with. */
function backgroundFigure(topology: Measured, name: string): number | null {
  for (const background of topology.background) {
    if (!name.startsWith(`${background.name}.`)) continue;
    const rest = name.slice(background.name.length + 1);
    if (rest === 'failed') return share(background.failed, background.offered);
    const value = at(background, rest.split('.'));
    if (value !== null) return value;
  }
  return null;
}

function share(part: number, whole: number): number | null {
  return whole > 0 ? part / whole : null;
}

function at(root: unknown, path: readonly string[]): number | null {
  let value = root;
  for (const key of path) {
    if (typeof value !== 'object' || value === null) return null;
    value = (value as Record<string, unknown>)[key];
  }
  return typeof value === 'number' ? value : null;
}
