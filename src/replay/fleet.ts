import type { FleetLog } from '../measure/fleet-log.js';
import type { Balancer } from './balancer.js';
import type { Server } from './server.js';

/** Told of servers that come into the rotation. */
export interface FleetObserver {
  serverJoined(server: Server, now: number): void;
  /** A server that had left has no request any more: it is gone. */
  serverStopped(server: Server, now: number): void;
}

/**
 * The servers to which the balancer may send: those that are in service, without those that are known to be dead.
 * Where all are, it sends to all ("fails open", as Application Load Balancers do): perhaps the checks are wrong, and
 * there is nothing to lose.
 */
export class Fleet {
  /** Servers in service, in ascending order. */
  members: readonly Server[];
  private readonly dead = new Set<Server>();

  constructor(
    members: readonly Server[],
    private readonly balancer: Balancer,
    private readonly log: FleetLog,
    private readonly observer: FleetObserver,
  ) {
    this.members = members;
  }

  isDead(server: Server): boolean {
    return this.dead.has(server);
  }

  /** What the health checks say of a server. */
  judge(server: Server, healthy: boolean, now: number): void {
    if (healthy) this.dead.delete(server);
    else this.dead.add(server);
    this.rotate(now);
  }

  /** A server that was not there takes requests from now on. */
  join(server: Server, now: number): void {
    server.whenEmpty = null;
    this.members = [...this.members, server].sort((a, b) => a.index - b.index);
    this.log.used = Math.max(this.log.used, server.index + 1);
    this.log.serving.set(server.index, now, 1);
    this.rotate(now);
    this.observer.serverJoined(server, now);
  }

  /** A server gets nothing new. Once it has finished what it has, it is gone, and `gone` is called. */
  retire(server: Server, now: number, gone: () => void): void {
    this.members = this.members.filter(member => member !== server);
    this.dead.delete(server);
    this.rotate(now);
    let left = false;
    // It closes the connections over which nothing happens, and those under way with their answers.
    server.breaks++;
    server.whenEmpty = at => {
      if (left) return;
      left = true;
      this.log.serving.set(server.index, at, 0);
      this.observer.serverStopped(server, at);
      gone();
    };
    if (server.connections === 0) server.whenEmpty(now);
  }

  private rotate(now: number): void {
    const alive = this.members.filter(server => !this.dead.has(server));
    const receiving = alive.length > 0 ? alive : this.members;
    this.log.inRotation.set(now, receiving.length);
    this.balancer.sendTo(receiving, this.members);
  }
}
