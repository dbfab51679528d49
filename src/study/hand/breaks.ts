import type { HandCheck } from '../../result.js';
import { meanOf } from '../typical.js';
import { type Case, CLIENTS, SIZE } from './case.js';

/**
 * Attempts that an upload needs over connections that break: a body comes through with probability p = exp(-s / every),
 * so that with at most n attempts there are (1 - (1 - p)^n) / p of them, whoever else is there. How long an upload is
 * open to breaks by time, others have a say in.
 */
export function breaks({ spec, offered, figures }: Case): HandCheck | null {
  const { drops, drawn } = offered;
  const { attempts, offered: uploads, unfinished, attemptFailures } = figures.uploads;
  if (drops === null || unfinished > 0) return null;
  // Whatever else makes clients try again has no part in the formula.
  if (Object.keys(attemptFailures).some(reason => reason !== 'connection-lost')) return null;
  if (drops.some(({ seconds }) => seconds < Number.POSITIVE_INFINITY)) return null;
  if ((figures.uploads.retriesDenied ?? 0) > 0) return null;
  const most = spec.client.retry.attempts;
  const whole = drawn.map(({ client, size }) => Math.exp(-size / drops[client]!.bytes));
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
