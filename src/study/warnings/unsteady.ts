import { count } from '../../readable.js';
import { steadyFlow } from '../steady/arrivals.js';
import { growthOf } from '../steady/growth.js';
import type { Evidence, Finding } from './warning.js';

/** There are no figures of a steady state, for a reason that no growing queue has told. */
export function unsteady({ scenario, spec, result }: Evidence): Finding[] {
  const { steady } = result;
  if (steady?.reason === 'unsettled') {
    return [
      {
        fact: `the latencies of the pilot had not settled within the first half of its uploads, or fewer than 50 succeeded`,
        advice:
          'No end of the start-up was found (MSER-5), and no latencies of a steady state are given: let uploads arrive for several times as long, or set warmup to a time by hand.',
      },
    ];
  }
  if (steady?.reason !== 'overload') return [];
  const flow = steadyFlow(scenario.workload.uploads.arrivals);
  if (flow !== null && growthOf(flow, result, scenario.warmup, spec.server.autoscale !== null) !== null)
    return [];
  const { offered, resource, capacity } = steady;
  return [
    {
      fact: `${count(offered)} uploads a second arrive and ${resource} can serve ${count(capacity)}`,
      advice:
        'There is no steady state: latencies grow for as long as uploads arrive, and none are given. Lower the rate of arrivals, or give more of what is short.',
    },
  ];
}
