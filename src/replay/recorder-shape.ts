import type { Shape } from '../measure/recorder.js';
import type { TopologySpec } from '../scenario/types.js';
import type { Topology } from '../topologies/topology.js';
import type { Workload } from '../workload/workload.js';
import { firstCapacity } from './capacity.js';
import { changingDirections } from './changing-network.js';
import { firstServers, mostServers } from './site.js';

/**
 * What there is to be measured of a design. On the replay's clock, in seconds: the beginning of the measured window, and
 * the end of the warm-up.
 */
export function shapeOf(
  spec: TopologySpec,
  workload: Workload,
  { spools, inParts, issuesTokens }: Topology,
  origin: number,
  warmup: number,
): Shape {
  const { server, storage } = spec;
  return {
    origin,
    warmup,
    servers: {
      count: mostServers(server),
      present: firstServers(server),
      varies: server.health !== null || server.autoscale !== null,
      threads: server.threads,
      backlog: server.backlog,
      memory: server.memory,
      baseMemory: server.baseMemory,
      cores: server.cores,
      networkIn: firstCapacity(server.network, 'in'),
      networkOut: firstCapacity(server.network, 'out'),
      upstream: spec.options.upstreamConnections,
      disk: spools ? server.disk : null,
    },
    storage: {
      networkIn: firstCapacity(storage.network, 'in'),
      networkOut: firstCapacity(storage.network, 'out'),
    },
    changing: changingDirections(spec),
    inParts,
    issuesTokens,
    uploads: workload.uploads.count,
    background: workload.background.map(stream => stream.name),
  };
}
