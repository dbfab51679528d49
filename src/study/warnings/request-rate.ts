import { count, duration } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import type { Evidence, Finding } from './warning.js';

/** Storage answered 503 slow-down. */
export function requestRate({ scenario, spec, result }: Evidence): Finding[] {
  const { slowDowns, requests } = result.storage;
  if (slowDowns === 0) return [];
  const { partitions, split } = spec.storage.requestRate;
  const rate = partitions * spec.storage.requestRate.rate;
  const burst = partitions * spec.storage.requestRate.burst;
  const failed = result.uploads.failures['slow-down'] ?? 0;
  const lost =
    failed === 0 ? '' : `, and ${count(failed)} ${failed === 1 ? 'upload' : 'uploads'} failed for it`;
  const span = result.makespan ?? result.window[1] - result.window[0];
  const { base } = spec.client.retry;
  const { arrivals } = scenario.workload.uploads;
  // So long the requests of a burst take to go through one by one; shorter pauses bring them back together.
  const passage = arrivals.kind === 'burst' ? Math.max(0, arrivals.count - burst) / rate : 0;
  const pause = passage > base ? `client.retry.base=${Math.ceil(passage)}s` : 'a longer client.retry.base';
  return [
    {
      fact: `storage answered ${count(slowDowns)} of ${count(requests)} requests with 503 slow-down; in the mean ${count(requests / Math.max(span, 1))} a second came${lost}`,
      advice: `It takes ${count(rate)} a second, ${count(burst)} at once${grown(result)}. The limit is one of requests, not of bytes, and often one of a prefix: spread the keys over more prefixes and raise storage.requestRate${split === null ? '' : '.partitions'} with them, or spread the clients (${pause}; now ${duration(base)}).`,
    },
  ];
}

/** What became of it, where it splits. */
function grown({ storage: { partitions } }: TopologyResult): string {
  const last = partitions?.splits.at(-1);
  return last === undefined
    ? ''
    : ` until it splits (${count(partitions!.count)} partitions from ${duration(last)} on)`;
}
