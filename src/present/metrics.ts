import { bytes, count, dollars, duration, type Format, percent, rate, ratio } from '../readable.js';

/** The metric that an objective is about: `latency.p99` in `latency.p99 < 60s`. */
export function metricOf(expr: string): string {
  // Names of background requests may hold anything, "<" too: the last comparison is the objective's own.
  const end = Math.max(expr.lastIndexOf('<'), expr.lastIndexOf('>'));
  return (end < 0 ? expr : expr.slice(0, end)).trim();
}

/** How the values of a metric are written, by the kind of figure that it is. */
export function formatOf(metric: string): Format {
  return kinds.find(([pattern]) => pattern.test(metric))?.[1] ?? count;
}

const kinds: readonly (readonly [RegExp, Format])[] = [
  [/(?:^|\.)(?:latency|completion|timeToToken|tokens\.age|holdTime|baseline)\.(?:mean|p\d+|max)$/, duration],
  [/^(?:makespan|server\.down|recovery\.time)$|\.saturated(?:At|For)$/, duration],
  [/(?:^|\.)(?:failed|unfinished|succeeded|utilization)$|^failures\./, percent],
  [/\.slowdown\.p\d+$|^(?:uploads\.)?amplification$/, ratio],
  [/\.(?:memory|diskSpace)\.(?:peak|mean)$|(?:\.bytes|Bytes)$/, bytes],
  [/^goodput$/, rate],
  [/^cost\./, dollars],
];
