import { Step } from '../kernel/process.js';
import type { FailureReason } from '../result.js';
import type { Endpoint, Job, Route, ServerSite, ValetStep } from '../topologies/topology.js';
import { Mistake } from '../workload/workload.js';
import { Call } from './call.js';
import type { Context } from './context.js';
import type { Connected } from './drops.js';
import type { ClientLink, Host, Path } from './host.js';
import { Notification } from './notification.js';
import { flowCap, slowStartDelay } from './rates.js';
import type { Server } from './server.js';
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

/** Tells the connections of one attempt apart; that of the body is the same one whichever way the body takes. */
const connections = { body: 0, permission: 1, notification: 2 } as const;

/** What one attempt hands on to the next. */
export interface Progress {
  readonly step: ValetStep;
  /** When the signed URL that the client holds expires; null where it has none. */
  readonly tokenExpires: number | null;
  /** The server to which the connection of the permission is still open. */
  readonly keptAlive: Server | null;
}

/** What the attempt tells of its end. */
export interface AttemptObserver {
  attemptBegan(attempt: Attempt): void;
  attemptSucceeded(attempt: Attempt): void;
  attemptFailed(attempt: Attempt, reason: FailureReason): void;
}

/** One attempt to upload one file: the verbs of `Job` on the resources of the site. */
export class Attempt extends Call implements Job, Connected {
  step: ValetStep;
  tokenExpires: number | null;
  keptAlive: Server | null;
  private hasBody = false;
  private detached = false;
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
    this.tokenExpires = progress?.tokenExpires ?? null;
    this.keptAlive = progress?.keptAlive ?? null;
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

  get stream(): number {
    return 0;
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
    return true;
  }

  protected get clientGone(): boolean {
    return this.detached;
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
    if (this.detached) this.context.loneWork(-1);
    else this.observer.attemptSucceeded(this);
  }

  protected override concluded(reason: FailureReason): void {
    this.hangUp();
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
    if (this.hasBody && this.at !== null) {
      this.detached = true;
      this.context.loneWork(1);
    } else {
      this.abandon();
    }
    this.observer.attemptFailed(this, reason);
  }

  /** The client waits for nothing at the far end any more. */
  private hangUp(): void {
    this.clearDeadline();
    this.context.drops?.closed(this);
  }

  /** The client waits for the far end, over a connection that is open from now on. */
  private pickUp(): void {
    this.setDeadline(this.context.spec.client.timeout);
    this.context.drops?.opened(this, this.connection);
  }

  private get connection(): number {
    if (this.step === 'notification') return connections.notification;
    const asks = this.step === 'permission' && this.context.topology.issuesTokens;
    return asks ? connections.permission : connections.body;
  }

  // --- The verbs -----------------------------------------------------------------------------------------

  pickServer(): ServerSite {
    const server = this.assign();
    this.lastServer = server;
    this.context.recorder.uploads.server[this.upload.index] = server.index;
    return server;
  }

  connect(to: Endpoint): Step {
    this.pickUp();
    return this.openConnection(to as Host);
  }

  reuseConnection(to: ServerSite): Step {
    this.pickUp();
    this.assignTo(to as Server);
    return Step.ready;
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

  sign(server: ServerSite): Step {
    return this.work(server as Server, this.context.draws.sign.for(this));
  }

  slowStart(route: Route): Step {
    const path = route as Path;
    const { rttServer, rttStorage } = this.upload;
    const rtt = path.client === 'storage' ? rttStorage : rttServer;
    if (!this.context.spec.transport.slowStart) return Step.ready;
    const alone = Math.min(flowCap(path, this.upload, this.context.spec), path.alone);
    return this.wait(slowStartDelay(this.size, alone, rtt));
  }

  transfer(route: Route): Step {
    const path = route as Path;
    const bytes = this.bytesUntilBreak(path);
    const cap = flowCap(path, this.upload, this.context.spec);
    return this.breakAfter(this.move(path, bytes, cap, this.weightOn(path)));
  }

  receiveIntoMemory(server: ServerSite): Step {
    const into = server as Server;
    const { receive } = into.routes;
    const bytes = this.bytesUntilBreak(receive);
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
    return this.wait(this.context.draws.firstByte.for(this));
  }

  storageAnswers(server: ServerSite): Step {
    return this.halfTripFromStorage(server as Server);
  }

  answer(from: Endpoint, bytes = 0): Step {
    return this.answerFrom(from as Host, bytes);
  }

  issueToken(): void {
    this.tokenExpires = this.simulation.now + this.context.spec.valetKey.ttl;
  }

  receiveToken(): void {
    this.hangUp();
    this.step = 'put';
    this.keptAlive = this.lastServer;
    if (this.upload.hasHadToken) return;
    this.upload.hasHadToken = true;
    this.context.recorder.tokenReceived(this.upload.index, this.simulation.now);
  }

  dawdle(): Step {
    return this.wait(this.context.draws.useAfter.for(this));
  }

  presentToken(): Step {
    const { recorder, hosts } = this.context;
    const { mistakes } = this.upload;
    recorder.storageRequests++;
    if (!hosts.storage.requestRate.take(this.simulation.now)) return this.slowDown();
    if ((mistakes & Mistake.signature) !== 0) return this.rejectToken('signature-mismatch');
    if ((mistakes & Mistake.method) !== 0) return this.rejectToken('access-denied');
    if (this.asksForMissingBucket) return this.fail('no-such-bucket');
    if ((mistakes & Mistake.key) !== 0) return this.rejectToken('access-denied');
    const { tokenExpires } = this;
    const expired = tokenExpires === null || this.simulation.now > tokenExpires;
    return expired ? this.rejectToken('token-expired') : Step.ready;
  }

  stored(): void {
    // Whatever becomes of the notification, these bytes are where they belong.
    this.sentBytes = null;
    this.step = 'notification';
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
    if (this.rest === Rest.storageRequest) return this.checkRequestRate();
    if (this.rest !== Rest.breaking) return super.finishStage();
    this.connectionLost();
    return Step.blocked;
  }

  /** Bytes of the body that leave the client before its connection breaks: all of them where it lasts. */
  private bytesUntilBreak(path: Path): number {
    const { drops } = this.context;
    if (drops === null || path.client === null) return this.size;
    const bytes = drops.bytesToBreak(this, connections.body);
    if (bytes >= this.size) return this.size;
    this.rest = Rest.breaking;
    return bytes;
  }

  /** The connection may break as soon as the step, which moves those bytes, is over. */
  private breakAfter(step: Step): Step {
    return step === Step.ready && this.rest === Rest.breaking ? this.finishStage() : step;
  }

  private checkRequestRate(): Step {
    this.rest = Rest.nothing;
    this.context.recorder.storageRequests++;
    if (this.context.hosts.storage.requestRate.take(this.simulation.now)) return Step.ready;
    this.context.recorder.slowDowns++;
    return this.failThrough('slow-down');
  }

  private slowDown(): Step {
    this.context.recorder.slowDowns++;
    return this.fail('slow-down');
  }

  private rejectToken(reason: FailureReason): Step {
    this.context.recorder.rejectedTokens++;
    return this.fail(reason);
  }

  private get asksForMissingBucket(): boolean {
    return !this.upload.bucketExists || (this.upload.mistakes & Mistake.bucket) !== 0;
  }

  private weightOn(path: Path): number {
    const { weight } = this.upload;
    return path.unequalShares ? weight * this.context.draws.share(this) : weight;
  }
}
