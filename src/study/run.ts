import type { RequestLog } from '../measure/recorder.js';
import { replay } from '../replay/replay.js';
import type { Result, TopologyResult, UploadTable } from '../result.js';
import type { Scenario, TopologySpec } from '../scenario/types.js';
import { version } from '../version.js';
import { drawWorkload } from '../workload/draw.js';
import type { UploadStream, Workload } from '../workload/workload.js';
import { compareTopologies } from './comparison.js';
import { summarise } from './summary.js';
import { uploadTable } from './upload-table.js';
import { warningsOf } from './warnings.js';

/** A scenario as it was loaded: what to run, and how to tell it from others. */
export interface Loaded {
  readonly scenario: Scenario;
  /** The scenario with all its defaults, in the form of a scenario file. */
  readonly resolved: unknown;
  readonly sha256: string;
  readonly file: string;
  readonly warnings: readonly string[];
}

export interface Run {
  readonly result: Result;
  readonly uploads: readonly UploadTable[];
}

/**
 * Draws the workload once and replays it through every topology of the scenario. The table of all uploads is made
 * where it is wanted; of millions it would be the largest part of the result.
 */
export function runScenario(loaded: Loaded, wanted: { readonly uploads: boolean } = { uploads: true }): Run {
  const { scenario } = loaded;
  const replication = 0;
  const seed = `${scenario.seed}/${replication}`;
  const workload = drawWorkload(scenario, seed);
  const baselines = new Baselines(scenario, workload, seed);
  const topologies: TopologyResult[] = [];
  const uploads: UploadTable[] = [];
  const warnings = [...loaded.warnings];
  for (const spec of scenario.topologies) {
    const run = replay(spec, workload, { seed, horizon: scenario.horizon, warmup: scenario.warmup });
    const result = summarise(spec, run, baselines.of(spec), scenario.slo);
    topologies.push(result);
    warnings.push(...warningsOf(spec, run.topology.unequalInto, result));
    if (wanted.uploads) uploads.push(uploadTable(spec.name, replication, run, workload));
  }
  const result: Result = {
    format: 'valet-sim/result@1',
    version,
    scenario: {
      name: scenario.name,
      file: loaded.file,
      sha256: loaded.sha256,
      resolved: loaded.resolved,
    },
    seed: scenario.seed,
    replications: 1,
    topologies,
    comparison: compareTopologies(topologies),
    warnings,
  };
  return { result, uploads };
}

/**
 * The background requests replayed with no uploads at all: what their slow-down is measured against. Designs that
 * differ in nothing that these requests meet share one replay.
 */
class Baselines {
  private readonly known = new Map<string, readonly RequestLog[]>();

  constructor(
    private readonly scenario: Scenario,
    private readonly workload: Workload,
    private readonly seed: string,
  ) {}

  of(spec: TopologySpec): readonly RequestLog[] {
    if (this.workload.background.length === 0) return [];
    const key = JSON.stringify([spec.client, spec.transport, spec.server, spec.storage], (_, value) =>
      value === Number.POSITIVE_INFINITY ? 'unlimited' : value,
    );
    let logs = this.known.get(key);
    if (logs === undefined) {
      const { horizon, warmup } = this.scenario;
      const quiet = { ...this.workload, uploads: noUploads };
      logs = replay(spec, quiet, { seed: this.seed, horizon, warmup }).recorder.background;
      this.known.set(key, logs);
    }
    return logs;
  }
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
