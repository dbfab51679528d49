import type { Step } from '../kernel/process.js';
import type { FailureReason } from '../result.js';
import type { RequestDraw } from '../workload/workload.js';
import { Call } from './call.js';
import type { Context } from './context.js';
import type { ClientLink } from './host.js';

/** Told of the request's end; `reason` is null where it succeeded. */
export interface RequestObserver {
  requestEnded(request: Request, reason: FailureReason | null): void;
}

/** A background request over a kept-alive connection: what the other endpoints of the server do meanwhile. */
export class Request extends Call {
  readonly arrivedAt: number;

  constructor(
    context: Context,
    readonly stream: number,
    readonly item: number,
    readonly turn: number,
    private readonly draw: RequestDraw & ClientLink,
    private readonly observer: RequestObserver,
  ) {
    super(context, draw);
    this.arrivedAt = context.simulation.now;
  }

  protected get holdTimeCounts(): boolean {
    return false;
  }

  protected get onNewConnection(): boolean {
    return false;
  }

  protected get clientGone(): boolean {
    return false;
  }

  protected get requestBody(): number {
    return this.draw.request;
  }

  begin(): void {
    this.setDeadline(this.context.spec.client.timeout);
    this.start(this.stages());
  }

  private *stages(): Generator<Step, void, void> {
    const server = this.assign();
    yield this.sendTo(server, this.draw.request);
    yield this.takeThreadOf(server);
    yield this.receiveAtServer(server, this.draw.request);
    yield this.handle(server);
    yield this.wait(this.draw.service);
    yield this.answerFrom(server, this.draw.response);
  }

  protected override completed(): void {
    this.clearDeadline();
    this.observer.requestEnded(this, null);
  }

  protected override concluded(reason: FailureReason): void {
    this.clearDeadline();
    this.observer.requestEnded(this, reason);
  }

  protected override endedAlone(): void {
    throw new Error('a background request ends with its client');
  }

  protected override deadlineMissed(): void {
    this.abandon();
    this.observer.requestEnded(this, 'timeout');
  }
}
