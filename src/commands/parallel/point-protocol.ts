import type { TimedScenario } from '../../scenario/types.js';
import type { Observed } from '../../study/sensitivity/observed.js';

/** What a worker for points is given for life. */
export interface PointWorkerData {
  /** Doubles, one for each worker: the share of its point that is done. */
  readonly shares: SharedArrayBuffer;
  /** Which of them is its own. */
  readonly place: number;
}

/** Asks a worker for all replications of a scenario. */
export interface PointRequest {
  readonly scenario: TimedScenario;
  readonly replications: number;
  readonly figure: string;
}

export type PointAnswer = readonly Observed[];
