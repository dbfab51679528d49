import { Step } from '../kernel/process.js';
import type { FailureReason } from '../result.js';
import type { Endpoint, Job, Route, ServerSite, ValetStep } from '../topologies/topology.js';
import { Mistake } from '../workload/workload.js';
import { Call } from './call.js';
import type { Context } from './context.js';
import type { Connected, ConnectionUse } from './drops.js';
import type { Gateway } from './gateway.js';
import type { ClientLink, Host, Path } from './host.js';
import { Notification } from './notification.js';
import type { StorageGuest } from './outage.js';
import type { Parts } from './parts.js';
import { flowCap, slowStartDelay } from './rates.js';
import { Server } from './server.js';
import { Rest } from './traveller.js';

/** One upload as all its attempts see it. */
export interface Upload extends ClientLink {
  readonly index: number;
  /** Index of the class of its client. */
  readonly client: number;
  /** Bytes. */
  readonly size: number;
  /** Bit set of `Mistake`. */
  readonly mistakes: number;
  /** Storage has a bucket of that name. */
  readonly bucketExists: boolean;
  /** It has received a signed URL before. */
  hasHadToken: boolean;
  /** Keys what is drawn for it, and from where on its attempts are counted. */
  readonly item: number;
  readonly turn: number;
}

/** What one attempt hands on to the next. */
export interface Progress {
  readonly step: ValetStep;
  /** When the URL that the client holds was signed; null where it has none. */
  readonly tokenSigned: number | null;
  /** The server to which the connection of the permission is still open. */
  readonly keptAlive: Server | null;
}

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
export class Attempt extends Call implements Job, Connected, StorageGuest {
  step: ValetStep;
  tokenSigned: number | null;
  /** The server of the permission, whose connection is taken to be open. */
  private permitted: Server | null;
  private hasBody = false;
  /** The client waits no more; after a gateway's word it does until that has come. Null while it waits for all. */
  private detached: 'answered' | 'unheard' | null = null;
  /** Bytes on the server's disk; null where there are none, which takes no memory. */
  private spooled: number | null = null;
  /** The server with which it has a connection of its own. */
  private lastServer: Server | null = null;

  constructor(
    context: Context,
    upload: Upload,
    /** Counts from 1. */
    readonly number: number,
    progress: Progress | null,
    private readonly observer: AttemptObserver,
  ) {
    super(context, upload);
    this.step = progress?.step ?? 'permission';
    this.tokenSigned = progress?.tokenSigned ?? null;
    this.permitted = progress?.keptAlive ?? null;
  }

  get keptAlive(): Server | null {
    const { connections } = this.context;
    if (connections !== null) return connections.serverOf(this.item, this.simulation.now);
    // A server that leaves the rotation for good closes the connections over which nothing happens.
    const { permitted } = this;
    return permitted === null || permitted.whenEmpty === null ? permitted : null;
  }

  get upload(): Upload {
    return this.client as Upload;
  }

  get size(): number {
    return this.upload.size;
  }

  get clientClass(): number {
    return this.upload.client;
  }

  get failedBytes(): number {
    return this.sentBytes ?? 0;
  }

  /** What is drawn for a part is its own. */
  get stream(): number {
    return this.context.parted === null ? 0 : this.parts.stream;
  }

  get parts(): Parts {
    return this.context.parted!.of(this.upload);
  }

