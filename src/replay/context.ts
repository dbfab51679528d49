import type { Simulation } from '../kernel/simulation.js';
import type { Recorder } from '../measure/recorder.js';
import type { TopologySpec } from '../scenario/types.js';
import type { Site, Topology } from '../topologies/topology.js';
import type { Balancer } from './balancer.js';
import type { Connections } from './connections.js';
import type { Draws } from './draws.js';
import type { Drops } from './drops.js';
import type { Gateway } from './gateway.js';
import type { PartedUploads } from './parts.js';
import type { Hosts } from './site.js';
import type { StorageChecks } from './storage-checks.js';
import type { TokenRules } from './token.js';
import type { Watch } from './watch.js';
import type { Wire } from './wire.js';

/** What every process of one replay shares. */
export interface Context {
  readonly spec: TopologySpec;
  readonly simulation: Simulation;
  readonly wire: Wire;
  readonly hosts: Hosts;
  /** What stands before the servers, or null. */
  readonly gateway: Gateway | null;
  readonly topology: Topology;
  /** The same design as its topology sees it. */
  readonly site: Site;
  /** The scenario's instant at which the replay's clock begins, seconds. */
  readonly epoch: number;
  /** Called when work that no client waits for begins and ends, so that the run goes on until it has. */
  loneWork(change: 1 | -1): void;
  readonly balancer: Balancer;
  readonly draws: Draws;
  readonly tokens: TokenRules;
  readonly checks: StorageChecks;
  /** Null where each attempt opens its own. */
  readonly connections: Connections | null;
  /** Null where no connection ever breaks by itself. */
  readonly drops: Drops | null;
  readonly recorder: Recorder;
  /** The parts of the uploads in the system; null where they go as a whole. */
  readonly parted: PartedUploads | null;
  /** The one upload whose every step is noted, or null. */
  readonly watch: Watch | null;
}
