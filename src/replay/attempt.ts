import { Step } from '../kernel/process.js';
import type { FailureReason } from '../result.js';
import type { Endpoint, Job, Route, ServerSite, ValetStep } from '../topologies/topology.js';
import type { Context } from './context.js';
import type { Gateway } from './gateway.js';
import type { Host, Path } from './host.js';
import { Notification } from './notification.js';
import { flowCap, slowStartDelay } from './rates.js';
import type { Server } from './server.js';
import { StorageCall } from './storage-call.js';
import { Rest } from './traveller.js';
import type { Progress, Upload } from './upload.js';

/** What the attempt tells of its end. */
export interface AttemptObserver {
  attemptBegan(attempt: Attempt): void;
  attemptSucceeded(attempt: Attempt): void;
  attemptFailed(attempt: Attempt, reason: FailureReason): void;
}

/** Failures after which the connection is gone. */
const breaksConnection: ReadonlySet<FailureReason> = new Set([
  'server-crash',
  'refused',
  'connection-lost',
  'gateway-idle',
]);

/** One attempt to upload one file: the verbs of `Job` on the resources of the site. */
export class Attempt extends StorageCall implements Job {
  step: ValetStep;
  private hasBody = false;
  /** The client waits no more; after a gateway's word it does until that has come. Null while it waits for all. */
  private detached: 'answered' | 'unheard' | null = null;
  /** Bytes on the server's disk; null where there are none, which takes no memory. */
  private spooled: number | null = null;

  constructor(
    context: Context,
    upload: Upload,
    /** Counts from 1. */
    readonly number: number,
    progress: Progress | null,
    private readonly observer: AttemptObserver,
  ) {
    super(context, upload, progress);
    this.step = progress?.step ?? 'permission';
  }

  get failedBytes(): number {
    return this.sentBytes ?? 0;
  }

  get stream(): number {
    return 0;
  }

  get turn(): number {
    return (this.upload.turn + this.number) >>> 0;
  }

  protected get holdTimeCounts(): boolean {
    // One that was turned away for lack of memory gave its thread back at once: it never kept it.
    if (this.failure === 'out-of-memory') return false;
    const { recorder } = this.context;
    return recorder.counts(recorder.uploads.start[this.upload.index]!);
  }

  protected get clientGone(): boolean {
    return this.detached !== null;
  }

  protected get requestBody(): number {
    if (this.context.topology.bodiesThroughServers) return this.size;
    return this.step === 'notification' ? 0 : this.context.spec.valetKey.request;
  }

  /** Begins after `delay` seconds. */
  begin(delay: number): void {
    if (this.wait(delay) === Step.blocked) return;
    // Not at once for a retry: attempts that take no time at all would nest as deep as there are retries.
    if (this.number > 1) this.goOnNext();
    else this.beginNow();
  }

  protected override resumedIdle(): void {
    if (this.failure === null) this.beginNow();
    else super.resumedIdle();
  }

  private beginNow(): void {
    this.observer.attemptBegan(this);
    const { topology, site } = this.context;
    this.start(topology.upload(this.job, site));
  }

  /** What its topology speaks to. */
  protected get job(): Job {
    return this;
  }

  protected override completed(): void {
    this.hangUp();
    if (this.detached !== null) {
      this.context.loneWork(-1);
      return;
    }
    this.connectionRests(this.peer!, true);
    this.observer.attemptSucceeded(this);
  }

  protected override concluded(reason: FailureReason): void {
    this.hangUp();
    const isDown = reason === 'storage-down' && this.peer === this.context.hosts.storage;
    if (isDown || breaksConnection.has(reason)) this.connectionGone(this.peer!);
    else this.connectionRests(this.peer!, this.failedBytes >= this.size);
    this.observer.attemptFailed(this, reason);
  }

  protected override endedAlone(): void {
    this.context.loneWork(-1);
  }

  protected override deadlineMissed(): void {
    this.interrupt('timeout');
  }

  connectionLost(): void {
    this.interrupt('connection-lost');
  }

  /** It will not begin after all. */
  callOff(): void {
    this.stopWaiting();
  }

  /** The client's part ends here and now; a server that has the whole body goes on without it. */
  interrupt(reason: FailureReason): void {
    this.hangUp();
    if (this.peer !== null) this.connectionGone(this.peer);
    // Cut off by the gateway already, whose answer would come too late.
    if (this.detached !== null) this.detached = 'unheard';
    else if (this.finishesAlone) this.detach();
    else this.abandon();
    this.observer.attemptFailed(this, reason);
  }

  override cutOff(reason: FailureReason): void {
    if (!this.finishesAlone) {
      super.cutOff(reason);
      return;
    }
    this.detach();
    const { rttServer } = this.upload;
    const delay = rttServer / 2 + this.queueing(this.at!.out);
    if (this.deadlineTime <= this.simulation.now + delay) return;
    this.clearDeadline();
    this.detached = 'answered';
    const fire = (): void => {
      // It may have given up meanwhile, or lost its connection.
      if (this.detached === 'answered') this.concluded(reason);
    };
    if (delay > 0) this.simulation.after(delay, { fire });
    else fire();
  }

  /** A server that has the whole body finishes its work, whoever waits for it. */
  private get finishesAlone(): boolean {
    return this.hasBody && this.at !== null;
  }

