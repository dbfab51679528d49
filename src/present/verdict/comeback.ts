import { count, duration, ratio } from '../../readable.js';
import type { Incident, TopologyResult } from '../../result.js';

/** Whether goodput comes back after the scheduled faults; null where there are none, or nothing to come back to. */
export function comeback({ recovery, uploads }: TopologyResult): string | null {
  if (recovery === null) return null;
  const told = recovery.incidents.filter(({ outcome }) => outcome !== 'no-load');
  const last = told.at(-1);
  if (last === undefined) return null;
  const one = recovery.incidents.length === 1;
  if (last.outcome === 'metastable') {
    const calm = ratio(recovery.undisturbed.amplification);
    return `it never recovers: metastable: ${one ? 'the fault' : 'the last fault'} ends after ${lasting(last)}, and what keeps goodput down goes on (${ratio(uploads.amplification)} attempts per upload; ${calm} without the fault)`;
  }
  if (last.outcome === 'cut-short') return `goodput is not back when the load ends`;
  const unfinished = told.filter(({ outcome }) => outcome === 'overtaken').length;
  if (unfinished > 0)
    return `it recovers from ${count(told.length - unfinished)} of ${count(told.length)} faults before the next`;
  const longest = Math.max(...told.map(({ time }) => time!));
  if (longest === 0) return `${one ? 'the fault costs' : 'the faults cost'} no goodput`;
  if (one) return `it recovers ${duration(longest)} after the fault began (which lasts ${lasting(last)})`;
  return `it recovers from each fault, at the latest ${duration(longest)} after one began`;
}

function lasting({ from, until }: Incident): string {
  return duration(until - from);
}
