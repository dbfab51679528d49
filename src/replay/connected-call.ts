import { Step } from '../kernel/process.js';
import type { Endpoint, ServerSite, ValetStep } from '../topologies/topology.js';
import { Call } from './call.js';
import type { Context } from './context.js';
import type { Connected, ConnectionUse } from './drops.js';
import type { Host, Path } from './host.js';
import { Server } from './server.js';
import { Rest } from './traveller.js';
import type { Upload } from './upload.js';

/**
 * A call of an upload's client, over connections of its own: which are open, over which it goes on, and how far the
 * body gets before one breaks. The client's timeout runs as long as it waits for the far end.
 */
export abstract class ConnectedCall extends Call implements Connected {
  /** The server with which it has a connection of its own. */
  private lastServer: Server | null = null;

  /** Where a valet-key upload stands. */
  abstract readonly step: ValetStep;

  constructor(
    context: Context,
    upload: Upload,
    /** The server of the permission, whose connection is taken to be open. */
    private permitted: Server | null,
  ) {
    super(context, upload);
  }

  abstract connectionLost(): void;

  get upload(): Upload {
    return this.client as Upload;
  }

  get item(): number {
    return this.upload.item;
  }

  get size(): number {
    return this.upload.size;
  }

  get clientClass(): number {
    return this.upload.client;
  }

  get keptAlive(): Server | null {
    const { connections } = this.context;
    if (connections !== null) return connections.serverOf(this.item, this.simulation.now);
    // A server that leaves the rotation for good closes the connections over which nothing happens.
    const { permitted } = this;
    return permitted === null || permitted.whenEmpty === null ? permitted : null;
  }

  protected get onNewConnection(): boolean {
    const { connections } = this.context;
    return connections === null || !connections.isWarm(this.item, this.peer!);
  }

  // --- The verbs -----------------------------------------------------------------------------------------

  pickServer(): ServerSite {
    const server = this.keptOpen() ?? this.assign();
    this.lastServer = server;
    this.context.recorder.uploads.server[this.upload.index] = server.index;
    return server;
  }

  connect(to: Endpoint): Step {
    this.pickUp(to);
    const { connections } = this.context;
    if (connections?.reuse(this.item, to as Host, this.simulation.now) === true) return Step.ready;
    connections?.open(this.item, to as Host);
    return this.openConnection(to as Host);
  }

  reuseConnection(to: Endpoint): Step {
    this.pickUp(to);
    this.context.connections?.reuse(this.item, to as Host, this.simulation.now);
    if (to instanceof Server) {
      // Until the exchange has ended well: no later one finds the connection open after one that failed on it.
      this.permitted = null;
      this.lastServer = to;
      this.assignTo(to);
    }
    return Step.ready;
  }

  receivePermission(): void {
    this.hangUp();
    this.permitted = this.lastServer;
    this.connectionRests(this.lastServer!, true);
  }

  // --- What becomes of the connections -------------------------------------------------------------------

  /** The client waits for the far end, over a connection that is open from now on. */
  private pickUp(to: Endpoint): void {
    this.setDeadline(this.context.spec.client.timeout);
    this.context.drops?.opened(this, this.useOf(to));
  }

  private useOf(to: Endpoint): ConnectionUse {
    const { topology, hosts } = this.context;
    if (topology.bodiesThroughServers || to === hosts.storage) return 'body';
    return this.step === 'notification' ? 'notification' : 'permission';
  }

  /** The client waits for nothing at the far end any more. */
  protected hangUp(): void {
    this.clearDeadline();
    this.context.drops?.closed(this);
  }

  /** The server to which a connection is open: it is this one's turn, whatever the balancer would say. */
  private keptOpen(): Server | null {
    const server = this.context.connections?.serverOf(this.item, this.simulation.now) ?? null;
    if (server !== null) this.assignTo(server);
    return server;
  }

  /** What connects to it now finds a connection that is open. */
  protected isOpenTo(host: Host): boolean {
    return this.context.connections?.isOpen(this.item, host, this.simulation.now) === true;
  }

  /** The exchange with the host is over, `wholly` where all has gone over the connection that there was to send. */
  protected connectionRests(host: Host, wholly: boolean): void {
    this.context.connections?.rest(this.item, host, this.simulation.now, wholly);
  }

  /** The connection to the host is gone. */
  protected connectionGone(host: Host): void {
    this.context.connections?.close(this.item, host);
  }

  // --- A body until its connection breaks ----------------------------------------------------------------

  /** The first bytes of `payload` that leave the client before its connection breaks: all of them where it lasts. */
  protected bytesUntilBreak(path: Path, payload: number): number {
    const { drops } = this.context;
    if (drops === null || path.client === null) return payload;
    const bytes = drops.bytesToBreak(this, 'body');
    if (bytes >= payload) return payload;
    this.rest = Rest.breaking;
    return bytes;
  }

  /** The connection may break as soon as the step, which moves those bytes, is over. */
  protected breakAfter(step: Step): Step {
    return step === Step.ready && this.rest === Rest.breaking ? this.finishStage() : step;
  }

  protected override finishStage(): Step {
    if (this.rest !== Rest.breaking) return super.finishStage();
    this.connectionLost();
    return Step.blocked;
  }
}