  get item(): number {
    return this.upload.item;
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

  protected get onNewConnection(): boolean {
    const { parted, connections } = this.context;
    if (parted !== null) return !this.parts.warm;
    return connections === null || !connections.isWarm(this.item, this.peer!);
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
    const { connections, hosts } = this.context;
    const isDown = reason === 'storage-down' && this.peer === hosts.storage;
    if (isDown || breaksConnection.has(reason)) connections?.close(this.item, this.peer!);
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
    if (this.peer !== null) this.context.connections?.close(this.item, this.peer);
    // Cut off by the gateway already, whose answer would come too late.
    if (this.detached !== null) this.detached = 'unheard';
    else if (this.finishesAlone) this.detach();
    else this.abandon();
    this.observer.attemptFailed(this, reason);
  }

  /** The client waits for nothing at the far end any more. */
  private hangUp(): void {
    this.clearDeadline();
    this.context.drops?.closed(this);
  }

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

  pickServer(): ServerSite {
    const server = this.keptOpen() ?? this.assign();
    this.lastServer = server;
    this.context.recorder.uploads.server[this.upload.index] = server.index;
    return server;
  }

  connect(to: Endpoint): Step {
    this.pickUp(to);
    if (this.context.parted !== null) this.parts.warm = false;
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
      if (this.context.parted !== null) this.parts.warm = true;
      this.assignTo(to);
    }
    return Step.ready;
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
  private connectionRests(host: Host, wholly: boolean): void {
    this.context.connections?.rest(this.item, host, this.simulation.now, wholly);
  }

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

  sign(server: ServerSite, urls?: number): Step {
    const { sign } = this.context.draws;
    const work = urls === undefined ? sign.for(this) : this.parts.sum(sign, urls, this);
    return this.work(server as Server, work);
  }

  slowStart(route: Route): Step {
    const path = route as Path;
    const { rttServer, rttStorage } = this.upload;
    const rtt = path.client === 'storage' ? rttStorage : rttServer;
    if (path.onClientConnection) this.context.gateway?.hears(this);
    const { spec, parted } = this.context;
    // The window of a connection from the gateway is open.
    if (!spec.transport.slowStart || path.client === null) return Step.ready;
    if (parted === null && !this.onNewConnection) return Step.ready;
    const connections = parted === null ? 1 : this.parts.admitted;
    const { speed } = this.context.hosts.storage;
    const alone = Math.min(flowCap(path, this.upload, spec, connections, speed), path.alone);
    const bytes = parted === null ? this.size : this.parts.first;
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

  reachStorage(): Step {
    this.rest = Rest.storageRequest;
    const step = this.wait(this.context.spec.storage.rtt / 2);
    return step === Step.ready ? this.checkRequestRate() : step;
  }

  commit(server?: ServerSite): Step {
    if (server !== undefined && this.asksForMissingBucket) {
      return this.failThrough('no-such-bucket');
    }
    return this.wait(this.context.draws.firstByte.for(this) / this.context.hosts.storage.speed);
  }

  storageAnswers(server: ServerSite): Step {
    this.leaveStorage();
    return this.halfTripFromStorage(server as Server);
  }

  answer(from: Endpoint, bytes = 0): Step {
    this.leaveStorage();
    return this.answerFrom(from as Host, bytes);
  }

  issueToken(): void {
    const { tokens, recorder } = this.context;
    const { now } = this.simulation;
    this.tokenSigned = now;
    recorder.tokens!.signed(this.urls, tokens.lifeOf(now));
  }

  /** That are signed at once. */
  private get urls(): number {
    if (this.context.parted === null) return 1;
    return this.context.spec.options.signing === 'upfront' ? this.parts.left : this.parts.wave;
  }

  receivePermission(): void {
    this.hangUp();
    this.step = 'put';
    this.permitted = this.lastServer;
    this.connectionRests(this.lastServer!, true);
    // Of an upload that a lost answer has opened, the client knows nothing, and the server opens another.
    if (this.context.parted !== null) this.parts.opened = true;
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

  presentToken(): Step {
    const { recorder, hosts } = this.context;
    recorder.storageRequests++;
    return hosts.storage.requestRate.take(this.simulation.now) ? this.checkTokens(1) : this.slowDown();
  }

  openParts(): Step {
    return this.upload.bucketExists ? Step.ready : this.failThrough('no-such-bucket');
  }

  presentTokens(): Step {
    const { recorder, hosts } = this.context;
    const { parts } = this;
    const { wave } = parts;
    let admitted = 0;
    while (admitted < wave && hosts.storage.requestRate.take(this.simulation.now)) admitted++;
    parts.admit(admitted);
    recorder.storageRequests += wave;
    recorder.parts!.requests.uploadPart += wave;
    recorder.slowDowns += wave - admitted;
    return admitted === 0 ? this.fail('slow-down') : this.checkTokens(admitted);
  }

  transferParts(route: Route): Step {
    const { admitted, first, last } = this.parts;
    const step = this.moveParts(route as Path, admitted, last);
    if (first === last || admitted === 1 || this.rest === Rest.breaking) return step;
    if (step === Step.ready) return this.moveOtherParts();
    this.rest = Rest.otherParts;
    return step;
  }

  commitParts(): Step {
    return this.wait(
      this.parts.longest(this.context.draws.firstByte, this) / this.context.hosts.storage.speed,
    );
  }

  keepParts(): Step {
    this.sentBytes = null;
    return this.parts.keep() ? Step.ready : this.fail('slow-down');
  }

  completeParts(): void {
    this.parts.completed = true;
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
    this.leaveStorage();
    super.giveBack();
  }

  protected override finishStage(): Step {
    switch (this.rest) {
      case Rest.storageRequest:
        return this.checkRequestRate();
      case Rest.otherParts:
        return this.moveOtherParts();
      case Rest.bodyToGateway:
        return this.sendToGateway(this.context.hosts.toGateway!);
      case Rest.gatewayPassesOn:
        return this.passOn();
      case Rest.breaking:
        this.connectionLost();
        return Step.blocked;
      default:
        return super.finishStage();
    }
  }

  /**
   * The first bytes of `payload` that leave the client before its connection breaks, after those that it has carried
   * `before`: all of them where it lasts.
   */
  private bytesUntilBreak(path: Path, payload: number, before = 0): number {
    const { drops } = this.context;
    if (drops === null || path.client === null) return payload;
    const bytes = drops.bytesToBreak(this, 'body') - before;
    if (bytes >= payload) return payload;
    this.rest = Rest.breaking;
    return bytes;
  }

  /** The connection may break as soon as the step, which moves those bytes, is over. */
  private breakAfter(step: Step): Step {
    return step === Step.ready && this.rest === Rest.breaking ? this.finishStage() : step;
  }

  /** The same bytes of so many parts, each on a connection of its own; the first of these that breaks ends the wave. */
  private moveParts(path: Path, parts: number, bytesEach: number, before = 0): Step {
    this.parts.moving = parts;
    const bytes = this.bytesUntilBreak(path, parts * bytesEach, before);
    return this.breakAfter(this.move(path, bytes, this.capOn(path), parts * this.weightOn(path)));
  }

  protected override capOn(path: Path): number {
    const { spec, hosts, parted } = this.context;
    const connections = parted === null ? 1 : this.parts.moving;
    return flowCap(path, this.upload, spec, connections, hosts.storage.speed);
  }

  /** What the smaller last part of the file has left of its wave. */
  private moveOtherParts(): Step {
    const { admitted, first, last } = this.parts;
    this.rest = Rest.nothing;
    const { direct } = this.context.hosts.storage.routes;
    return this.moveParts(direct, admitted - 1, first - last, admitted * last);
  }

  private checkRequestRate(): Step {
    this.rest = Rest.nothing;
    if (!this.entersStorage()) return this.failThrough('storage-down');
    this.context.recorder.storageRequests++;
    this.context.recorder.parts?.serverAsked(this.parts.opened);
    if (this.context.hosts.storage.requestRate.take(this.simulation.now)) return Step.ready;
    this.context.recorder.slowDowns++;
    return this.failThrough('slow-down');
  }

  protected override failThrough(reason: FailureReason): Step {
    this.leaveStorage();
    return super.failThrough(reason);
  }

  private slowDown(): Step {
    this.context.recorder.slowDowns++;
    return this.fail('slow-down');
  }

  /** What storage says to the token that so many requests of one instant carry. */
  private checkTokens(requests: number): Step {
    const { mistakes, index } = this.upload;
    const { recorder, tokens } = this.context;
    const { now } = this.simulation;
    const signed = this.tokenSigned!;
    recorder.tokensUsed(requests, index, now - signed, tokens.lifeOf(signed));
    if ((mistakes & Mistake.signature) !== 0) return this.rejectTokens(requests, 'signature-mismatch');
    if ((mistakes & Mistake.method) !== 0) return this.rejectTokens(requests, 'access-denied');
    if (this.asksForMissingBucket) return this.fail('no-such-bucket');
    if ((mistakes & Mistake.key) !== 0) return this.rejectTokens(requests, 'access-denied');
    const refusal = tokens.refusal(signed, now, this.context.parted === null ? this.size : this.parts.first);
    return refusal === null ? Step.ready : this.rejectTokens(requests, refusal);
  }

  private rejectTokens(requests: number, reason: FailureReason): Step {
    this.context.recorder.rejectedTokens += requests;
    return this.fail(reason);
  }

  private get asksForMissingBucket(): boolean {
    return !this.upload.bucketExists || (this.upload.mistakes & Mistake.bucket) !== 0;
  }

  private weightOn(path: Path): number {
    const { weight } = this.upload;
    return path.unequalShares ? weight * this.context.draws.share(this) : weight;
  }

  // --- Storage that goes down ----------------------------------------------------------------------------

  override reach(host: Host): Step {
    if (host !== this.context.hosts.storage) return super.reach(host);
    return this.entersStorage() ? Step.ready : this.fail('storage-down');
  }

  private entersStorage(): boolean {
    return this.context.hosts.storage.outage?.admit(this) ?? true;
  }

  private leaveStorage(): void {
    this.context.hosts.storage.outage?.leave(this);
  }

  loseStorage(): void {
    this.failure = 'connection-lost';
    if (this.at === null) {
      this.abandon();
      return;
    }
    // Its server goes on, and so does all that it has of it.
    this.dropProgram();
    this.stopWaiting();
    this.forgetStage();
    this.endFlow();
  }

  /** Its server, or the client itself, sees the connection break half a round trip later. */
  learnOfOutage(): void {
    if (this.at !== null) this.relay();
    else if (this.wait(this.upload.rttStorage / 2) === Step.ready) this.concluded('connection-lost');
  }
}
