import type { Series, TopologyResult, Usage } from '../../result.js';
import type { Flow } from './arrivals.js';

/** From this share of a capacity on, in the mean over half the arrivals, nothing is left of it. */
const FULL = 0.98;
/** A queue that grows steadily is 7/3 as long in the last quarter as in the second; one that only varies is not. */
const GROWTH = 1.5;
/** Uploads; fewer come and go by chance. */
const AT_LEAST = 10;

export interface Full {
  readonly ofServers: boolean;
  /** As arithmetic by hand calls it, and in a sentence. */
  readonly resource: string;
  readonly name: string;
  readonly usage: Usage;
  /** Of the window, the share for which all work would keep it busy as it is when it is full. */
  readonly load: number;
}

export interface Growth {
  readonly full: readonly Full[];
  /** Uploads that can be served in a second; null where some of the work was left undone. */
  readonly most: number | null;
  /** Uploads in flight in the last quarter of the arrivals that are measured, which last for so long. */
  readonly inFlight: number;
  readonly span: number;
}

/** More is asked for than can be served, for as long as the arrivals last; null where that cannot be seen. */
export function growthOf(
  { rate, until }: Flow,
  result: TopologyResult,
  warmup: number,
  scaled: boolean,
): Growth | null {
  // What a scaled fleet can serve changes; there is a warning of its own for one that cannot grow.
  if (scaled) return null;
  const begin = result.window[0];
  const end = Math.min(until, result.window[1]);
  const span = end - begin;
  const at = (share: number): number => begin + share * span;
  const quarter = (n: number): number => mean(result.series, 'active', at((n - 1) / 4), at(n / 4));
  const [second, third, last] = [quarter(2), quarter(3), quarter(4)];
  const grows = second < third && third < last && last > growth(warmup, span) * second;
  const full = fullResources(result, at(1 / 2), end);
  if (!grows || last - second < AT_LEAST || full.length === 0) return null;
  const most = servable(result, full);
  // A system close to its capacity has long queues now and then, and they go again.
  if (most !== null && rate <= most) return null;
  return { full, most, inFlight: last, span };
}

/** A queue that has grown throughout the warm-up grows by less of itself afterwards. */
function growth(warmup: number, span: number): number {
  const second = (3 / 8) * span;
  return 1 + ((GROWTH - 1) * second) / (warmup + second);
}

/** All uploads of the window together have kept the resource busy for so long. */
function servable({ uploads, window, series }: TopologyResult, full: readonly Full[]): number | null {
  if (uploads.succeeded < uploads.offered) return null;
  const busy = Math.max(...full.map(({ load }) => load)) * (window[1] - window[0]);
  return series.completed.reduce((sum, count) => sum + count, 0) / busy;
}

/** What threads wait for says more than that they wait. */
function fullResources({ series, server, storage }: TopologyResult, from: number, to: number): Full[] {
  const full = (
    resource: string,
    name: string,
    usage: Usage | null,
    values: SeriesName,
    changing?: SeriesName,
  ): Full[] => {
    if (usage === null || usage.capacity === null) return [];
    const changes = changing !== undefined && series[changing] !== null;
    const capacity = changes ? mean(series, changing, from, to) : usage.capacity;
    if (!(mean(series, values, from, to) >= FULL * capacity)) return [];
    const ofServers = resource !== STORAGE_IN;
    const load = changes ? usage.mean / capacity : (usage.utilization ?? 0);
    return [{ ofServers, resource, name, usage, load }];
  };
  const { networkIn, networkOut, cpu, disk, threads } = server;
  const moving = [
    ...full('network in', "the servers' network in", networkIn, 'networkIn', 'networkInCapacity'),
    ...full('network out', "the servers' network out", networkOut, 'networkOut', 'networkOutCapacity'),
    ...full(STORAGE_IN, "storage's network in", storage.networkIn, 'storageIn', 'storageInCapacity'),
    ...full('CPU cores', 'the CPU', cpu, 'cpu'),
    ...full('disk', "the bandwidth of the servers' disk", disk, 'disk'),
  ];
  return moving.length > 0 ? moving : full('threads', 'the pool of threads', threads, 'threads');
}

export const STORAGE_IN = 'storage in';

type SeriesName = Exclude<keyof Series, 'binWidth' | 'time'>;

/** Mean over the bins that begin in [from, to); NaN where there are none. */
function mean(series: Series, name: SeriesName, from: number, to: number): number {
  const values = (series[name] ?? []).filter((_, bin) => series.time[bin]! >= from && series.time[bin]! < to);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
