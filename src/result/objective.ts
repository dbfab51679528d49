import type { Interval } from './precision.js';

export interface ObjectiveResult {
  readonly expr: string;
  /** It passed. */
  readonly ok: boolean;
  /** Inconclusive where the limit lies in the interval. No data fails. */
  readonly outcome: 'pass' | 'fail' | 'inconclusive';
  /** Of several replications the mean; null where one of them has none. */
  readonly value: number | null;
  readonly ci95: Interval | null;
  /** Why there is no value, where the design has no steady state. */
  readonly reason: 'no-steady-state' | null;
}
