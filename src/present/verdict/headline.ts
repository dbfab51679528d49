import { count } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { at } from '../resolved.js';
import { race } from './race.js';
import { called, inSome, listed } from './words.js';
import { work } from './work.js';

/** Which designs carry the load, and how their times differ. */
export function headline(result: Result): string {
  const busy = result.topologies.filter(t => t.uploads.offered > 0);
  if (busy.length === 0) return 'There are no uploads.';
  return [survival(busy, result), lasting(busy, result), work(busy, result), race(busy, result)]
    .filter(Boolean)
    .join(' ');
}

function survival(busy: readonly TopologyResult[], result: Result): string {
  const whole = busy.filter(t => t.uploads.succeeded === t.uploads.offered);
  const rest = busy.filter(t => !whole.includes(t));
  const by = cutOff(rest, result);
  if (busy.length === 1) {
    const [only] = busy as [TopologyResult];
    const { uploads } = only;
    if (rest.length > 0) return `${by}${called(only)} ${share(uploads)}.`;
    return `${called(only)} completes ${uploads.offered === 1 ? 'the upload' : `all ${count(uploads.offered)} uploads`}.`;
  }
  if (rest.length === 0)
    return `${busy.length === 2 ? 'Both' : `All ${busy.length}`} designs complete every upload.`;
  if (whole.length === 0)
    return `${by}${by === '' ? 'N' : 'n'}o design completes every upload: ${shares(rest)}.`;
  const names = whole.map(called);
  const complete = whole.length === 1 ? `only ${names[0]} completes` : `${listed(names)} complete`;
  return `${by}${by === '' ? complete.replace(/^only/, 'Only') : complete} every upload; ${shares(rest)}.`;
}

/** Who goes on failing when the cause is gone: of all that faults do, what a design has to survive. */
function lasting(busy: readonly TopologyResult[], result: Result): string {
  const stuck = busy.filter(({ recovery }) => recovery?.incidents.at(-1)?.outcome === 'metastable');
  if (stuck.length === 0) return '';
  const [first, ...others] = stuck as [TopologyResult, ...TopologyResult[]];
  const { incidents } = first.recovery!;
  const from = incidents.length === 1 ? 'the fault' : 'the faults';
  if (others.length > 0) return `${listed(stuck.map(called))} never recover from ${from}.`;
  const some = inSome(`recovery.incidents.${incidents.length - 1}.time`, first, result);
  return `${called(first)} never recovers from ${from}${some}.`;
}

/** "By the horizon (60s), ", where it is only for lack of time that uploads are not complete. */
function cutOff(rest: readonly TopologyResult[], { scenario }: Result): string {
  if (rest.length === 0 || rest.some(t => t.uploads.failed > 0)) return '';
  const horizon = at(scenario.resolved, 'horizon');
  return `By the end of the run${typeof horizon === 'string' ? ` (horizon: ${horizon})` : ''}, `;
}

function shares(topologies: readonly TopologyResult[]): string {
  return topologies.map(t => `${called(t)} ${share(t.uploads)}`).join(', ');
}

function share({ succeeded, offered }: TopologyResult['uploads']): string {
  return succeeded === 0 ? 'completes none' : `completes ${count(succeeded)} of ${count(offered)}`;
}
