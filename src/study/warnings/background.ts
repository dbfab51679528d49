import { count, duration } from '../../present/units.js';
import type { Evidence, Finding } from './warning.js';

/** A p99 of fewer requests is their maximum. */
const FEW = 100;
/** Below this share, most of what the slow-down is made from never met an upload. */
const HARDLY = 0.1;

/** The slow-down of the other requests hardly says what uploads do to them. */
export function background({ workload, result }: Evidence): Finding[] {
  const { uploads } = workload;
  const { makespan } = result;
  // Of closed loops the arrivals are not known beforehand.
  if (uploads.closed !== null || uploads.count === 0 || makespan === null) return [];
  const from = uploads.start[0]!;
  return workload.background.flatMap(({ name, closed, count: offered, start }) => {
    if (closed !== null || offered === 0) return [];
    const met = start.reduce((sum, at) => sum + (at >= from && at <= from + makespan ? 1 : 0), 0);
    if (met >= FEW && met >= HARDLY * offered) return [];
    return [
      {
        fact: `${count(met)} of ${count(offered)} ${name} came in the ${duration(makespan)} in which uploads were under way`,
        advice: `The percentiles and the slow-down of ${name} are mostly those of servers without uploads, or of very few requests. Have at least ${FEW} of them arrive in the time of the uploads, and few outside of it.`,
      },
    ];
  });
}
