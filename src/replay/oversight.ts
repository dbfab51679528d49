import type { Simulation } from '../kernel/simulation.js';
import type { FleetLog } from '../measure/fleet-log.js';
import type { Recorder } from '../measure/recorder.js';
import type { ServerParameters } from '../scenario/types.js';
import { Autoscaler } from './autoscaler.js';
import type { Balancer } from './balancer.js';
import { Fleet, type FleetObserver } from './fleet.js';
import { HealthChecks } from './health-checks.js';
import { LoadMeter } from './load-meter.js';
import type { Server } from './server.js';

/** Looks after the servers of a site: health checks, autoscaling, or both. Without these keys there is none. */
export class Oversight implements FleetObserver {
  private readonly health: HealthChecks | null;
  private readonly meter: LoadMeter | null;

  /** `present`: those of the servers that are there to begin with. */
  constructor(
    { health, autoscale }: ServerParameters,
    servers: readonly Server[],
    present: readonly Server[],
    balancer: Balancer,
    private readonly recorder: Recorder,
    log: FleetLog,
    simulation: Simulation,
    epoch: number,
  ) {
    for (const server of servers.slice(present.length)) server.running = false;
    const fleet = new Fleet(present, balancer, log, this);
    this.health =
      health === null ? null : new HealthChecks(health, servers.length, fleet, log, simulation, epoch);
    this.meter =
      autoscale === null ? null : new LoadMeter(autoscale.metric, servers, simulation, recorder.bins);
    if (autoscale !== null) {
      new Autoscaler(autoscale, servers, fleet, this.meter!, log, simulation, epoch).begin();
    }
  }

  /** A server has gone down or come up. */
  serverChanged(): void {
    this.health?.lookAgain();
  }

  serverJoined(server: Server, now: number): void {
    server.running = true;
    this.recorder.memory.set(server.index, now, server.memory.at(now));
    this.health?.lookAgain();
  }

  serverStopped(server: Server, now: number): void {
    server.running = false;
    this.recorder.memory.set(server.index, now, 0);
    this.health?.forget(server);
  }

  threadsChanged(server: Server, inUse: number, waiting: number): void {
    this.meter?.threadsChanged(server, inUse, waiting);
  }

  memoryChanged(server: Server, now: number, level: number, growth: number): void {
    this.meter?.memoryChanged(server, now, level, growth);
  }
}
