import type { HandCheck } from '../../result.js';
import type { Figures } from '../figures.js';
import { meanOf } from '../typical.js';
import { type Case, CLIENTS, SIZE } from './case.js';

/** Of the time: what is full for longer makes uploads wait that have not come to be alone. */
const BRIEF = 0.05;

/**
 * Attempts that an upload needs over connections that break: a body comes through with probability p = exp(-s / every),
 * so that with at most n attempts there are (1 - (1 - p)^n) / p of them. How many bytes it has nobody else can change;
 * a time between breaks is told only where an upload takes as long as it does alone.
 */
export function breaks({ spec, offered, figures, alone }: Case): HandCheck | null {
  const { drops, drawn } = offered;
  const { attempts, offered: uploads, unfinished, attemptFailures } = figures.uploads;
  if (drops === null || spec.faults.length > 0 || spec.kind === 'valet-key-multipart' || unfinished > 0)
    return null;
  // Whatever else makes clients try again has no part in the formula.
  if (Object.keys(attemptFailures).some(reason => reason !== 'connection-lost')) return null;
  if (drops.some(({ seconds }) => seconds < Number.POSITIVE_INFINITY) && isCrowded(figures)) return null;
  if ((figures.uploads.retriesDenied ?? 0) > 0) return null;
  const most = spec.client.retry.attempts;
  const whole = drawn.map(({ client, size }, i) => {
    const { bytes, seconds } = drops[client]!;
    return Math.exp(-size / bytes - alone[i]!.total / seconds);
  });
  const expected = whole.map(p => (1 - (1 - p) ** most) / p);
  return {
    kind: 'breaks',
    resource: 'connections',
    terms: { whole: meanOf(whole), most },
    value: meanOf(expected),
    simulated: attempts / uploads,
    uses: [SIZE, CLIENTS, 'client.retry.attempts'],
  };
}

function isCrowded({ server, storage, window: [from, to] }: Figures): boolean {
  const { threads, cpu, networkIn, networkOut, upstream, disk } = server;
  return [threads, cpu, networkIn, networkOut, upstream, disk, storage.networkIn].some(
    usage => usage !== null && usage.saturatedFor > BRIEF * (to - from),
  );
}
