import type { TopologySpec } from '../../scenario/types.js';
import type { Figures } from '../figures.js';
import type { Offered } from '../offered.js';
import type { Alone } from './alone.js';

/** One design, what is asked of it, and what was simulated. */
export interface Case {
  readonly spec: TopologySpec;
  readonly offered: Offered;
  readonly figures: Figures;
  /** What each of `offered.drawn` takes that is alone, with means in place of what varies from attempt to attempt. */
  readonly alone: readonly Alone[];
  /** Seconds that an upload takes alone, in the mean. */
  readonly own: number;
  /** The first upload is measured, too: there is no warm-up that it falls into. */
  readonly wholly: boolean;
  /** Uploads come in over so long that the load is as it is at any one time. */
  readonly steady: boolean;
}

/** Parts of a scenario, as `uses` names them. */
export const ARRIVALS = 'workload.uploads.arrivals';
export const SIZE = 'workload.uploads.size';
export const CLIENTS = 'clients';
