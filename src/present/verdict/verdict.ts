/**
 * The answer in plain words, made from the figures of the tables and written with the same formats, so that it
 * cannot say anything else than they do.
 */
import type { Result, TopologyResult } from '../../result.js';
import { settingOf } from '../resolved.js';
import { bytes, count, duration, ratio } from '../units.js';
import { limits } from './limits.js';
import { others } from './others.js';
import { allOf, fellToMemory, losses } from './outcome.js';

export interface Verdict {
  /** Which designs survive, and by how much they differ. */
  readonly headline: string;
  /** One for each design. */
  readonly designs: readonly { readonly name: string; readonly text: string }[];
}

export function verdictOn(result: Result): Verdict {
  return {
    headline: headline(result.topologies),
    designs: result.topologies.map(topology => ({
      name: topology.name,
      text: sentences(topology, result),
    })),
  };
}

/** What follows the name of a design. */
function sentences(topology: TopologyResult, result: Result): string {
  const { server, uploads, window } = topology;
  if (uploads.offered === 0) return 'has no uploads.';
  const [from] = window;
  const since = (instant: number): string =>
    from === 0 ? `after ${duration(instant)}` : `${duration(instant - from)} after the first arrival`;
  const lost = losses(topology, since);
  const limit = fellToMemory(topology) ? null : limits(topology, since);
  const clauses = [
    lost,
    limit,
    others(topology),
    server.bytes === 0
      ? 'no file byte crosses the servers'
      : `${bytes(server.bytes)} of files cross the servers`,
    untold(topology, result),
  ];
  return `${clauses.filter(clause => clause !== null).join('; ')}.`;
}

function untold({ timeToToken, name, uploads }: TopologyResult, result: Result): string | null {
  if (
    timeToToken === null ||
    uploads.offered === 0 ||
    settingOf(result, name, 'valetKey', 'notify') !== 'none'
  )
    return null;
  return 'the application is not told when a file is there (valetKey.notify is none)';
}

function headline(topologies: readonly TopologyResult[]): string {
  const busy = topologies.filter(t => t.uploads.offered > 0);
  if (busy.length === 0) return 'There are no uploads.';
  const whole = busy.filter(t => t.uploads.succeeded === t.uploads.offered);
  const rest = busy.filter(t => !whole.includes(t));
  if (busy.length === 1) {
    const [only] = busy;
    const { offered, succeeded } = only!.uploads;
    return whole.length === 1
      ? `${only!.name} carries the load: ${allOf(offered)} complete.`
      : `${only!.name} does not carry the load: ${count(succeeded)} of ${count(offered)} uploads complete.`;
  }
  const survivors =
    whole.length === 0
      ? `No design completes every upload: ${shares(rest)}.`
      : rest.length === 0
        ? `${busy.length === 2 ? 'Both designs complete' : `All ${busy.length} designs complete`} every upload.`
        : `${named(whole)} ${whole.length === 1 ? 'completes' : 'complete'} every upload; ${shares(rest)}.`;
  const race = whole.length > 1 ? ` ${fastest(whole)}` : '';
  return survivors + race;
}

function named(topologies: readonly TopologyResult[]): string {
  const names = topologies.map(t => t.name);
  return names.length === 1 ? `Only ${names[0]}` : listed(names);
}

function shares(topologies: readonly TopologyResult[]): string {
  return topologies
    .map(({ name, uploads }) =>
      uploads.succeeded === 0
        ? `${name} completes none`
        : `${name} completes ${count(uploads.succeeded)} of ${count(uploads.offered)}`,
    )
    .join(', ');
}

/** Ratios of times nearer to 1 than this are no difference that a design review should care about. */
const ALIKE = 1.05;

/** Who is faster, by the time in which 95% of the uploads are complete. */
function fastest(topologies: readonly TopologyResult[]): string {
  const known = topologies
    .filter(t => t.completion.p95 !== null)
    .sort((a, b) => a.completion.p95! - b.completion.p95!);
  const [first, ...slower] = known;
  if (first === undefined || slower.length === 0) return '';
  const best = first.completion.p95!;
  const time = (t: TopologyResult): string => duration(t.completion.p95);
  const last = slower.at(-1)!;
  if (best === 0 || last.completion.p95! / best < ALIKE) {
    return `They are about equally fast: 95% of the uploads are complete after ${listed(known.map(t => `${time(t)} (${t.name})`))}.`;
  }
  const against = slower.map(t => `${time(t)} with ${t.name} (${ratio(t.completion.p95! / best)})`);
  return `${first.name} is the ${slower.length > 1 ? 'fastest' : 'faster'}: 95% of the uploads are complete after ${time(first)}, against ${listed(against)}.`;
}

function listed(texts: readonly string[]): string {
  if (texts.length < 2) return texts.join('');
  return `${texts.slice(0, -1).join(', ')} and ${texts.at(-1)}`;
}
