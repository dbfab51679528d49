import type { FailureReason, Result, TopologyResult } from '../../result.js';
import { count, percent } from '../units.js';
import { when } from './words.js';

/** A clause on what was lost and why: "12 of 1,000 uploads (1.2%) are lost: ..."; null where nothing was. */
export function losses(topology: TopologyResult, result: Result): string | null {
  const { failed, unfinished } = topology.uploads;
  if (failed === 0) return null;
  const rest =
    unfinished === 0
      ? ''
      : `; ${count(unfinished)} more ${isOrAre(unfinished)} unfinished at the end of the run`;
  return `${lostToMemory(topology) ? crash(topology, result) : lost(topology)}${rest}`;
}

/** "12 of 1,000 uploads (1.2%)", "all 1,000 uploads", "the upload". */
function someOf(some: number, offered: number): string {
  if (some < offered) return `${count(some)} of ${count(offered)} uploads (${percent(some / offered)})`;
  return offered === 1 ? 'the upload' : `all ${count(offered)} uploads`;
}

function isOrAre(some: number): string {
  return some === 1 ? 'is' : 'are';
}

/** Most of the uploads that are lost were lost with a server that ran out of memory, or while it was down. */
export function lostToMemory({ server, uploads }: TopologyResult): boolean {
  const [reason] = commonest(uploads.failures);
  return server.crashes > 0 && (reason === 'server-crash' || reason === 'refused');
}

function lost({ uploads: { offered, failed, failures } }: TopologyResult): string {
  const [reason, of] = commonest(failures);
  const why = words[reason as FailureReason] ?? reason;
  const most = of === failed ? '' : `most (${count(of)}) because `;
  return `${someOf(failed, offered)} ${isOrAre(failed)} lost: ${most}${why}`;
}

function crash(topology: TopologyResult, result: Result): string {
  const { server, uploads } = topology;
  const { saturatedAt } = server.memory;
  const fleet = server.servers.length > 1;
  const memory = fleet ? 'memory of a server' : 'memory';
  const full =
    saturatedAt === null
      ? `${memory} is full during the warm-up`
      : `${memory} is full ${when(saturatedAt, topology, result)}`;
  const crashes = server.crashes === 1 ? 'crashes' : `crashes (${count(server.crashes)} crashes in all)`;
  const restarting =
    (uploads.attemptFailures.refused ?? 0) > 0 ? '; retries meet a server that is restarting' : '';
  const gone = `${someOf(uploads.failed, uploads.offered)} ${isOrAre(uploads.failed)} lost`;
  return `${full} and ${fleet ? 'it' : 'the server'} ${crashes}: ${gone}${restarting}`;
}

/** The commonest reason of the last attempts, and how many uploads it has ended. */
function commonest(failures: Readonly<Record<string, number>>): readonly [string, number] {
  return Object.entries(failures).reduce<readonly [string, number]>(
    (most, each) => (each[1] > most[1] ? each : most),
    ['', 0],
  );
}

const words: Readonly<Record<FailureReason, string>> = {
  overloaded: 'all threads are busy and the backlog is full (503)',
  refused: 'the server is down and refuses connections',
  'server-crash': 'the server crashes with everything on it',
  'out-of-memory': 'the server turns them away for lack of memory (503)',
  timeout: 'the clients give up waiting (timeout)',
  'slow-down': 'storage gets more requests than it takes (503 slow-down)',
  'connection-lost': 'connections break',
  'token-expired': 'their signed URLs expire before they are used (403)',
  'no-such-bucket': 'they ask for a bucket that does not exist (404)',
  'access-denied': 'storage denies what they ask for (403)',
  'signature-mismatch': 'their signatures do not fit (403)',
};
