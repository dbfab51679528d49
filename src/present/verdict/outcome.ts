import { bytes, count, duration, percent } from '../../readable.js';
import type { FailureReason, GatewayResult, Result, TopologyResult } from '../../result.js';
import { limitsBefore } from './limits.js';
import { when } from './words.js';

/**
 * Clauses on servers that crash, what was full before, and what was lost and why: "12 of 1,000 uploads (1.2%) are
 * lost: ...".
 */
export function losses(topology: TopologyResult, result: Result): readonly string[] {
  const { offered, failed, unfinished } = topology.uploads;
  const clauses: string[] = [];
  const crashed = topology.server.crashes > 0 ? crash(topology, result) : null;
  if (crashed !== null && lostToMemory(topology)) {
    const { saturatedAt } = topology.server.memory;
    const before = saturatedAt === null ? null : limitsBefore(saturatedAt, topology, result);
    if (before !== null) clauses.push(before);
    const refused = (topology.uploads.attemptFailures.refused ?? 0) > 0;
    clauses.push(`${crashed}: ${someOf(failed, offered)} ${isOrAre(failed)} lost`);
    if (refused) clauses.push('it refuses connections while it restarts');
  } else {
    if (crashed !== null) clauses.push(crashed);
    if (failed > 0) clauses.push(lost(topology));
  }
  const { retriesDenied } = topology.uploads;
  if (retriesDenied !== null && retriesDenied > 0)
    clauses.push(
      `the retry budget denies ${count(retriesDenied)} ${retriesDenied === 1 ? 'retry' : 'retries'}`,
    );
  if (failed > 0 && unfinished > 0)
    clauses.push(`${count(unfinished)} more ${isOrAre(unfinished)} unfinished at the end of the run`);
  return clauses;
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

function lost({ server, uploads: { offered, failed, failures }, gateway }: TopologyResult): string {
  const [reason, of] = commonest(failures);
  // Without a crash of its own a server goes down only where a fault is scheduled.
  const struck = reason === 'server-crash' && server.crashes === 0;
  const said = (gateway && cutOff(gateway)[reason]) ?? words[reason as FailureReason] ?? reason;
  const why = struck ? 'the server goes down with everything on it' : said;
  const most = of === failed ? '' : `most (${count(of)}) because `;
  return `${someOf(failed, offered)} ${isOrAre(failed)} lost: ${most}${why}`;
}

/** "memory is full after 89.6 s and the server crashes". */
function crash(topology: TopologyResult, result: Result): string {
  const { crashes, servers, memory } = topology.server;
  const fleet = servers.length > 1;
  const since =
    memory.saturatedAt === null ? 'during the warm-up' : when(memory.saturatedAt, topology, result);
  const times = crashes === 1 ? '' : ` (${count(crashes)} crashes in all)`;
  return `memory${fleet ? ' of a server' : ''} is full ${since} and ${fleet ? 'it' : 'the server'} crashes${times}`;
}

/** The commonest reason of the last attempts, and how many uploads it has ended. */
function commonest(failures: Readonly<Record<string, number>>): readonly [string, number] {
  return Object.entries(failures).reduce<readonly [string, number]>(
    (most, each) => (each[1] > most[1] ? each : most),
    ['', 0],
  );
}

/** The same with the limit that it was. */
function cutOff({ profile, maxBody, timeout, idle }: GatewayResult): Readonly<Record<string, string>> {
  const which = `the gateway${profile === null ? '' : ` (${profile})`}`;
  return {
    'payload-too-large': `${which} refuses bodies over ${bytes(maxBody)} (413)`,
    'gateway-timeout': `${which} gives up waiting for the server's answer after ${duration(timeout)} (504)`,
    'gateway-idle': `${which} gives up connections that are silent for ${duration(idle)} (504)`,
  };
}

/** Of one upload or many alike. */
const words: Readonly<Record<FailureReason, string>> = {
  'payload-too-large': 'the gateway takes no bodies so large (413)',
  'gateway-timeout': 'the gateway gives up waiting for the server (504)',
  'gateway-idle': 'the gateway gives up silent connections (504)',
  overloaded: 'all threads are busy and the backlog is full (503)',
  refused: 'the server is down and refuses connections',
  'server-crash': 'the server crashes with everything on it',
  'out-of-memory': 'the server turns uploads away for lack of memory (503)',
  'storage-down': 'storage is down',
  'disk-full': 'the spool disk has no room left (507)',
  timeout: 'the clients give up waiting (timeout)',
  'slow-down': 'storage gets more requests than it takes (503 slow-down)',
  'connection-lost': 'connections break before the file is through (connection-lost)',
  abandoned: 'users lose patience (abandoned)',
  'token-expired': 'signed URLs expire before they are used (403)',
  'token-not-yet-valid': 'signed URLs come from a clock too far ahead of storage (403)',
  'too-large': 'files are larger than their URLs allow (403)',
  'no-such-bucket': 'requests name a bucket that does not exist (404)',
  'access-denied': 'storage denies what is asked for (403)',
  'signature-mismatch': 'signatures do not match (403)',
};
