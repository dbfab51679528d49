import type { Replayed } from '../replay/replay.js';
import type { SelfCheck } from '../result.js';
import { uploadStatus } from '../result.js';

/** Both sides are sums of the same doubles in another order; more than this is a mistake, not rounding. */
const TOLERANCE = 1e-9;

/**
 * Identities that hold exactly in every correct run, whatever the scenario: each side is added up by another part
 * of the program. They are computed in every run and stand in its result.
 */
export function selfChecks(run: Replayed, offered: number): SelfCheck[] {
  const { recorder, to } = run;
  return [
    check('every upload ended once, or is unfinished', ...uploadsAccounted(run, offered)),
    check('every attempt ended once, or is under way', ...attemptsAccounted(run)),
    check("Little's law: uploads in flight", recorder.active.integral(to), recorder.ledger.sojourn),
    check('utilisation law: threads held', threadTime(run), recorder.ledger.threadTime),
    worst('conservation of bytes on every link', linkSums(run)),
    worst('what was taken was given back', leftOver(run)),
  ];
}

function check(name: string, a: number, b: number): SelfCheck {
  const error = a === b ? 0 : Math.abs(a - b) / Math.max(Math.abs(a), Math.abs(b));
  return { name, ok: error <= TOLERANCE, error };
}

function worst(name: string, pairs: Iterable<readonly [number, number]>): SelfCheck {
  let result = check(name, 0, 0);
  for (const [a, b] of pairs) {
    const next = check(name, a, b);
    if (next.error > result.error) result = next;
  }
  return result;
}

function uploadsAccounted({ recorder }: Replayed, offered: number): [number, number] {
  const { count, status } = recorder.uploads;
  const byStatus = [0, 0, 0];
  for (let upload = 0; upload < count; upload++) byStatus[status[upload]!]!++;
  const agree =
    byStatus[uploadStatus.indexOf('succeeded')] === recorder.succeeded &&
    byStatus[uploadStatus.indexOf('failed')] === recorder.failed;
  return agree ? [offered, count] : [offered, 0];
}

function attemptsAccounted({ recorder }: Replayed): [number, number] {
  const { count, attempts } = recorder.uploads;
  let total = 0;
  for (let upload = 0; upload < count; upload++) total += attempts[upload]!;
  return [recorder.attempts, total];
}

function threadTime({ recorder, to }: Replayed): number {
  return recorder.threads.servers.reduce((sum, server) => sum + server.integral(to), 0);
}

/** For each link: what the network integrated, and what its flows say they have moved. */
function* linkSums({ hosts, recorder, simulation }: Replayed): Generator<readonly [number, number]> {
  const spent: number[] = [];
  for (const path of hosts.paths) {
    const carried = recorder.ledger.carried[path.index] ?? 0;
    for (const [link, coefficient] of path.spends) spent[link] = (spent[link] ?? 0) + coefficient * carried;
  }
  for (const [link, sum] of spent.entries()) yield [simulation.network.linkCarried(link), sum ?? 0];
}

/** Only of a run that ended by itself: at a horizon things are still in use. */
function* leftOver({ hosts, finished, to }: Replayed): Generator<readonly [number, number]> {
  if (!finished) return;
  for (const { threads, upstream, memory, parameters } of hosts.servers) {
    yield [threads.inUse, 0];
    yield [threads.waiting, 0];
    yield [upstream.inUse, 0];
    // Memory is in the scale of what passed through it, so its rounding is, too.
    const scale = Math.max(memory.base, Math.min(parameters.memory, 1e9));
    yield [memory.at(to) + scale, memory.base + scale];
  }
}
