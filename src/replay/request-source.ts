import type { FailureReason } from '../result.js';
import type { RequestDraw, RequestStream } from '../workload/workload.js';
import { Arrivals } from './arrivals.js';
import type { Context } from './context.js';
import { Population, type User } from './population.js';
import { progressOf } from './progress.js';
import { Request, type RequestObserver } from './request.js';

/** Its properties begin as NaN, not 0, so that the engine takes them for doubles at once. */
class DrawnRequest implements RequestDraw {
  client = 0;
  request = Number.NaN;
  response = Number.NaN;
  service = Number.NaN;
  uplink = Number.NaN;
  downlink = Number.NaN;
  rttServer = Number.NaN;
  rttStorage = Number.NaN;
  loss = Number.NaN;
  weight = 1;
}

/** Brings the requests of one background class to the site and notes what becomes of them. */
export class RequestSource implements RequestObserver {
  /** Requests that have not ended, and those that are to come. */
  private toCome: number;
  private running = 0;
  private readonly key: number;
  private readonly arrivals: Arrivals;
  private readonly population: Population | null;
  private readonly users = new Map<Request, User>();

  constructor(
    private readonly context: Context,
    private readonly stream: RequestStream,
    private readonly index: number,
  ) {
    const { simulation } = context;
    this.key = streamKey(stream.name);
    this.toCome = stream.count;
    this.log.offered = stream.count;
    this.arrivals = new Arrivals(simulation, stream, index + 1, context.epoch, arrival =>
      this.arrived(arrival),
    );
    this.population =
      stream.closed === null ? null : new Population(simulation, stream.closed, user => this.turnBegan(user));
  }

  private get log() {
    return this.context.recorder.background[this.index]!;
  }

  get outstanding(): number {
    return this.toCome + this.running + (this.population?.thinking ?? 0);
  }

  /** Share of its work that is done at an instant of the scenario. */
  progress(now: number): number {
    const { count, closed } = this.stream;
    return progressOf(closed, count, this.toCome, this.running, now);
  }

  begin(): void {
    this.arrivals.begin();
    this.population?.begin();
  }

  private arrived(index: number): void {
    this.toCome--;
    const draw = new DrawnRequest();
    this.stream.read(index, draw);
    this.launch(index, 0, draw).begin();
  }

  private turnBegan(user: User): void {
    this.log.offered++;
    const draw = new DrawnRequest();
    this.stream.readTurn(user.number, user.turn, draw);
    const request = this.launch(user.number, user.turn, draw);
    this.users.set(request, user);
    request.begin();
  }

  private launch(item: number, turn: number, draw: DrawnRequest): Request {
    this.running++;
    return new Request(this.context, this.key, item, turn, draw, this);
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
    if (this.population === null) return;
    const user = this.users.get(request);
    if (user !== undefined) {
      this.users.delete(request);
      this.population.ended(user);
    }
  }
}

/**
 * Keys a class's draws by its name, so that they do not depend on which other classes there are: the FNV-1a hash
 * (Fowler, Noll, Vo) in its lower 31 bits, never 0, which are the uploads.
 */
function streamKey(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) hash = Math.imul(hash ^ name.charCodeAt(i), 0x01000193);
  return (hash & 0x7fffffff) | 1;
}
