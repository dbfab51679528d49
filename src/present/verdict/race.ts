import { duration, ratio } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { ALIKE, called, hasWarmup, listed } from './words.js';

/** Shares of lost uploads that differ by more than this shift the ranks of completion by themselves. */
const LOST = 0.005;

/**
 * Who is faster, by the time in which 95% of all uploads are complete; of those designs that complete so many. Where
 * they lose different shares, only if those uploads that succeed say so, too: a loss alone makes nobody slow.
 */
export function race(busy: readonly TopologyResult[], result: Result): string {
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
    const text = busy.length === 1 ? capitalised(complete) : `With ${called(first)} ${complete}`;
    return `${text} after ${duration(best)}.`;
  }
  if (!others.every(other => isFair(first, other))) return ofSuccesses(busy, known);
  const leaders = known.filter(t => t.completion.p95! <= ALIKE * best);
  const slower = known.filter(t => !leaders.includes(t));
  const names = listed(leaders.map(called));
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

function lossOf({ uploads: { offered, succeeded } }: TopologyResult): number {
  return (offered - succeeded) / offered;
}

/** They lose about as many, or the latency of those that succeed differs in the direction in which completion does. */
function isFair(first: TopologyResult, other: TopologyResult): boolean {
  if (Math.abs(lossOf(first) - lossOf(other)) <= LOST) return true;
  const slower = other.completion.p95! > ALIKE * first.completion.p95!;
  return slower ? isFaster(first, other) : isAlike(first, other);
}

/** By the percentiles of latency that the tables have: in one clearly, in none the other way round. */
function isFaster({ latency: a }: TopologyResult, { latency: b }: TopologyResult): boolean {
  const ranks = ['p50', 'p99'] as const;
  return ranks.some(rank => b[rank]! > ALIKE * a[rank]!) && ranks.every(rank => a[rank]! <= ALIKE * b[rank]!);
}

function isAlike({ latency: a }: TopologyResult, { latency: b }: TopologyResult): boolean {
  return (['p50', 'p99'] as const).every(
    rank => a[rank]! <= ALIKE * b[rank]! && b[rank]! <= ALIKE * a[rank]!,
  );
}

/** Who completes more, and how long those uploads take that succeed. */
function ofSuccesses(busy: readonly TopologyResult[], known: readonly TopologyResult[]): string {
  const latency = (rank: 'p50' | 'p99') => ofEach(known, rank);
  const alike = known.every(t => isAlike(known[0]!, t));
  const times = alike
    ? `Uploads that succeed take about equally long: the p99 is ${latency('p99')}.`
    : `Of uploads that succeed, the p50 is ${latency('p50')}; the p99 is ${latency('p99')}.`;
  return `${completing(busy)}${times}`;
}

/** One figure where all have it, a range where they differ by little, else each of them. */
function ofEach(topologies: readonly TopologyResult[], rank: 'p50' | 'p99'): string {
  const sorted = topologies.map(t => t.latency[rank]!).sort((a, b) => a - b);
  const [least, most] = [sorted[0]!, sorted.at(-1)!];
  if (duration(least) === duration(most)) return `${duration(least)} with each`;
  if (topologies.length > 2 && most <= ALIKE * least) return `${duration(least)} to ${duration(most)}`;
  return listed(topologies.map(t => `${duration(t.latency[rank])} with ${called(t)}`));
}

/** Nothing where somebody completes every upload: that was said. */
function completing(busy: readonly TopologyResult[]): string {
  const least = Math.min(...busy.map(lossOf));
  if (least === 0) return '';
  const most = busy.filter(t => lossOf(t) <= least + LOST).map(called);
  const complete = most.length === 1 ? 'completes' : 'complete';
  return `${listed(most)} ${complete} ${busy.length === 2 ? 'more' : 'the most'}. `;
}

function after(topology: TopologyResult): string {
  return `${duration(topology.completion.p95)} with ${called(topology)}`;
}

/** "412 ms with a and 420 ms with b", "412 ms with each". */
function times(topologies: readonly TopologyResult[]): string {
  const all = new Set(topologies.map(t => duration(t.completion.p95)));
  return all.size === 1 ? `${[...all][0]} with each` : listed(topologies.map(after));
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
