import { type FailureReason, failureReasons, uploadStatus } from '../result.js';
import { TimeBins } from './bins.js';
import { ChangingDirection, type ChangingShape, type DirectionName, directionNames } from './directions.js';
import { FleetLog } from './fleet-log.js';
import { FleetGauge } from './gauge.js';
import { PartsLog, Remains } from './remains.js';
import { Sample } from './sample.js';
import { TokenLog } from './token-log.js';
import { UploadLog } from './upload-log.js';
import { Usage } from './usage.js';

const UNFINISHED = uploadStatus.indexOf('unfinished');
const SUCCEEDED = uploadStatus.indexOf('succeeded');
const FAILED = uploadStatus.indexOf('failed');

/** What there is to be measured. Capacities may be Infinity. */
export interface Shape {
  /** The instant from which time averages and percentiles count, seconds. */
  readonly origin: number;
  /** Arrivals before it stay out of the percentiles. */
  readonly warmup: number;
  readonly servers: {
    readonly count: number;
    /** How many of them are there to begin with. */
    readonly present: number;
    /** Which of them are there, or are sent requests, may change. */
    readonly varies: boolean;
    readonly threads: number;
    readonly backlog: number;
    readonly memory: number;
    readonly baseMemory: number;
    readonly cores: number;
    readonly networkIn: number;
    readonly networkOut: number;
    readonly upstream: number;
    /** Null where bodies are not spooled. */
    readonly disk: { readonly space: number; readonly bandwidth: number } | null;
  };
  readonly storage: { readonly networkIn: number; readonly networkOut: number };
  /** Directions whose capacities change. */
  readonly changing: Readonly<Partial<Record<DirectionName, ChangingShape>>>;
  /** Clients upload to storage with tokens, and in parts. */
  readonly issuesTokens: boolean;
  readonly inParts: boolean;
  /** Number of uploads that is expected, to begin with. */
  readonly uploads: number;
  readonly background: readonly string[];
}

/** Requests of one background class. */
export class RequestLog {
  offered = 0;
  succeeded = 0;
  failed = 0;
  readonly failures = new Counter();
  readonly latency = new Sample();

  constructor(readonly name: string) {}
}

/** How often each reason occurred. */
export class Counter {
  private readonly counts = new Float64Array(failureReasons.length);

  add(reason: FailureReason): void {
    this.counts[failureReasons.indexOf(reason)]!++;
  }

  get total(): number {
    return this.counts.reduce((sum, count) => sum + count, 0);
  }

  /** The reasons that occurred, in their fixed order. */
  toRecord(): Record<string, number> {
    const record: Record<string, number> = {};
    for (const [index, reason] of failureReasons.entries()) {
      if (this.counts[index]! > 0) record[reason] = this.counts[index]!;
    }
    return record;
  }
}

/** Sums whose two sides must agree in every correct run, whatever the scenario. */
export interface Ledger {
  /** Seconds that uploads have spent in the system, inside the window. */
  sojourn: number;
  /** Seconds that threads were held, inside the window. */
  threadTime: number;
  /** Payload that each flow says it has moved, summed by route, and how many flows that were. */
  readonly carried: number[];
  readonly flows: number[];
}

/** Observes one replay of one topology: everything from which its result is made. */
export class Recorder {
  readonly bins: TimeBins;
  readonly active: Usage;
  readonly threads: FleetGauge;
  readonly backlog: FleetGauge;
  readonly memory: FleetGauge;
  readonly cpu: FleetGauge;
  readonly networkIn: FleetGauge;
  readonly networkOut: FleetGauge;
  readonly upstream: FleetGauge;
  readonly disk: FleetGauge | null;
  readonly diskSpace: FleetGauge | null;
  /** Null where the servers, and what the balancer knows of them, never change. */
  readonly fleet: FleetLog | null;
  readonly storageIn: Usage;
  readonly storageOut: Usage;
  /** Directions whose capacities change. */
  readonly changing: Readonly<Partial<Record<DirectionName, ChangingDirection>>>;
  readonly series: Readonly<Record<SeriesName, number>>;

  readonly uploads: UploadLog;
  readonly latency = new Sample();
  readonly timeToToken = new Sample();
  /** Null where no URLs are signed. */
  readonly tokens: TokenLog | null;
  /** For how long uploads kept their threads; of a fleet, by server, too. */
  readonly threadHold = new Sample();
  readonly threadHoldOf: readonly Sample[];
  readonly attemptFailures = new Counter();
  readonly failures = new Counter();
  readonly background: readonly RequestLog[];
  readonly ledger: Ledger = { sojourn: 0, threadTime: 0, carried: [], flows: [] };

