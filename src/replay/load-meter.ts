import type { Simulation } from '../kernel/simulation.js';
import type { TimeBins } from '../measure/bins.js';
import { Usage } from '../measure/usage.js';
import type { ScalingMetric } from '../scenario/types.js';
import type { Server } from './server.js';

/**
 * The integral over time of what autoscaling watches, for each server. Measurements do not serve: they begin after the
 * warm-up, and what happens must not depend on what is measured.
 */
export class LoadMeter {
  /** Of what the network does not integrate by itself. */
  private readonly usages: readonly Usage[];
  /** What a server uses that does nothing. */
  readonly idle: number;

  constructor(
    private readonly metric: ScalingMetric,
    private readonly servers: readonly Server[],
    private readonly simulation: Simulation,
    bins: TimeBins,
  ) {
    const own = metric === 'threads' || metric === 'requests' || metric === 'memory';
    this.idle = metric === 'memory' ? servers[0]!.parameters.baseMemory : 0;
    const unlimited = Number.POSITIVE_INFINITY;
    this.usages = own ? servers.map(() => new Usage(unlimited, this.idle, 0, bins, -1)) : [];
  }

  /** What a mean of 1 stands for on one server. */
  get capacity(): number {
    const [server] = this.servers;
    const { cores, threads, memory } = server!.parameters;
    const { metric } = this;
    if (metric === 'networkIn') return server!.in.capacity;
    if (metric === 'networkOut') return server!.out.capacity;
    return { cpu: cores, threads, memory, requests: 1 }[metric];
  }

  /** The integral up to now, in units x seconds. */
  integral(server: Server): number {
    const { network, now } = this.simulation;
    switch (this.metric) {
      case 'cpu':
        return network.linkCarried(server.cores);
      case 'networkIn':
        return network.linkCarried(server.in.link);
      case 'networkOut':
        return network.linkCarried(server.out.link);
      default:
        return this.usages[server.index]!.integral(now);
    }
  }

  threadsChanged(server: Server, inUse: number, waiting: number): void {
    if (this.metric === 'threads') this.usages[server.index]!.set(this.simulation.now, inUse);
    else if (this.metric === 'requests') this.usages[server.index]!.set(this.simulation.now, inUse + waiting);
  }

  memoryChanged(server: Server, now: number, level: number, growth: number): void {
    if (this.metric === 'memory') this.usages[server.index]!.set(now, level, growth);
  }
}
