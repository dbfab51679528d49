import { count, duration } from '../../readable.js';
import type { TopologySpec } from '../../scenario/types.js';
import { steadyFlow } from '../steady/arrivals.js';
import { type Full, growthOf } from '../steady/growth.js';
import type { Evidence, Finding } from './warning.js';

/** More is asked for than can be served, for as long as the arrivals last: there is no steady state to measure. */
export function growingQueue({ scenario, spec, result }: Evidence): Finding[] {
  const flow = steadyFlow(scenario.workload.uploads.arrivals);
  const growth = flow && growthOf(flow, result, scenario.warmup, spec.server.autoscale !== null);
  if (growth === null) return [];
  const { full, most, inFlight, span } = growth;
  const names = full.map(({ name }) => name).join(' and ');
  return [
    {
      fact: `${count(flow!.rate)} uploads a second arrive${most === null ? '' : ` and about ${count(most)} can be served`}: ${names} ${full.length > 1 ? 'are' : 'is'} full, and the uploads in flight still grow when the ${duration(span)} of arrivals end, to ${count(Math.round(inFlight))}`,
      advice: `There is no steady state: percentiles describe the length of the run, and twice as long a run would have about twice the latencies. Lower the rate of arrivals, or give more of what is full${enough(most, flow!.rate, spec, full)}.`,
    },
  ];
}

/** How many servers the rate needs at least, where it is the servers that are full. */
function enough(most: number | null, rate: number, { server }: TopologySpec, full: readonly Full[]): string {
  if (most === null || full.some(({ ofServers }) => !ofServers)) return '';
  return `: try server.count=${Math.ceil((server.count * rate) / most)}`;
}
