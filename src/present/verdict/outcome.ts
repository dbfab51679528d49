import type { TopologyResult } from '../../result.js';
import { count, percent } from '../units.js';

/** A clause on what was lost and why: "12 of 1,000 uploads (1.2%) are lost: ..."; null where nothing was. */
export function losses(topology: TopologyResult, since: (instant: number) => string): string | null {
  const { offered, failed, unfinished } = topology.uploads;
  const parts: string[] = [];
  if (failed > 0) parts.push(`${someOf(failed, offered)} lost: ${reasonFor(topology, since)}`);
  if (unfinished > 0) parts.push(`${someOf(unfinished, offered)} unfinished at the end of the run`);
  return parts.length === 0 ? null : parts.join('; ');
}

/** "all 1,000 uploads", "its one upload". */
export function allOf(uploads: number): string {
  return uploads === 1 ? 'its one upload' : `all ${count(uploads)} uploads`;
}

/** With its verb: "all 1,000 uploads are", "1 of 1,000 uploads (0.1%) is". */
function someOf(some: number, offered: number): string {
  const whose =
    some === offered
      ? allOf(offered)
      : `${count(some)} of ${count(offered)} uploads (${percent(some / offered)})`;
  return `${whose} ${some === 1 ? 'is' : 'are'}`;
}

/** Uploads are lost with a server that ran out of memory, or in what followed. */
export function fellToMemory({ server, uploads }: TopologyResult): boolean {
  const [[reason = ''] = []] = byNumber(uploads.failures);
  return crashRelated.has(reason) && server.crashes > 0;
}

/** The commonest reason of the last attempts, and what was behind it. */
function reasonFor(topology: TopologyResult, since: (instant: number) => string): string {
  const { failed, failures } = topology.uploads;
  const [[reason = '', of = 0] = []] = byNumber(failures);
  const why = fellToMemory(topology) ? crash(topology, since) : (words[reason] ?? reason);
  return of === failed ? why : `most (${count(of)}) because ${why}`;
}

function byNumber(failures: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(failures).sort(([, a], [, b]) => b - a);
}

const crashRelated = new Set(['server-crash', 'refused', 'timeout', 'overloaded']);

function crash({ server, uploads }: TopologyResult, since: (instant: number) => string): string {
  const { saturatedAt } = server.memory;
  const full = saturatedAt === null ? 'memory runs out' : `memory is full ${since(saturatedAt)}`;
  const more = server.crashes > 1 ? `, ${count(server.crashes)} times in all` : '';
  const refused = (uploads.attemptFailures.refused ?? 0) > 0;
  return `${full} and the server crashes with everything on it${more}${refused ? ', and retries meet a server that is still restarting' : ''}`;
}

const words: Readonly<Record<string, string>> = {
  overloaded: 'all threads are busy and the backlog is full (503)',
  refused: 'the server is down and refuses connections',
  'server-crash': 'the server crashes with everything on it',
  'out-of-memory': 'the server keeps memory in reserve and turns them away (503)',
  'disk-full': 'the spool disk has no room for them (507)',
  timeout: 'the clients give up waiting (timeout)',
  'slow-down': 'storage gets more requests than it takes (503 slow-down)',
  'connection-lost': 'connections break',
  'token-expired': 'their signed URLs expire before they are used (403)',
  'no-such-bucket': 'they ask for a bucket that does not exist (404)',
  'access-denied': 'storage denies what they ask for (403)',
  'signature-mismatch': 'their signed URLs were tampered with (403)',
};
