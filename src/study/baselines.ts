import type { RequestLog } from '../measure/recorder.js';
import { type ReplayOptions, type ReplayProgress, replayInSteps } from '../replay/replay.js';
import type { TopologySpec } from '../scenario/types.js';
import type { UploadStream, Workload } from '../workload/workload.js';

/**
 * The background requests replayed with no uploads at all: what their slow-down is measured against. Designs that
 * differ in nothing that these requests meet share one replay.
 */
export class Baselines {
  private readonly known = new Map<string, readonly RequestLog[]>();

  constructor(
    private readonly workload: Workload,
    private readonly options: ReplayOptions,
  ) {}

  /** A replay is still to be made for this design. */
  lacks(spec: TopologySpec): boolean {
    return this.workload.background.length > 0 && !this.known.has(keyOf(spec));
  }

  *of(spec: TopologySpec): Generator<ReplayProgress, readonly RequestLog[], void> {
    if (this.workload.background.length === 0) return [];
    const key = keyOf(spec);
    const known = this.known.get(key);
    if (known !== undefined) return known;
    const { recorder } = yield* replayInSteps(spec, { ...this.workload, uploads: noUploads }, this.options);
    this.known.set(key, recorder.background);
    return recorder.background;
  }
}

/** Everything of a design that requests without uploads can meet. */
function keyOf({ client, transport, server, storage, gateway, faults }: TopologySpec): string {
  return JSON.stringify([client, transport, server, storage, gateway, faults], (_, value) =>
    value === Number.POSITIVE_INFINITY ? 'unlimited' : value,
  );
}

const noUploads: UploadStream = {
  count: 0,
  start: new Float64Array(0),
  id: new Uint32Array(0),
  closed: null,
  properties: {
    size: noJob,
    client: noJob,
    bucket: noJob,
    file: noJob,
    weight: noJob,
    uplink: noJob,
    downlink: noJob,
    rttServer: noJob,
    rttStorage: noJob,
    loss: noJob,
    mistakes: noJob,
  },
  readTurn: noJob,
};

function noJob(): never {
  throw new Error('there are no uploads');
}
