import { Step } from '../kernel/process.js';
import type { Endpoint, PartedJob, Route, ServerSite } from '../topologies/topology.js';
import { Attempt, type AttemptObserver } from './attempt.js';
import type { Context } from './context.js';
import type { Path } from './host.js';
import type { Parts } from './parts.js';
import { flowCap } from './rates.js';
import { Server } from './server.js';
import { Rest } from './traveller.js';
import type { Progress, Upload } from './upload.js';

/** An attempt to upload one file in parts: the verbs of `PartedJob`, and what they change about the others. */
export class PartedAttempt extends Attempt implements PartedJob {
  readonly parts: Parts;
  /** Parts whose bytes move together. */
  private together = 1;

  constructor(
    context: Context,
    upload: Upload,
    number: number,
    progress: Progress | null,
    observer: AttemptObserver,
  ) {
    super(context, upload, number, progress, observer);
    this.parts = context.parted!.of(upload);
  }

  /** What is drawn for a part is its own. */
  override get stream(): number {
    return this.parts.stream;
  }

  // --- The permission ------------------------------------------------------------------------------------

  override connect(to: Endpoint): Step {
    this.parts.warm = false;
    return super.connect(to);
  }

  override reuseConnection(to: Endpoint): Step {
    if (to instanceof Server) this.parts.warm = true;
    return super.reuseConnection(to);
  }

  protected override get onNewConnection(): boolean {
    return !this.parts.warm;
  }

  openParts(): Step {
    return this.upload.bucketExists ? Step.ready : this.failThrough('no-such-bucket');
  }

  override sign(server: ServerSite, urls = 1): Step {
    return this.work(server as Server, this.parts.sum(this.context.draws.sign, urls, this));
  }

  protected override get urls(): number {
    return this.context.spec.options.signing === 'upfront' ? this.parts.left : this.parts.wave;
  }

  override receivePermission(): void {
    super.receivePermission();
    // Of an upload that a lost answer has opened, the client knows nothing, and the server opens another.
    this.parts.opened = true;
  }

  // --- A wave of parts -----------------------------------------------------------------------------------

  presentTokens(): Step {
    const { checks, recorder } = this.context;
    const { parts } = this;
    const { wave } = parts;
    recorder.parts!.requests.uploadPart += wave;
    const admitted = checks.admit(wave);
    parts.admit(admitted);
    return admitted === 0 ? this.fail('slow-down') : this.checkTokens(admitted, parts.first);
  }

  override slowStart(route: Route): Step {
    const { first, admitted } = this.parts;
    return this.context.spec.transport.slowStart
      ? this.growWindows(route as Path, first, admitted)
      : Step.ready;
  }

  transferParts(): Step {
    const { parts } = this;
    parts.underWay.begin(parts.admitted, parts.first, parts.last);
    return this.moveOn();
  }

  /** Moves the bytes of a wave from one end of a part, or break of a connection, to the next. */
  private moveOn(): Step {
    const wave = this.parts.underWay;
    const { direct } = this.context.hosts.storage.routes;
    while (wave.moving > 0) {
      this.together = wave.moving;
      const bytes = wave.advance(this.bytesToNextBreak(direct));
      if (
        this.move(direct, bytes, this.capOn(direct), this.together * this.weightOn(direct)) !== Step.ready
      ) {
        this.rest = Rest.otherParts;
        return Step.blocked;
      }
    }
    this.rest = Rest.nothing;
    if (wave.intact > 0) return Step.ready;
    this.connectionLost();
    return Step.blocked;
  }

  /** Bytes that all connections of the wave together carry from one break to the next. */
  private bytesToNextBreak(path: Path): number {
    const { drops } = this.context;
    if (drops === null || path.client === null) return Number.POSITIVE_INFINITY;
    const { stream, item, turn, clientClass } = this;
    return drops.bytesToBreak(
      { stream: stream + this.parts.underWay.broken, item, turn, clientClass },
      'body',
    );
  }

  protected override capOn(path: Path): number {
    const { spec, hosts } = this.context;
    return flowCap(path, this.upload, spec, this.together, hosts.storage.speed);
  }

  protected override finishStage(): Step {
    return this.rest === Rest.otherParts ? this.moveOn() : super.finishStage();
  }

  commitParts(): Step {
    const { draws, hosts } = this.context;
    return this.wait(this.parts.longest(draws.firstByte, this) / hosts.storage.speed);
  }

  keepParts(): Step {
    const { parts } = this;
    const { broken, lostBytes } = parts.underWay;
    const isWhole = parts.keep();
    // What broken connections had carried was sent for nothing.
    this.sentBytes = broken > 0 ? lostBytes : null;
    if (isWhole) return Step.ready;
    return this.fail(broken > 0 ? 'connection-lost' : 'slow-down');
  }

  // --- One object of them --------------------------------------------------------------------------------

  protected override askStorage(): boolean {
    this.context.recorder.parts!.serverAsked(this.parts.opened);
    return super.askStorage();
  }

  completeParts(): void {
    this.parts.completed = true;
  }
}