  succeeded = 0;
  failed = 0;
  attempts = 0;
  wastedBytes = 0;
  retriesDenied = 0;
  succeededBytes = 0;
  lastUploadEnd = Number.NEGATIVE_INFINITY;
  /** The last instant at which anything ended. */
  lastEnd = Number.NEGATIVE_INFINITY;
  storageRequests = 0;
  slowDowns = 0;
  rejectedTokens = 0;
  /** Bytes of requests that servers have read and of their answers, background ones too; no file is among them. */
  messageBytes = 0;
  /** What failed uploads leave in storage; null where servers put files there. */
  readonly remains: Remains | null;
  /** Null where files are not uploaded in parts. */
  readonly parts: PartsLog | null;
  readonly crashes: Float64Array;
  /** Seconds down, and since when (NaN while up). */
  readonly down: Float64Array;
  readonly downSince: Float64Array;
  private readonly linkPeaks: number[] = [];
  private inFlight = 0;

  constructor(readonly shape: Shape) {
    const { origin, servers, storage } = shape;
    this.bins = new TimeBins(origin);
    const series = {} as Record<SeriesName, number>;
    for (const name of seriesNames) series[name] = this.bins.addSeries();
    this.series = series;
    const gauge = (capacity: number, initial: number, name: SeriesName | null): FleetGauge =>
      new FleetGauge(
        servers.count,
        capacity,
        initial,
        origin,
        this.bins,
        name === null ? -1 : series[name],
        servers.present,
      );
    this.active = new Usage(Number.POSITIVE_INFINITY, 0, origin, this.bins, series.active);
    this.threads = gauge(servers.threads, 0, 'threads');
    // A backlog is room for those who wait, not a resource: it has no saturation.
    this.backlog = gauge(Number.POSITIVE_INFINITY, 0, 'backlog');
    this.memory = gauge(servers.memory, servers.baseMemory, 'memory');
    this.cpu = gauge(servers.cores, 0, 'cpu');
    this.networkIn = gauge(servers.networkIn, 0, 'networkIn');
    this.networkOut = gauge(servers.networkOut, 0, 'networkOut');
    this.upstream = gauge(servers.upstream, 0, null);
    this.disk = servers.disk && gauge(servers.disk.bandwidth, 0, 'disk');
    this.diskSpace = servers.disk && gauge(servers.disk.space, 0, null);
    this.fleet = servers.varies ? new FleetLog(servers.count, servers.present, origin, this.bins) : null;
    this.storageIn = new Usage(storage.networkIn, 0, origin, this.bins, series.storageIn);
    this.storageOut = new Usage(storage.networkOut, 0, origin, this.bins, -1);
    this.changing = Object.fromEntries(
      directionNames.flatMap(name => {
        const its = shape.changing[name];
        return its === undefined ? [] : [[name, new ChangingDirection(its, origin, this.bins)]];
      }),
    );
    this.remains = shape.issuesTokens ? new Remains() : null;
    this.parts = shape.inParts ? new PartsLog() : null;
    this.uploads = new UploadLog(shape.uploads);
    this.tokens = shape.issuesTokens ? new TokenLog() : null;
    this.background = shape.background.map(name => new RequestLog(name));
    this.threadHoldOf = servers.count > 1 ? Array.from({ length: servers.count }, () => new Sample()) : [];
    this.crashes = new Float64Array(servers.count);
    this.down = new Float64Array(servers.count);
    this.downSince = new Float64Array(servers.count).fill(Number.NaN);
  }

  uploadArrived(now: number): void {
    this.active.set(now, ++this.inFlight);
  }

  uploadEnded(upload: number, now: number, reason: FailureReason | null, size: number): void {
    this.active.set(now, --this.inFlight);
    this.lastUploadEnd = now;
    this.lastEnd = now;
    const start = this.uploads.start[upload]!;
    this.uploads.end[upload] = now;
    this.ledger.sojourn += this.overlap(start, now);
    const counted = this.counts(start);
    if (reason === null) {
      this.succeeded++;
      this.succeededBytes += size;
      this.uploads.status[upload] = SUCCEEDED;
      if (counted) this.latency.add(now - start);
    } else {
      this.failed++;
      this.failures.add(reason);
      this.uploads.status[upload] = FAILED;
      this.uploads.reason[upload] = failureReasons.indexOf(reason);
    }
    if (now >= this.shape.origin) {
      this.bins.addAt(reason === null ? this.series.completed : this.series.failed, now, 1);
    }
  }

