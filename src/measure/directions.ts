import type { TimeBins } from './bins.js';
import { FleetGauge } from './gauge.js';

/** The network directions of a site: those of the servers, and those of storage. */
export const directionNames = ['networkIn', 'networkOut', 'storageIn', 'storageOut'] as const;
export type DirectionName = (typeof directionNames)[number];

/** What there is to be measured of a direction whose capacity changes. */
export interface ChangingShape {
  /** How many hosts have one, and what each can carry at first, units per second. */
  readonly count: number;
  readonly capacity: number;
  /** Units of burst credit that each has at first; null where it has none. */
  readonly credit: number | null;
}

/** The capacity over time of a direction whose capacity changes, and the credit on which it does. */
export class ChangingDirection {
  readonly capacity: FleetGauge;
  readonly credit: FleetGauge | null;
  /** 1 while a host has no credit left: a fleet counts as exhausted while at least one of its hosts is. */
  readonly exhausted: FleetGauge | null;
  readonly capacitySeries: number;
  readonly creditSeries: number;

  constructor({ count, capacity, credit }: ChangingShape, origin: number, bins: TimeBins) {
    const none = Number.POSITIVE_INFINITY;
    this.capacitySeries = bins.addSeries();
    this.creditSeries = credit === null ? -1 : bins.addSeries();
    this.capacity = new FleetGauge(count, none, capacity, origin, bins, this.capacitySeries);
    this.credit =
      credit === null ? null : new FleetGauge(count, none, credit, origin, bins, this.creditSeries);
    this.exhausted = credit === null ? null : new FleetGauge(count, 1, 0, origin, bins, -1);
  }
}
