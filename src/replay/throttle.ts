import type { Scheduled } from '../kernel/calendar.js';
import type { Simulation } from '../kernel/simulation.js';
import type { Fault } from '../scenario/types.js';
import { BEFORE_ALL } from './capacity.js';

/** A time, in seconds on the replay's clock, in which something does only a share of what it can. */
export interface Slowdown {
  readonly from: number;
  readonly to: number;
  readonly factor: number;
}

/** When faults slow a direction of the storage's network, or of one server's, down. */
export function slowdownsOf(
  faults: readonly Fault[],
  owner: 'server' | 'storage',
  way: 'in' | 'out',
  host: number,
  epoch: number,
): readonly Slowdown[] {
  return faults.flatMap(fault => {
    if (fault.kind === 'storage-slow') return owner === 'storage' ? [slowdown(fault, epoch)] : [];
    if (fault.kind !== 'link' || !fault.links.includes(`${owner}.${way}`)) return [];
    const hits = owner === 'storage' || fault.server === 'all' || fault.server === host;
    return hits ? [slowdown(fault, epoch)] : [];
  });
}

/** A direction carries nothing for some time, so that packets wait for it. */
export function linkStops(faults: readonly Fault[], owner: 'server' | 'storage'): boolean {
  return faults.some(
    fault =>
      fault.kind === 'link' && fault.factor === 0 && fault.links.some(link => link.startsWith(`${owner}.`)),
  );
}

/** When storage is slow. */
export function storageSlowdowns(faults: readonly Fault[], epoch: number): readonly Slowdown[] {
  return faults.flatMap(fault => (fault.kind === 'storage-slow' ? [slowdown(fault, epoch)] : []));
}

type Slowing = { readonly at: number; readonly for: number; readonly factor: number };

function slowdown({ at, for: lasts, factor }: Slowing, epoch: number): Slowdown {
  return { from: at - epoch, to: at + lasts - epoch, factor };
}

/** Tells the product of the factors that hold, at the instants at which that changes. */
export class Throttle implements Scheduled {
  constructor(
    private readonly slowdowns: readonly Slowdown[],
    private readonly simulation: Simulation,
    /** `resumes`: where nothing is left, the instant from which on something is. */
    private readonly observer: (factor: number, resumes: number) => void,
  ) {
    const instants = slowdowns
      .filter(({ to }) => to > 0)
      .flatMap(({ from, to }) => [Math.max(0, from), to])
      .filter(instant => instant < Number.POSITIVE_INFINITY);
    for (const instant of new Set(instants)) simulation.calendar.schedule(instant, this, BEFORE_ALL);
  }

  fire(): void {
    const { now } = this.simulation;
    const factor = this.activeAt(now).reduce((product, its) => product * its.factor, 1);
    this.observer(factor, factor === 0 ? this.resumesAfter(now) : now);
  }

  private activeAt(instant: number): readonly Slowdown[] {
    return this.slowdowns.filter(({ from, to }) => from <= instant && instant < to);
  }

  private resumesAfter(now: number): number {
    let end = now;
    for (;;) {
      const stopped = this.activeAt(end).filter(({ factor }) => factor === 0);
      if (stopped.length === 0) return end;
      end = Math.max(...stopped.map(({ to }) => to));
    }
  }
}
