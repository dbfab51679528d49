import type { FailureReason } from '../result.js';
import type { RequestDraw, RequestStream } from '../workload/workload.js';
import { Arrivals } from './arrivals.js';
import type { Context } from './context.js';
import { Population, type User } from './population.js';
import { Request, type RequestObserver } from './request.js';

/** Brings the requests of one background class to the site and notes what becomes of them. */
export class RequestSource implements RequestObserver {
  /** Requests that have not ended, and those that are to come. */
  private toCome: number;
  private running = 0;
  private readonly arrivals: Arrivals;
  private readonly population: Population | null;
  private readonly users = new Map<Request, User>();
  private readonly draw: RequestDraw = {
    client: 0,
    request: 0,
    response: 0,
    service: 0,
    uplink: 0,
    downlink: 0,
    rtt: 0,
    loss: 0,
  };

  constructor(
    private readonly context: Context,
    private readonly stream: RequestStream,
    private readonly index: number,
  ) {
    const { simulation } = context;
    this.toCome = stream.count;
    this.log.offered = stream.count;
    this.arrivals = new Arrivals(simulation, stream, index + 1, arrival => this.arrived(arrival));
    this.population =
      stream.closed === null ? null : new Population(simulation, stream.closed, user => this.turnBegan(user));
  }

  private get log() {
    return this.context.recorder.background[this.index]!;
  }

  get outstanding(): number {
    return this.toCome + this.running + (this.population?.thinking ?? 0);
  }

  begin(): void {
    this.arrivals.begin();
    this.population?.begin();
  }

  private arrived(index: number): void {
    this.toCome--;
    this.stream.read(index, this.draw);
    this.launch({ stream: this.index + 1, client: index, attempt: 0 }).begin();
  }

  private turnBegan(user: User): void {
    this.log.offered++;
    this.stream.readTurn(user.number, user.turn, this.draw);
    const request = this.launch({ stream: this.index + 1, client: user.number, attempt: user.turn });
    this.users.set(request, user);
    request.begin();
  }

  private launch(key: { stream: number; client: number; attempt: number }): Request {
    this.running++;
    return new Request(this.context, this.index, this.context.simulation.now, key, this.draw, this);
  }

  requestEnded(request: Request, reason: FailureReason | null): void {
    const { recorder, simulation } = this.context;
    const { now } = simulation;
    this.running--;
    recorder.lastEnd = now;
    if (reason === null) {
      this.log.succeeded++;
      if (request.arrivedAt >= recorder.shape.warmup) this.log.latency.add(now - request.arrivedAt);
    } else {
      this.log.failed++;
      this.log.failures.add(reason);
    }
    const user = this.users.get(request);
    if (user !== undefined) {
      this.users.delete(request);
      this.population!.ended(user);
    }
  }
}
