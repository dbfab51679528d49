import { count, duration, percent } from '../../readable.js';
import type { Evidence, Finding } from './warning.js';

/** With so many unfinished there is no p99 of completion; a few that are cut off are in the nature of a horizon. */
const MANY = 0.01;

/** The horizon cut the run short. */
export function horizon({ scenario, result }: Evidence): Finding[] {
  const { unfinished, offered } = result.uploads;
  if (scenario.horizon === Number.POSITIVE_INFINITY || unfinished <= MANY * offered) return [];
  return [
    {
      fact: `${count(unfinished)} of ${count(offered)} uploads (${percent(unfinished / offered)}) were unfinished at the horizon of ${duration(scenario.horizon)}`,
      advice:
        'Percentiles of latency know only those that ended, the quicker ones; those of completion count the others as infinite. Set horizon=unlimited, or a later one, to see how they end.',
    },
  ];
}
