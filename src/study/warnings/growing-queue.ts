import { count, duration } from '../../readable.js';
import type { Series, TopologyResult, Usage } from '../../result.js';
import type { Arrivals, TopologySpec } from '../../scenario/types.js';
import type { Evidence, Finding } from './warning.js';

/** From this share of a capacity on, in the mean over half the arrivals, nothing is left of it. */
const FULL = 0.98;
/** A queue that grows steadily is 7/3 as long in the last quarter as in the second; one that only varies is not. */
const GROWTH = 1.5;
/** Uploads; fewer come and go by chance. */
const AT_LEAST = 10;

/** More is asked for than can be served, for as long as the arrivals last: there is no steady state to measure. */
export function growingQueue({ scenario, spec, result }: Evidence): Finding[] {
  const arrivals = steady(scenario.workload.uploads.arrivals);
  // What a scaled fleet can serve changes; there is a warning of its own for one that cannot grow.
  if (arrivals === null || spec.server.autoscale !== null) return [];
  const begin = result.window[0];
  const end = Math.min(arrivals.until, result.window[1]);
  const at = (share: number): number => begin + share * (end - begin);
  const quarter = (n: number): number => mean(result.series, 'active', at((n - 1) / 4), at(n / 4));
  const [second, third, last] = [quarter(2), quarter(3), quarter(4)];
  const grows = second < third && third < last && last > GROWTH * second && last - second >= AT_LEAST;
  const full = fullResources(result, at(1 / 2), end);
  if (!grows || full.length === 0) return [];
  const most = servable(result, full);
  // A system close to its capacity has long queues now and then, and they go again.
  if (most !== null && arrivals.rate <= most) return [];
  const names = full.map(({ name }) => name).join(' and ');
  return [
    {
      fact: `${count(arrivals.rate)} uploads a second arrive${most === null ? '' : ` and about ${count(most)} can be served`}: ${names} ${full.length > 1 ? 'are' : 'is'} full, and the uploads in flight still grow when the ${duration(end - begin)} of arrivals end, to ${count(Math.round(last))}`,
      advice: `There is no steady state: percentiles describe the length of the run, and twice as long a run would have about twice the latencies. Lower the rate of arrivals, or give more of what is full${enough(most, arrivals.rate, spec, full)}.`,
    },
  ];
}

/** How many servers the rate needs at least, where it is the servers that are full. */
function enough(most: number | null, rate: number, { server }: TopologySpec, full: readonly Full[]): string {
  if (most === null || full.some(({ ofServers }) => !ofServers)) return '';
  return `: try server.count=${Math.ceil((server.count * rate) / most)}`;
}

interface Full {
  readonly ofServers: boolean;
  readonly name: string;
  readonly usage: Usage;
}

/**
 * Uploads that can be served in a second: all of them together have kept the resource busy for so long. Null where
 * some of the work was left undone.
 */
function servable({ uploads, window }: TopologyResult, full: readonly Full[]): number | null {
  if (uploads.succeeded < uploads.offered) return null;
  const busy = Math.max(...full.map(({ usage }) => usage.utilization ?? 0)) * (window[1] - window[0]);
  return uploads.offered / busy;
}

/** Arrivals of one rate. */
function steady(arrivals: Arrivals): { readonly rate: number; readonly until: number } | null {
  if (arrivals.kind === 'constant') return { rate: arrivals.rate, until: arrivals.for };
  if (arrivals.kind !== 'poisson' || arrivals.pieces.length !== 1) return null;
  const [{ rate, until }] = arrivals.pieces as [(typeof arrivals.pieces)[0]];
  return { rate, until };
}

/** What threads wait for says more than that they wait. */
function fullResources({ series, server, storage }: TopologyResult, from: number, to: number): Full[] {
  const full = (name: string, usage: Usage | null, values: SeriesName, ofServers = true): Full[] =>
    usage !== null && usage.capacity !== null && mean(series, values, from, to) >= FULL * usage.capacity
      ? [{ name, usage, ofServers }]
      : [];
  const moving = [
    ...full("the servers' network in", server.networkIn, 'networkIn'),
    ...full("the servers' network out", server.networkOut, 'networkOut'),
    ...full("storage's network in", storage.networkIn, 'storageIn', false),
    ...full('the CPU', server.cpu, 'cpu'),
    ...full("the bandwidth of the servers' disk", server.disk, 'disk'),
  ];
  return moving.length > 0 ? moving : full('the pool of threads', server.threads, 'threads');
}

type SeriesName = Exclude<keyof Series, 'binWidth' | 'time'>;

/** Mean over the bins that begin in [from, to); NaN where there are none. */
function mean(series: Series, name: SeriesName, from: number, to: number): number {
  const values = (series[name] ?? []).filter((_, bin) => series.time[bin]! >= from && series.time[bin]! < to);
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
