import { dollars, duration, percent } from '../../readable.js';
import type { Evidence, Finding } from './warning.js';

/** A total that lacks less than this is good enough. */
const LITTLE = 0.01;

/** Servers cost money during the warm-up, too, and what uploads cost then is counted. */
export function costOfWarmup({ scenario, workload, spec, result }: Evidence): Finding[] {
  const { total } = result.cost;
  const { price, count } = spec.server;
  if (scenario.warmup === 0 || total === null || price === null) return [];
  const starts = [workload.uploads, ...workload.background].flatMap(({ start }) => start[0] ?? []);
  // Users of closed loops are there from the beginning.
  const first = starts.length === 0 ? 0 : Math.min(...starts);
  const before = result.window[0] - first;
  const missing = (count * before * price) / 3600;
  if (missing <= LITTLE * total) return [];
  return [
    {
      fact: `the cost counts the hours of servers from the end of the warm-up on, but requests, bytes and uploads from the first: ${duration(before)} of servers are missing, ${dollars(missing)} (${percent(missing / total)} of the total)`,
      advice: 'What a million uploads cost is too low by that share; set warmup=none to compare costs.',
    },
  ];
}
