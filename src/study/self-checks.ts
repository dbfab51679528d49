import type { Replayed } from '../replay/replay.js';
import type { SelfCheck } from '../result.js';
import { uploadStatus } from '../result.js';

/** More than this is a mistake, not rounding. */
const TOLERANCE = 1e-9;
/** The end of a flow is rounded to the clock; its load is off by its rate times that, a few times over. */
const CLOCK_ROUNDINGS = 8;

/**
 * Identities that hold exactly in every correct run, whatever the scenario. They are computed in every run and
 * stand in its result.
 */
export function selfChecks(run: Replayed, offered: number): SelfCheck[] {
  const { recorder, to } = run;
  return [
    check('every upload ended once, or is unfinished', ...uploadsAccounted(run, offered)),
    check('every attempt ended once, or is under way', ...attemptsAccounted(run, offered)),
    check("Little's law: uploads in flight", recorder.active.integral(to), recorder.ledger.sojourn),
    check('utilisation law: threads held', threadTime(run), recorder.ledger.threadTime),
    worst('conservation of bytes on every link', linkSums(run)),
    worst('what was taken was given back', leftOver(run)),
    check('the run came to its end', run.finished || run.cutShort ? 1 : 0, 1),
  ];
}

/** `rounding`: by how much the two sides may differ, whatever their size. */
function check(name: string, a: number, b: number, rounding = 0): SelfCheck {
  const apart = Math.max(0, Math.abs(a - b) - rounding);
  const error = apart === 0 ? 0 : apart / Math.max(Math.abs(a), Math.abs(b));
  // What is not a number agrees with nothing.
  return Number.isNaN(error) ? { name, ok: false, error: 1 } : { name, ok: error <= TOLERANCE, error };
}

function worst(name: string, sides: Iterable<readonly [a: number, b: number, rounding?: number]>): SelfCheck {
  let result = check(name, 0, 0);
  for (const [a, b, rounding] of sides) {
    const next = check(name, a, b, rounding);
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

/** At a horizon an upload that has not ended may have one attempt under way, or wait for its next. */
function attemptsAccounted({ recorder }: Replayed, offered: number): [number, number] {
  const ended = recorder.succeeded + recorder.attemptFailures.total;
  const underWay = offered - recorder.succeeded - recorder.failed;
  return [recorder.attempts, Math.min(ended + underWay, Math.max(ended, recorder.attempts))];
}

function threadTime({ recorder, to }: Replayed): number {
  return recorder.threads.servers.reduce((sum, server) => sum + server.integral(to), 0);
}

/** For each link: what the network integrated, and what its flows say they have moved. */
function* linkSums(run: Replayed): Generator<readonly [number, number, number]> {
  const { hosts, recorder, simulation, to } = run;
  const spent: number[] = [];
  const rounding: number[] = [];
  for (const path of hosts.paths) {
    const carried = recorder.ledger.carried[path.index] ?? 0;
    const flows = recorder.ledger.flows[path.index] ?? 0;
    for (const [link, coefficient] of path.spends) {
      spent[link] = (spent[link] ?? 0) + coefficient * carried;
      rounding[link] = (rounding[link] ?? 0) + flows * Number.EPSILON * to * CLOCK_ROUNDINGS;
    }
  }
  for (const [link, sum] of spent.entries()) {
    const fastest = recorder.peakLoad(link);
    yield [simulation.network.linkCarried(link), sum ?? 0, (rounding[link] ?? 0) * fastest];
  }
}

/** Only of a run that ended by itself: at a horizon things are still in use. */
function* leftOver({ hosts, finished, to }: Replayed): Generator<readonly [number, number]> {
  if (!finished) return;
  for (const { threads, upstream, memory, disk, connections } of hosts.servers) {
    yield [threads.inUse + threads.waiting, 0];
    yield [upstream.inUse + upstream.waiting, 0];
    yield [connections, 0];
    for (const level of [memory, disk.space]) {
      yield [level.at(to), level.base];
      // What rounding had left over whenever the last one went, in the scale of what had been there.
      yield [level.highest + level.largestResidue, level.highest];
    }
  }
}
