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

  transferParts(route: Route): Step {
    const { admitted, first, last } = this.parts;
    const step = this.moveParts(route as Path, admitted, last);
    if (first === last || admitted === 1 || this.rest === Rest.breaking) return step;
    if (step === Step.ready) return this.moveOtherParts();
    this.rest = Rest.otherParts;
    return step;
  }

  /** What the smaller last part of the file has left of its wave. */
  private moveOtherParts(): Step {
    const { admitted, first, last } = this.parts;
    this.rest = Rest.nothing;
    const { direct } = this.context.hosts.storage.routes;
    return this.moveParts(direct, admitted - 1, first - last, admitted * last);
  }

  /** The same bytes of so many parts, each on a connection of its own; the first of these that breaks ends the wave. */
  private moveParts(path: Path, parts: number, bytesEach: number, before = 0): Step {
    this.parts.moving = parts;
    const bytes = this.bytesUntilBreak(path, parts * bytesEach, before);
    return this.breakAfter(this.move(path, bytes, this.capOn(path), parts * this.weightOn(path)));
  }

  protected override capOn(path: Path): number {
    const { spec, hosts } = this.context;
    return flowCap(path, this.upload, spec, this.parts.moving, hosts.storage.speed);
  }

  protected override finishStage(): Step {
    return this.rest === Rest.otherParts ? this.moveOtherParts() : super.finishStage();
  }

  commitParts(): Step {
    const { draws, hosts } = this.context;
    return this.wait(this.parts.longest(draws.firstByte, this) / hosts.storage.speed);
  }

  keepParts(): Step {
    this.sentBytes = null;
    return this.parts.keep() ? Step.ready : this.fail('slow-down');
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
