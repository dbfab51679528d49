import type { Simulation } from '../kernel/simulation.js';
import type { NetworkParameters } from '../scenario/types.js';
import type { Direction, Path } from './host.js';

/** Bytes of payload per second that a direction carries when a run begins: what its burst allows, while it is full. */
export function firstCapacity(network: NetworkParameters, way: 'in' | 'out'): number {
  const { rate, burst } = network[way];
  return (burst?.rate ?? rate) * network.efficiency;
}

/** Seconds that a direction's full queue takes to drain at a capacity: a time is that time, bytes take what they take. */
export function queueAt(network: NetworkParameters, way: 'in' | 'out', capacity: number): number {
  const { rate, queue, queueInBytes } = network[way];
  const lasting = rate * network.efficiency;
  return !queueInBytes || queue === 0 || capacity === lasting ? queue : queue * (lasting / capacity);
}

/** The order of events that change capacities: at their instant they come before all others, arrivals included. */
export const BEFORE_ALL = -2 * Number.MAX_SAFE_INTEGER;

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

/**
 * The effective capacity of a direction that changes while it is used, and all that is known by it: its standing
 * queue, and what a flow would have alone on each path that crosses it. What it could carry is multiplied by what
 * faults leave of it.
 */
export class Capacity {
  private readonly paths: readonly Mutable<Path>[];
  private whole: number;
  private factor = 1;

  constructor(
    private readonly direction: Mutable<Direction>,
    private readonly network: NetworkParameters,
    private readonly way: 'in' | 'out',
    /** Of the whole site; kept up to date, by link. */
    private readonly capacities: number[],
    paths: readonly Path[],
    private readonly simulation: Simulation,
    private readonly observer: (now: number, capacity: number) => void,
  ) {
    this.paths = paths.filter(({ spends }) => spends.some(([link]) => link === direction.link));
    this.whole = direction.capacity;
  }

  /** From this instant on, bytes of payload per second without faults. */
  set(capacity: number): void {
    if (capacity === this.whole) return;
    this.whole = capacity;
    this.apply();
  }

  /** From this instant on faults leave so much of it; where that is nothing, until `resumes`. */
  scale(factor: number, resumes: number): void {
    if (factor === this.factor) return;
    this.factor = factor;
    this.direction.resumesAt = resumes;
    this.apply();
  }

  private apply(): void {
    const { direction, capacities, simulation, whole, factor } = this;
    const { link } = direction;
    // Nothing is left of what is unlimited, too.
    const capacity = factor === 0 ? 0 : whole * factor;
    simulation.network.setCapacity(link, capacity);
    if (capacity > 0) {
      direction.capacity = capacity;
      direction.queue = queueAt(this.network, this.way, capacity);
      if (direction.standing > 0) direction.standing = direction.queue;
    }
    capacities[link] = capacity;
    for (const path of this.paths) {
      path.alone = Math.min(...path.spends.map(([other, spent]) => capacities[other]! / spent));
      path.unbounded = path.alone === Number.POSITIVE_INFINITY;
    }
    this.observer(simulation.now, capacity);
  }
}
