import { Step } from '../kernel/process.js';
import type { FailureReason } from '../result.js';
import type { ServerSite } from '../topologies/topology.js';
import { ConnectedCall } from './connected-call.js';
import type { Context } from './context.js';
import type { Host } from './host.js';
import type { StorageGuest } from './outage.js';
import type { Server } from './server.js';
import { Rest } from './traveller.js';
import { asksForMissingBucket, type Progress, type Upload } from './upload.js';

/** A call that comes to storage, too: by itself, with a signed URL, or through its server. */
export abstract class StorageCall extends ConnectedCall implements StorageGuest {
  /** When the URL that the client holds was signed; null where it has none. */
  tokenSigned: number | null;

  constructor(context: Context, upload: Upload, progress: Progress | null) {
    super(context, upload, progress?.keptAlive ?? null);
    this.tokenSigned = progress?.tokenSigned ?? null;
  }

  // --- With a signed URL ----------------------------------------------------------------------------------

  issueToken(): void {
    const { tokens, recorder } = this.context;
    const { now } = this.simulation;
    this.tokenSigned = now;
    recorder.tokens!.signed(this.urls, tokens.lifeOf(now));
  }

  /** That are signed at once. */
  protected get urls(): number {
    return 1;
  }

  presentToken(): Step {
    return this.context.checks.admit(1) === 1 ? this.checkTokens(1, this.size) : this.fail('slow-down');
  }

  /** What storage says to the token that so many requests of one instant carry, the largest of them of `bytes`. */
  protected checkTokens(requests: number, bytes: number): Step {
    const refusal = this.context.checks.refusal(this.upload, this.tokenSigned!, requests, bytes);
    return refusal === null ? Step.ready : this.fail(refusal);
  }

  // --- Through a server -----------------------------------------------------------------------------------

  reachStorage(): Step {
    this.rest = Rest.storageRequest;
    const step = this.wait(this.context.spec.storage.rtt / 2);
    return step === Step.ready ? this.checkRequestRate() : step;
  }

  commit(server?: ServerSite): Step {
    if (server !== undefined && asksForMissingBucket(this.upload)) {
      return this.failThrough('no-such-bucket');
    }
    return this.wait(this.context.draws.firstByte.for(this) / this.context.hosts.storage.speed);
  }

  storageAnswers(server: ServerSite): Step {
    this.leaveStorage();
    return this.halfTripFromStorage(server as Server);
  }

  private checkRequestRate(): Step {
    this.rest = Rest.nothing;
    if (!this.entersStorage()) return this.failThrough('storage-down');
    return this.askStorage() ? Step.ready : this.failThrough('slow-down');
  }

  /** A server's request comes to storage; false where there is no room for it in the request rate. */
  protected askStorage(): boolean {
    return this.context.checks.admit(1) === 1;
  }

  protected override failThrough(reason: FailureReason): Step {
    this.leaveStorage();
    return super.failThrough(reason);
  }

  protected override finishStage(): Step {
    return this.rest === Rest.storageRequest ? this.checkRequestRate() : super.finishStage();
  }

  // --- Storage that goes down ----------------------------------------------------------------------------

  override reach(host: Host): Step {
    if (host !== this.context.hosts.storage) return super.reach(host);
    return this.entersStorage() ? Step.ready : this.fail('storage-down');
  }

  private entersStorage(): boolean {
    return this.context.hosts.storage.outage?.admit(this) ?? true;
  }

  protected leaveStorage(): void {
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

  protected override giveBack(): void {
    this.leaveStorage();
    super.giveBack();
  }
}
