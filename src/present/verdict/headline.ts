import type { Result, TopologyResult } from '../../result.js';
import { at } from '../resolved.js';
import { count, duration, ratio } from '../units.js';
import { hasWarmup, listed } from './words.js';

/** Which designs carry the load, and how their times differ. */
export function headline(result: Result): string {
  const busy = result.topologies.filter(t => t.uploads.offered > 0);
  if (busy.length === 0) return 'There are no uploads.';
  return [survival(busy, result), race(busy, result)].filter(Boolean).join(' ');
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

/** Ratios of times nearer to 1 than this are no difference that a design review should care about. */
const ALIKE = 1.1;

/** Who is faster, by the time in which 95% of all uploads are complete; of those designs that complete so many. */
function race(busy: readonly TopologyResult[], result: Result): string {
  const known = busy
    .filter(t => t.completion.p95 !== null)
    .sort((a, b) => a.completion.p95! - b.completion.p95!);
  const [first, ...others] = known;
  if (first === undefined) return '';
  const best = first.completion.p95!;
  const one = known.every(t => t.uploads.offered === 1);
  const complete = one
    ? 'the upload is complete'
    : `95% of the uploads${hasWarmup(result) ? ' after the warm-up' : ''} are complete`;
  if (others.length === 0) {
    // Without anybody to race against, its time stands beside the others' failure.
    const text = busy.length === 1 ? capitalised(complete) : `With ${first.name} ${complete}`;
    return `${text} after ${duration(best)}.`;
  }
  const leaders = known.filter(t => t.completion.p95! <= ALIKE * best);
  const slower = known.filter(t => !leaders.includes(t));
  const names = listed(leaders.map(t => t.name));
  const ahead = leaders.length === 1 ? duration(best) : times(leaders);
  if (slower.length === 0) {
    const who = known.length < busy.length ? names : 'They';
    return `${who} are about equally fast: ${complete} after ${ahead}.`;
  }
  const behind = slower.map(t => {
    const longer = best > 0 ? ` (${ratio(t.completion.p95! / best)} as long)` : '';
    return `${after(t)}${longer}`;
  });
  const are = leaders.length > 1 ? 'are faster' : slower.length > 1 ? 'is the fastest' : 'is faster';
  return `${names} ${are}: ${complete} after ${ahead}, against ${listed(behind)}.`;
}

function after({ name, completion }: TopologyResult): string {
  return `${duration(completion.p95)} with ${name}`;
}

/** "412 ms with a and 420 ms with b", "412 ms with each". */
function times(topologies: readonly TopologyResult[]): string {
  const all = new Set(topologies.map(t => duration(t.completion.p95)));
  return all.size === 1 ? `${[...all][0]} with each` : listed(topologies.map(after));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
