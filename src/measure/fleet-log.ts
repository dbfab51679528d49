import type { TimeBins } from './bins.js';
import { FleetGauge } from './gauge.js';
import { Usage } from './usage.js';

/** A decision to add servers or to take some away. Instants in seconds. */
export interface ScalingStep {
  readonly at: number;
  /** Servers before and after it, those that start included. */
  readonly from: number;
  readonly to: number;
  /** The mean of the metric that led to it. */
  readonly value: number;
  /** When the new servers are in the rotation; null where some are taken away. */
  readonly ready: number | null;
}

/** A server that the balancer sent nothing to, as its health checks failed. Instants in seconds. */
export interface Removal {
  readonly server: number;
  readonly at: number;
  /** When its checks had succeeded again; null while they have not. */
  back: number | null;
}

/** Which servers there were, and which of them the balancer sent requests to. */
export class FleetLog {
  /** The series of servers in the rotation. */
  readonly series: number;
  readonly inRotation: Usage;
  /** Servers that cost money: those that start, serve or drain. */
  readonly billed: Usage;
  /** By server: 1 while it is there, from its coming into the rotation to its end. */
  readonly serving: FleetGauge;
  /** Servers that have ever been there: so many from the first on. */
  used: number;
  readonly steps: ScalingStep[] = [];
  readonly removals: Removal[] = [];
  /** How often more servers were wanted than there may be. */
  heldBack = 0;
  /** The highest mean of the metric over a period; null where there was none. */
  highest: number | null = null;

  constructor(count: number, initial: number, origin: number, bins: TimeBins) {
    const none = Number.POSITIVE_INFINITY;
    this.used = initial;
    this.series = bins.addSeries();
    this.inRotation = new Usage(none, initial, origin, bins, this.series);
    this.billed = new Usage(none, initial, origin, bins, -1);
    this.serving = new FleetGauge(count, 1, 1, origin, bins, -1, initial);
  }
}
