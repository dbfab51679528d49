import type { Scheduled } from '../kernel/calendar.js';
import type { Simulation } from '../kernel/simulation.js';
import type { FleetLog, Removal } from '../measure/fleet-log.js';
import type { HealthChecks as Rule } from '../scenario/types.js';
import { Beat, LAST } from './beat.js';
import type { Fleet } from './fleet.js';
import type { Server } from './server.js';

/**
 * The health checks of the load balancer: at each multiple of the interval it asks every server whether it is up. They
 * cost the servers nothing, and a server that is merely busy passes them. A server that is down fails the check
 * `timeout` seconds later.
 *
 * Checks that can change nothing are not made: while every server is as the balancer believes it to be, and no count
 * is under way, there is no event.
 */
export class HealthChecks implements Scheduled {
  /** By server: checks in a row that say the contrary of what the balancer believes. */
  private readonly contrary: Int32Array;
  private readonly removals = new Map<Server, Removal>();
  private readonly beat: Beat;
  private scheduled = false;

  constructor(
    private readonly rule: Rule,
    servers: number,
    private readonly fleet: Fleet,
    private readonly log: FleetLog,
    private readonly simulation: Simulation,
    epoch: number,
  ) {
    this.contrary = new Int32Array(servers);
    this.beat = new Beat(rule.interval, epoch, true);
  }

  /** A server has gone down, come up, or come into service. */
  lookAgain(): void {
    if (this.scheduled || !this.fleet.members.some(server => this.isOpen(server))) return;
    this.scheduled = true;
    const { calendar, now } = this.simulation;
    calendar.schedule(this.beat.next(now), this, LAST.healthChecks);
  }

  /** A server has left; one that comes later in its place is counted anew. */
  forget(server: Server): void {
    this.contrary[server.index] = 0;
    this.removals.delete(server);
  }

  fire(): void {
    this.scheduled = false;
    const failing: Server[] = [];
    for (const server of this.fleet.members) {
      if (server.up) this.passed(server);
      else failing.push(server);
    }
    const { timeout } = this.rule;
    if (failing.length > 0 && timeout > 0) {
      this.simulation.after(timeout, { fire: () => this.failed(failing) });
    } else {
      this.failed(failing);
    }
    this.lookAgain();
  }

  /** What the balancer believes is not so, or it is counting. */
  private isOpen(server: Server): boolean {
    return server.up === this.fleet.isDead(server) || this.contrary[server.index]! > 0;
  }

  private passed(server: Server): void {
    const { now } = this.simulation;
    if (!this.isContrary(server, this.fleet.isDead(server), this.rule.healthy)) return;
    this.fleet.judge(server, true, now);
    this.removals.get(server)!.back = now;
    this.removals.delete(server);
  }

  private failed(servers: readonly Server[]): void {
    const { now } = this.simulation;
    for (const server of servers) {
      // It may have left while its check was waiting.
      if (!this.fleet.members.includes(server)) continue;
      if (!this.isContrary(server, !this.fleet.isDead(server), this.rule.unhealthy)) continue;
      this.fleet.judge(server, false, now);
      const removal = { server: server.index, at: now, back: null };
      this.removals.set(server, removal);
      this.log.removals.push(removal);
    }
    this.lookAgain();
  }

  /** Counts a check; true where the last of so many in a row has contradicted. */
  private isContrary({ index }: Server, contradicts: boolean, needed: number): boolean {
    const count = contradicts ? this.contrary[index]! + 1 : 0;
    this.contrary[index] = count < needed ? count : 0;
    return count >= needed;
  }
}
