import type { TimedScenario } from '../../scenario/types.js';
import type { Replication, Wanted } from '../../study/replications/replication.js';

/** What a worker is given for life. */
export interface WorkerData {
  readonly scenario: TimedScenario;
  readonly wanted: Wanted;
  /** Doubles, one for each worker: the share of its replication that is done. */
  readonly shares: SharedArrayBuffer;
  /** Which of them is its own. */
  readonly place: number;
}

/** Asks a worker for the replication of this number. */
export type Request = number;

export type Answer = Replication;
