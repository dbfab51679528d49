import type { TopologyResult, Usage } from '../../result.js';

/** A resource of a design and how hard it is pressed. */
export interface Pressure {
  /** Its path in the result: `server.networkIn`. */
  readonly resource: string;
  /** Mean use over capacity; of what is held and not used up (memory, disk space) the peak over capacity. */
  readonly use: number;
  /** Share of the window in which it is saturated. */
  readonly saturated: number;
}

/** Every limited resource of a design, the one that is pressed hardest first. */
export function pressures({ server, storage, window }: TopologyResult): readonly Pressure[] {
  const span = window[1] - window[0];
  const all: readonly (readonly [string, Usage | null, 'mean' | 'peak'])[] = [
    ['server.threads', server.threads, 'mean'],
    ['server.memory', server.memory, 'peak'],
    ['server.cpu', server.cpu, 'mean'],
    ['server.networkIn', server.networkIn, 'mean'],
    ['server.networkOut', server.networkOut, 'mean'],
    ['server.disk', server.disk, 'mean'],
    ['server.diskSpace', server.diskSpace, 'peak'],
    ['server.upstream', server.upstream, 'mean'],
    ['storage.networkIn', storage.networkIn, 'mean'],
    ['storage.networkOut', storage.networkOut, 'mean'],
  ];
  return all
    .flatMap(([resource, usage, kind]): Pressure[] => {
      if (usage === null || usage.capacity === null || usage.capacity === 0) return [];
      const saturated = span > 0 ? usage.saturatedFor / span : 0;
      return [{ resource, use: usage[kind] / usage.capacity, saturated }];
    })
    .sort((a, b) => b.saturated - a.saturated || b.use - a.use);
}

/** A resource that is full for less of the window is a passing moment, one that is used less has much to spare. */
const MOMENT = 0.01;
const BUSY = 0.5;

/**
 * What gives way first; null where nothing comes near its limit, so that more of it would not help. A server that runs out of memory dies within an instant, and a request rate that is exceeded
 * turns requests away: neither takes time, so both are told by what they do.
 */
export function bottleneckOf(result: TopologyResult): string | null {
  const { server, storage, uploads } = result;
  if (server.crashes > 0) return 'server.memory';
  const [hardest] = pressures(result).filter(({ use, saturated }) => saturated > MOMENT || use > BUSY);
  const turnedAway = uploads.attemptFailures;
  const most = Object.entries(turnedAway).toSorted(([, a], [, b]) => b - a)[0]?.[0];
  if (most === 'slow-down' && storage.slowDowns > 0) return 'storage.requestRate';
  if (most === 'out-of-memory') return 'server.memory';
  if (most === 'disk-full') return 'server.diskSpace';
  return hardest?.resource ?? null;
}
