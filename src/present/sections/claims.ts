import type { Result, TopologyResult } from '../../result.js';
import { type Column, table } from '../document/table.js';
import type { Tone } from '../document/text.js';
import { at } from '../resolved.js';
import { bytes, duration, noValue, percent, ratio } from '../units.js';
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

const key: Column<Claim> = { head: '', cell: row => row.claim };

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
      says: memory,
      tone: t => (t.server.memory.saturatedAt === null ? 'good' : 'bad'),
    },
    ...slowDowns(result),
    {
      claim: 'file bytes through the servers',
      says: t => (t.server.bytes === 0 ? 'none' : bytes(t.server.bytes)),
      tone: t => (t.server.bytes === 0 ? 'good' : undefined),
    },
    {
      claim: 'uploads that do not complete',
      says: t => lost(t),
      tone: t => (t.uploads.succeeded === t.uploads.offered ? 'good' : 'bad'),
    },
  ];
}

/** "a 50MB upload", where all have one size. */
function uploadOf({ scenario }: Result): string {
  const size = at(scenario.resolved, 'workload', 'uploads', 'size');
  return typeof size === 'string' ? `a ${size} upload` : 'an upload';
}

function memory({ server }: TopologyResult): string {
  const { saturatedAt, peak, capacity } = server.memory;
  if (saturatedAt !== null) return `at ${duration(saturatedAt)}`;
  return capacity === null ? 'never' : `never (peak ${percent(peak / capacity)})`;
}

function slowDowns({ topologies }: Result): readonly Claim[] {
  const names = topologies[0]?.background.map(({ name }) => name) ?? [];
  return names.flatMap((name, index): Claim[] => [
    {
      claim: `${name}: p99 against alone`,
      says: t => ratio(t.background[index]?.slowdown.p99),
      tone: t => ((t.background[index]?.slowdown.p99 ?? 0) >= 2 ? 'bad' : undefined),
    },
    {
      claim: `${name}: failed`,
      says: t => {
        const requests = t.background[index];
        return requests === undefined || requests.offered === 0
          ? noValue
          : percent(requests.failed / requests.offered);
      },
      tone: t => ((t.background[index]?.failed ?? 0) > 0 ? 'bad' : 'good'),
    },
  ]);
}

function lost({ uploads }: TopologyResult): string {
  if (uploads.offered === 0) return noValue;
  return uploads.succeeded === uploads.offered
    ? 'none'
    : percent((uploads.offered - uploads.succeeded) / uploads.offered);
}