  tokenReceived(upload: number, now: number): void {
    const start = this.uploads.start[upload]!;
    if (this.counts(start)) this.timeToToken.add(now - start);
  }

  /** Requests with URLs of one signing came to storage at once, so long after it; those are valid for `life` in all. */
  tokensUsed(requests: number, upload: number, age: number, life: number): void {
    const counts = this.counts(this.uploads.start[upload]!);
    for (let i = 0; i < requests; i++) this.tokens!.used(age, life - age, counts);
  }

  /** `counts`: for how long it was held is one of the hold times of uploads. */
  threadReleased(server: number, since: number, now: number, counts: boolean): void {
    this.threadHeldUntil(since, now);
    if (!counts) return;
    this.threadHold.add(now - since);
    this.threadHoldOf[server]?.add(now - since);
  }

  /** Does an upload that arrived at `start` count in percentiles? */
  counts(start: number): boolean {
    return start >= this.shape.warmup;
  }

  threadHeldUntil(since: number, now: number): void {
    this.ledger.threadTime += this.overlap(since, now);
  }

  /** One flow has moved `payload` units over a route. */
  carried(route: number, payload: number): void {
    const { carried, flows } = this.ledger;
    carried[route] = (carried[route] ?? 0) + payload;
    flows[route] = (flows[route] ?? 0) + 1;
  }

  /** The run was cut short at `now`: uploads that are still in the system have been in it until then. */
  accountForUnfinished(now: number): void {
    const { count, start, status } = this.uploads;
    for (let upload = 0; upload < count; upload++) {
      if (status[upload] === UNFINISHED) this.ledger.sojourn += this.overlap(start[upload]!, now);
    }
  }

  serverCrashed(server: number, now: number): void {
    this.crashes[server]!++;
    this.memory.noteFull(server, now);
  }

  serverWentDown(server: number, now: number): void {
    this.downSince[server] = now;
  }

  serverRestarted(server: number, now: number): void {
    this.down[server]! += this.overlap(this.downSince[server]!, now);
    this.downSince[server] = Number.NaN;
  }

  /** Seconds that a server was down inside the window that ends at `to`. */
  downUntil(server: number, to: number): number {
    const since = this.downSince[server]!;
    return this.down[server]! + (Number.isNaN(since) ? 0 : this.overlap(since, to));
  }

  /** A direction of a host carries so much from now on (units per second). */
  capacityChanged(direction: DirectionName, host: number, now: number, capacity: number): void {
    const usage = this[direction];
    if (usage instanceof FleetGauge) usage.setCapacity(host, now, capacity);
    else usage.setCapacity(now, capacity);
    this.changing[direction]!.capacity.set(host, now, capacity);
  }

  /** A direction of a host has so much burst credit (units), which grows by so much per second. */
  creditChanged(direction: DirectionName, host: number, now: number, credit: number, growth: number): void {
    const { credit: level, exhausted } = this.changing[direction]!;
    level!.set(host, now, credit, growth);
    exhausted!.set(host, now, credit === 0 && growth === 0 ? 1 : 0);
  }

  /** The highest load of a link of the network, units per second; a link without a meter has none. */
  peakLoad(link: number): number {
    return this.linkPeaks[link] ?? 0;
  }

  /** Noted apart from the meters: those count from the beginning of the window. */
  noteLoad(link: number, load: number): void {
    if (!(this.linkPeaks[link]! >= load)) this.linkPeaks[link] = load;
  }

  samples(): readonly Sample[] {
    const { latency, timeToToken, threadHold, background } = this;
    return [latency, timeToToken, threadHold, ...background.map(log => log.latency)];
  }

  gauges(): readonly FleetGauge[] {
    const { threads, backlog, memory, cpu, networkIn, networkOut, upstream, disk } = this;
    const all = [threads, backlog, memory, cpu, networkIn, networkOut, upstream];
    return disk === null ? all : [...all, disk];
  }

  /** Seconds of [from, to] that lie in the measured window. */
  overlap(from: number, to: number): number {
    return Math.max(0, to - Math.max(from, this.shape.origin));
  }
}

const seriesNames = [
  'active',
  'threads',
  'backlog',
  'memory',
  'cpu',
  'networkIn',
  'networkOut',
  'storageIn',
  'disk',
  'completed',
  'failed',
] as const;
export type SeriesName = (typeof seriesNames)[number];
