import { bytes, dollars, duration, noValue, percent, ratio } from '../../readable.js';
import type { BackgroundResult, Result, TopologyResult } from '../../result.js';
import { type Column, type Key, table } from '../document/table.js';
import type { Tone } from '../document/text.js';
import { at } from '../resolved.js';
import { when } from '../verdict/words.js';
import { type Section, titled } from './section.js';

/** One thing that is said of architectures, and what each design makes of it. */
interface Claim {
  readonly claim: string;
  readonly says: (topology: TopologyResult) => string;
  readonly tone?: (topology: TopologyResult) => Tone | undefined;
}

/** What the literature claims, one number for each design side by side. */
export const claims: Section = result => {
  const rows = claimsOf(result);
  const columns = result.topologies.map(
    (topology): Column<Claim> => ({
      head: topology.name,
      cell: ({ says }) => says(topology),
      tone: ({ tone }) => tone?.(topology),
    }),
  );
  return titled('Claims', table(rows, { key, groups: columns.map(column => ({ columns: [column] })) }));
};

const key: Key<Claim> = { head: '', cell: row => row.claim, whole: true };

function claimsOf(result: Result): readonly Claim[] {
  const busy = result.topologies.some(t => t.uploads.offered > 0);
  if (!busy) return [];
  return [
    {
      claim: `${uploadOf(result)} holds a thread for`,
      says: t => duration(t.server.threads.holdTime.mean),
    },
    {
      claim: 'memory is full',
      says: t => memory(t, result),
      tone: t => (isFilled(t) ? 'bad' : 'good'),
    },
    ...slowDowns(result),
    {
      claim: 'file bytes through the servers',
      says: t => (t.server.bytes === 0 ? 'none' : bytes(t.server.bytes)),
      tone: t => (t.server.bytes === 0 ? 'good' : undefined),
    },
    {
      claim: 'uploads that do not complete',
      says: lost,
      tone: t => (t.uploads.succeeded === t.uploads.offered ? 'good' : 'bad'),
    },
    ...costs(result),
  ];
}

function costs({ topologies }: Result): readonly Claim[] {
  if (topologies.every(({ cost }) => cost.perMillionUploads === null)) return [];
  return [{ claim: 'a million uploads cost', says: t => dollars(t.cost.perMillionUploads) }];
}

/** "an upload of 50MB", where all have one size. */
function uploadOf({ scenario }: Result): string {
  const uploads = at(scenario.resolved, 'workload', 'uploads');
  const size = at(uploads, 'size');
  const traced = at(uploads, 'arrivals', 'trace') !== undefined;
  return typeof size === 'string' && !traced ? `an upload of ${size}` : 'an upload';
}

/** A server without memory crashes: it was full then, even where that instant is not part of what was measured. */
function isFilled({ server: { memory: used, crashes } }: TopologyResult): boolean {
  return used.saturatedAt !== null || crashes > 0;
}

function memory(topology: TopologyResult, result: Result): string {
  const { saturatedAt, peak, capacity } = topology.server.memory;
  if (saturatedAt !== null) return when(saturatedAt, topology, result);
  if (isFilled(topology)) return 'during the warm-up';
  return capacity === null ? 'never' : `never (peak ${percent(peak / capacity)})`;
}

function slowDowns({ topologies }: Result): readonly Claim[] {
  const names = [...new Set(topologies.flatMap(t => t.background.map(({ name }) => name)))];
  return names.flatMap((name): Claim[] => {
    const of = ({ background }: TopologyResult) => background.find(requests => requests.name === name);
    return [
      {
        claim: `${name}: p99 against alone`,
        says: t => slowDown(of(t)),
        tone: t => ((of(t)?.slowdown.p99 ?? 0) >= 2 ? 'bad' : undefined),
      },
      {
        claim: `${name}: failed`,
        says: t => {
          const requests = of(t);
          return requests === undefined || requests.offered === 0
            ? noValue
            : percent(requests.failed / requests.offered);
        },
        tone: t => ((of(t)?.failed ?? 0) > 0 ? 'bad' : 'good'),
      },
    ];
  });
}

/** So many failures take so many of the slowest with them that the percentile is one of a lucky rest. */
const MANY = 0.01;

/** "1×"; "1× if answered", where the row of failures has more to say. */
function slowDown(requests: BackgroundResult | undefined): string {
  if (requests === undefined || requests.slowdown.p99 === null) return noValue;
  const { offered, succeeded, slowdown } = requests;
  return `${ratio(slowdown.p99)}${succeeded > (1 - MANY) * offered ? '' : ' if answered'}`;
}

function lost({ uploads }: TopologyResult): string {
  if (uploads.offered === 0) return noValue;
  return uploads.succeeded === uploads.offered
    ? 'none'
    : percent((uploads.offered - uploads.succeeded) / uploads.offered);
}
