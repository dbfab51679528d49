import type { Step } from '../kernel/process.js';
import type { FailureReason } from '../result.js';
import type { RequestDraw } from '../workload/workload.js';
import { Call } from './call.js';
import type { Context } from './context.js';
import type { DrawKey } from './draws.js';

/** Told of the request's end; `reason` is null where it succeeded. */
export interface RequestObserver {
  requestEnded(request: Request, reason: FailureReason | null): void;
}

/** A background request over a kept-alive connection: what the other endpoints of the server do meanwhile. */
export class Request extends Call {
  protected readonly isUpload = false;
  protected readonly onNewConnection = false;
  protected readonly clientGone = false;

  private readonly request: number;
  private readonly response: number;
  private readonly service: number;

  constructor(
    context: Context,
    readonly stream: number,
    readonly arrivedAt: number,
    protected readonly key: DrawKey,
    draw: RequestDraw,
    private readonly observer: RequestObserver,
  ) {
    super(context);
    this.uplink = draw.uplink;
    this.downlink = draw.downlink;
    this.rttServer = draw.rtt;
    this.loss = draw.loss;
    this.request = draw.request;
    this.response = draw.response;
    this.service = draw.service;
  }

  begin(): void {
    this.setDeadline(this.context.spec.client.timeout);
    this.start(this.stages());
  }

  private *stages(): Generator<Step, void, void> {
    const server = this.assign();
    yield this.sendTo(server, this.request);
    yield this.takeThreadOf(server);
    yield this.receiveAtServer(server, this.request);
    yield this.handle(server);
    yield this.wait(this.service);
    yield this.answerFrom(server, this.response);
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

  expire(): void {
    this.abandon();
    this.observer.requestEnded(this, 'timeout');
  }
}
