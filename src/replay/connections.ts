import type { Host } from './host.js';
import { Server } from './server.js';

/** A connection that a client keeps open. */
interface Connection {
  readonly host: Host;
  /** How often all of the host's had broken before. */
  readonly breaks: number;
  /** Since when nothing has gone over it; Infinity while something does. */
  idleSince: number;
  /** It has carried a body or a whole exchange: its window has grown. */
  warm: boolean;
}

/**
 * The connections that clients keep open for their next requests: those of an upload's retries, those of a user's
 * turns. A client has at most one to each host. One that has been idle for longer than `keepAlive` is closed.
 *
 * A client goes on with the server to which it has a connection, and no balancer is asked: they balance connections.
 */
export class Connections {
  /** How many were opened, and how many requests went over one that was open already. */
  opened = 0;
  reused = 0;
  private readonly byClient = new Map<number, Connection[]>();

  /** @param keepAlive seconds */
  constructor(private readonly keepAlive: number) {}

  /** A new one. */
  open(client: number, host: Host): void {
    this.opened++;
    const { breaks } = host;
    const connection = { host, breaks, idleSince: Number.POSITIVE_INFINITY, warm: false };
    this.byClient.set(client, [...this.others(client, host), connection]);
  }

  isOpen(client: number, host: Host, now: number): boolean {
    return this.find(client, host, now) !== undefined;
  }

  /** A request goes over the one to this host; false where there is none. */
  reuse(client: number, host: Host, now: number): boolean {
    const connection = this.find(client, host, now);
    if (connection === undefined) return false;
    connection.idleSince = Number.POSITIVE_INFINITY;
    this.reused++;
    return true;
  }

  /** The exchange over it is over. */
  rest(client: number, host: Host, now: number, warm: boolean): void {
    const connection = this.byClient.get(client)?.find(each => each.host === host);
    if (connection === undefined) return;
    connection.idleSince = now;
    connection.warm ||= warm;
  }

  /** The one to this host is no new one to TCP. */
  isWarm(client: number, host: Host): boolean {
    return this.byClient.get(client)?.some(each => each.host === host && each.warm) ?? false;
  }

  /** It is lost. */
  close(client: number, host: Host): void {
    this.byClient.set(client, this.others(client, host));
  }

  /** The client has gone. */
  forget(client: number): void {
    this.byClient.delete(client);
  }

  /** The server to which the client has had a connection open for the shortest time of idleness, or null. */
  serverOf(client: number, now: number): Server | null {
    let latest: Connection | null = null;
    for (const connection of this.byClient.get(client) ?? []) {
      if (!(connection.host instanceof Server) || !this.lives(connection, now)) continue;
      if (latest === null || connection.idleSince > latest.idleSince) latest = connection;
    }
    return latest === null ? null : (latest.host as Server);
  }

  private find(client: number, host: Host, now: number): Connection | undefined {
    return this.byClient.get(client)?.find(each => each.host === host && this.lives(each, now));
  }

  private lives({ host, breaks, idleSince }: Connection, now: number): boolean {
    return host.breaks === breaks && now - idleSince <= this.keepAlive;
  }

  private others(client: number, host: Host): Connection[] {
    return (this.byClient.get(client) ?? []).filter(each => each.host !== host);
  }
}
