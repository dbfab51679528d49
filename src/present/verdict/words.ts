import { count, duration } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { at } from '../resolved.js';

/** Ratios nearer to 1 than this are no difference that a design review should care about. */
export const ALIKE = 1.1;

/** A design within a sentence: a name of several words would melt into it. */
export function called({ name }: { readonly name: string }): string {
  return /\s/.test(name) ? `"${name}"` : name;
}

/** "a, b and c". */
export function listed(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('');
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}

/**
 * " in 3 of 5 replications", for what keeps a figure from existing in some of them only.
 * @param path of the figure in the result
 */
export function inSome(path: string, { n }: TopologyResult, { replications }: Result): string {
  const having = n?.[path];
  return having === undefined
    ? ''
    : ` in ${count(replications - having)} of ${count(replications)} replications`;
}

/** A window that begins so late hides how long something took: of an instant on its clock, three digits tell little. */
const LATE = 0.9;

/**
 * When something happened, as a reader counts: "after 89.6 s" on the scenario's clock, as the tables have it; where
 * that clock began long before, "36 s after the first arrival".
 */
export function when(instant: number, { window: [from] }: TopologyResult, result: Result): string {
  const passed = instant - from;
  const warm = hasWarmup(result);
  if (passed === 0) return warm ? 'from the end of the warm-up on' : 'from the start';
  // Servers are checked, and fail, before anybody comes.
  if (passed < 0)
    return `${duration(-passed)} before ${warm ? 'the end of the warm-up' : 'the first arrival'}`;
  if (from <= LATE * instant) return `after ${duration(instant)}`;
  return `${duration(passed)} after ${warm ? 'the warm-up' : 'the first arrival'}`;
}

/** Early arrivals are in no figure of time. */
export function hasWarmup({ scenario, warmup }: Result): boolean {
  if (warmup !== null) return warmup.seconds > 0;
  return (at(scenario.resolved, 'warmup') ?? 'none') !== 'none';
}
