import { count, duration } from '../../readable.js';
import type { Incident, Result, TopologyResult } from '../../result.js';
import { inSome } from './words.js';

/** Whether goodput comes back after the scheduled faults; null where there are none, or nothing to come back to. */
export function comeback(topology: TopologyResult, result: Result): string | null {
  const { recovery, uploads } = topology;
  if (recovery === null) return null;
  const told = recovery.incidents.filter(({ outcome }) => outcome !== 'no-load');
  const last = told.at(-1);
  if (last === undefined) return null;
  const one = recovery.incidents.length === 1;
  if (last.outcome === 'metastable') {
    const some = inSome(`recovery.incidents.${recovery.incidents.length - 1}.time`, topology, result);
    const { amplification } = recovery.undisturbed;
    const instead = `${count(uploads.amplification)} attempts per upload instead of ${count(amplification)}`;
    return `goodput never recovers from ${one ? 'a fault' : 'the last fault,'} of ${duration(last.until - last.from)} (metastable${some}: ${instead})`;
  }
  if (last.outcome === 'cut-short') return 'goodput is not back when the load ends';
  const unfinished = told.filter(({ outcome }) => outcome === 'overtaken').length;
  if (unfinished > 0)
    return `goodput recovers from ${count(told.length - unfinished)} of ${count(told.length)} faults before the next`;
  const longest = Math.max(...told.map(({ time }) => time!));
  if (longest === 0) return `${one ? 'the fault costs' : 'the faults cost'} no goodput`;
  if (one) return `goodput is back ${duration(longest)} after the fault begins, ${relativeToEnd(last)}`;
  return `goodput recovers from each fault, at the latest ${duration(longest)} after one begins`;
}

/** What the design adds to a fault that it could not help. */
function relativeToEnd({ from, until, time }: Incident): string {
  const after = time! - (until - from);
  if (duration(time) === duration(until - from)) return 'as soon as it ends';
  return after < 0 ? 'while it goes on' : `${duration(after)} after it ends`;
}
