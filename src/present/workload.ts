import { count } from '../readable.js';
import type { Result } from '../result.js';
import { at } from './resolved.js';

/**
 * The workload in one sentence: how many uploads, of what size and when; how many background requests.
 * Sizes and instants are quoted as the scenario writes them; what it writes differently is left out.
 */
export function describeWorkload(result: Result): string {
  const uploads = at(result.scenario.resolved, 'workload', 'uploads');
  const parts = [
    `${offered(
      result.topologies.map(t => t.uploads.offered),
      'upload',
    )}${size(at(uploads, 'size'))}${arrivals(at(uploads, 'arrivals'))}`,
  ];
  const background = result.topologies[0]?.background ?? [];
  if (background.length > 0) {
    const total = result.topologies.map(t => t.background.reduce((sum, b) => sum + b.offered, 0));
    parts.push(`${offered(total, 'background request')} (${background.map(b => b.name).join(', ')})`);
  }
  return parts.join('; ');
}

/** Closed loops offer each topology a number of its own. */
function offered(counts: readonly number[], noun: string): string {
  const least = Math.min(...counts);
  const most = Math.max(...counts);
  if (counts.length === 0) return `no ${noun}s`;
  if (most === 1 && least === 1) return `1 ${noun}`;
  return `${least === most ? count(least) : `${count(least)} to ${count(most)}`} ${noun}s`;
}

function size(value: unknown): string {
  return typeof value === 'string' ? ` of ${value}` : '';
}

function arrivals(value: unknown): string {
  const quoted = (key: string) => {
    const field = at(value, key);
    return typeof field === 'string' || typeof field === 'number' ? String(field) : null;
  };
  const [instant, span, pace, length, users, trace] = ['at', 'over', 'rate', 'for', 'users', 'trace'].map(
    quoted,
  );
  if (trace !== null) return `, replayed from ${trace}`;
  if (users !== null) return ` by ${users} users${length === null ? '' : ` in ${length}`}`;
  if (pace !== null) return `, ${pace}${length === null ? '' : ` for ${length}`}`;
  if (span !== null) return ` spread over ${span}`;
  return instant === null ? '' : `, all at ${instant}`;
}
