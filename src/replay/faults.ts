import type { Simulation } from '../kernel/simulation.js';
import type { Fault } from '../scenario/types.js';
import type { Hosts } from './site.js';

/** The server is to be down at some time. */
export function goesDown(faults: readonly Fault[], server: number): boolean {
  return faults.some(
    fault => fault.kind === 'server-down' && (fault.server === 'all' || fault.server === server),
  );
}

/** The storage is to be down at some time. */
export function storageGoesDown(faults: readonly Fault[]): boolean {
  return faults.some(({ kind }) => kind === 'storage-down');
}

/** Arrivals come at -(2^53 - 1) and above in the order of events of one instant; even numbers below are exact. */
const BEFORE_ARRIVALS = -(2 ** 53);

interface Change {
  readonly at: number;
  act(): void;
}

/**
 * Puts the faults into the calendar. At an instant they come before all other events, those that begin before those
 * that end, so that one which follows another at once leaves no gap.
 *
 * @param epoch the scenario's instant at which the clock of the simulation begins, seconds
 */
export function scheduleFaults(
  faults: readonly Fault[],
  hosts: Hosts,
  simulation: Simulation,
  epoch: number,
): void {
  const begins: Change[] = [];
  const ends: Change[] = [];
  const strike = ({ at, for: lasts }: Fault, begin: () => void, end: () => void): void => {
    if (at + lasts <= epoch || at === Number.POSITIVE_INFINITY) return;
    begins.push({ at: Math.max(0, at - epoch), act: begin });
    ends.push({ at: at + lasts - epoch, act: end });
  };
  const { servers, storage } = hosts;
  for (const fault of faults) {
    if (fault.kind === 'storage-down') {
      const outage = storage.outage!;
      strike(
        fault,
        () => outage.begin(),
        () => outage.end(),
      );
    } else if (fault.kind === 'server-down') {
      const struck = fault.server === 'all' ? servers : [servers[fault.server]!];
      strike(
        fault,
        () => {
          for (const server of struck) server.strike();
        },
        () => {
          for (const server of struck) server.rise();
        },
      );
    }
  }
  const changes = [...begins, ...ends];
  for (const [i, { at, act }] of changes.entries()) {
    simulation.calendar.schedule(at, { fire: act }, BEFORE_ARRIVALS + 2 * (i - changes.length));
  }
}
