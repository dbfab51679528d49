import { count } from '../../readable.js';
import type { Evidence, Finding } from './warning.js';

/** A p99 of fewer requests is their maximum. */
const FEW = 100;
/** Below this share, most of what the slow-down is made from never met an upload. */
const HARDLY = 0.1;

const tooFew = `Percentiles of so few are mostly their extremes: a p99 needs at least ${FEW}. Read their p50, or have more of them arrive.`;
const elsewhere =
  'Their percentiles and their slow-down are mostly those of servers without uploads. Have more of them arrive in the time of the uploads, and few outside of it.';

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
    const fact = `${count(met)} of ${count(offered)} ${name} came while uploads were under way`;
    return [{ fact, advice: met >= HARDLY * offered ? tooFew : elsewhere }];
  });
}