  private detach(): void {
    this.detached = 'unheard';
    this.context.loneWork(1);
    this.context.gateway?.leaves(this);
  }

  // --- At a gateway that keeps a body until it is whole ---------------------------------------------------

  protected override passThrough(gateway: Gateway): Step {
    const path = this.context.hosts.toGateway;
    if (path === null) return super.passThrough(gateway);
    this.stepAside();
    gateway.hears(this);
    this.rest = Rest.bodyToGateway;
    const step = this.slowStart(path);
    return step === Step.ready ? this.sendToGateway(path) : step;
  }

  protected sendToGateway(path: Path): Step {
    this.rest = Rest.gatewayPassesOn;
    const step = this.transfer(path);
    return step === Step.ready ? this.passOn() : step;
  }

  private passOn(): Step {
    this.rest = Rest.nothing;
    this.context.gateway!.passesOn(this);
    return this.reach(this.peer!);
  }

  // --- The verbs -----------------------------------------------------------------------------------------

  preflight(to: Endpoint): Step {
    return this.context.spec.transport.preflight ? this.exchange(to as Host) : Step.ready;
  }

  send(to: Endpoint, bytes = 0): Step {
    return this.sendTo(to as Host, bytes);
  }

  receiveMessage(at: ServerSite, bytes: number): Step {
    return this.receiveAtServer(at as Server, bytes);
  }

  takeThread(server: ServerSite): Step {
    return this.takeThreadOf(server as Server);
  }

  reserveMemory(server: ServerSite, bytes: number): Step {
    return this.reserve(server as Server, bytes);
  }

  holdMemory(server: ServerSite, bytes: number): Step {
    return this.hold(server as Server, bytes);
  }

  reserveDisk(server: ServerSite, bytes: number): Step {
    const { disk } = server as Server;
    const { now } = this.simulation;
    if (disk.space.wouldExceed(now, bytes)) {
      disk.full();
      return this.fail('disk-full');
    }
    disk.space.step(now, bytes);
    this.spooled = bytes;
    return Step.ready;
  }

  handleRequest(server: ServerSite): Step {
    return this.handle(server as Server);
  }

  authorise(): Step {
    return this.wait(this.context.draws.authorise.for(this));
  }

  sign(server: ServerSite): Step {
    return this.work(server as Server, this.context.draws.sign.for(this));
  }

  slowStart(route: Route): Step {
    const path = route as Path;
    if (path.onClientConnection) this.context.gateway?.hears(this);
    // The window of a connection from the gateway is open.
    if (!this.context.spec.transport.slowStart || path.client === null) return Step.ready;
    return this.onNewConnection ? this.growWindows(path, this.size, 1) : Step.ready;
  }

  /** So many connections begin at once, each with `bytes` to carry. */
  protected growWindows(path: Path, bytes: number, connections: number): Step {
    const { spec, hosts } = this.context;
    const { rttServer, rttStorage } = this.upload;
    const rtt = path.client === 'storage' ? rttStorage : rttServer;
    const alone = Math.min(flowCap(path, this.upload, spec, connections, hosts.storage.speed), path.alone);
    return this.wait(slowStartDelay(bytes, alone / connections, rtt));
  }

  transfer(route: Route): Step {
    const path = route as Path;
    const bytes = this.bytesUntilBreak(path, this.size);
    return this.breakAfter(this.move(path, bytes, this.capOn(path), this.weightOn(path)));
  }

  receiveIntoMemory(server: ServerSite): Step {
    const into = server as Server;
    const { receive } = into.routes;
    const bytes = this.bytesUntilBreak(receive, this.size);
    return this.breakAfter(this.moveIntoMemory(into, bytes, this.weightOn(receive)));
  }

  bodyReceived(): void {
    this.hasBody = true;
  }

  takeUpstreamConnection(server: ServerSite): Step {
    return this.takeUpstreamOf(server as Server);
  }

  answer(from: Endpoint, bytes = 0): Step {
    this.leaveStorage();
    return this.answerFrom(from as Host, bytes);
  }

  override receivePermission(): void {
    super.receivePermission();
    this.step = 'put';
  }

  receiveToken(): void {
    this.receivePermission();
    if (this.upload.hasHadToken) return;
    this.upload.hasHadToken = true;
    this.context.recorder.tokenReceived(this.upload.index, this.simulation.now);
  }

  dawdle(): Step {
    return this.wait(this.context.draws.useAfter.for(this));
  }

  stored(): void {
    // Whatever becomes of the notification, these bytes are where they belong.
    this.sentBytes = null;
    this.step = 'notification';
    this.connectionRests(this.context.hosts.storage, true);
  }

  notifyFromStorage(): void {
    new Notification(this.context, this, this.upload).begin();
  }

  // -------------------------------------------------------------------------------------------------------

  protected override giveBack(): void {
    if (this.spooled !== null) {
      this.at!.disk.space.step(this.simulation.now, -this.spooled);
      this.spooled = null;
    }
    super.giveBack();
  }

  protected override finishStage(): Step {
    switch (this.rest) {
      case Rest.bodyToGateway:
        return this.sendToGateway(this.context.hosts.toGateway!);
      case Rest.gatewayPassesOn:
        return this.passOn();
      default:
        return super.finishStage();
    }
  }

  protected weightOn(path: Path): number {
    const { weight } = this.upload;
    return path.unequalShares ? weight * this.context.draws.share(this) : weight;
  }
}
