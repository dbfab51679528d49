import { count } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { at } from '../resolved.js';
import { race } from './race.js';
import { listed } from './words.js';
import { work } from './work.js';

/** Which designs carry the load, and how their times differ. */
export function headline(result: Result): string {
  const busy = result.topologies.filter(t => t.uploads.offered > 0);
  if (busy.length === 0) return 'There are no uploads.';
  return [survival(busy, result), work(busy, result), race(busy, result)].filter(Boolean).join(' ');
}

function survival(busy: readonly TopologyResult[], result: Result): string {
  const whole = busy.filter(t => t.uploads.succeeded === t.uploads.offered);
  const rest = busy.filter(t => !whole.includes(t));
  const by = cutOff(rest, result);
  if (busy.length === 1) {
    const [{ name, uploads }] = busy as [TopologyResult];
    if (rest.length > 0) return `${by}${name} ${share(uploads)}.`;
    return `${name} completes ${uploads.offered === 1 ? 'the upload' : `all ${count(uploads.offered)} uploads`}.`;
  }
  if (rest.length === 0)
    return `${busy.length === 2 ? 'Both' : `All ${busy.length}`} designs complete every upload.`;
  if (whole.length === 0)
    return `${by}${by === '' ? 'N' : 'n'}o design completes every upload: ${shares(rest)}.`;
  const names = whole.map(({ name }) => name);
  const complete = whole.length === 1 ? `only ${names[0]} completes` : `${listed(names)} complete`;
  return `${by}${by === '' ? complete.replace(/^only/, 'Only') : complete} every upload; ${shares(rest)}.`;
}

/** "By the horizon (60s), ", where it is only for lack of time that uploads are not complete. */
function cutOff(rest: readonly TopologyResult[], { scenario }: Result): string {
  if (rest.length === 0 || rest.some(t => t.uploads.failed > 0)) return '';
  const horizon = at(scenario.resolved, 'horizon');
  return `By the end of the run${typeof horizon === 'string' ? ` (horizon: ${horizon})` : ''}, `;
}

function shares(topologies: readonly TopologyResult[]): string {
  return topologies.map(({ name, uploads }) => `${name} ${share(uploads)}`).join(', ');
}

function share({ succeeded, offered }: TopologyResult['uploads']): string {
  return succeeded === 0 ? 'completes none' : `completes ${count(succeeded)} of ${count(offered)}`;
}
