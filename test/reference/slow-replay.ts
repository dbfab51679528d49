/**
 * A second, independent replay of a workload, written from the model reference alone: the simplest program that
 * does what the model says, at any cost in time. It draws nothing: distributions are constants, no jitter, equal
 * shares. Zero waits are not events; ties between events are broken by the order in which they were set.
 */
import type { TopologySpec } from '../../src/scenario/types.js';
import type {
  JobStream,
  RequestDraw,
  RequestStream,
  UploadDraw,
  Workload,
} from '../../src/workload/workload.js';
import { readUpload } from './read-upload.js';
import { Attempt, type Life, type Site, type Verdict } from './slow-attempt.js';
import {
  Client,
  type Connection,
  close,
  type Desk,
  type KeptConnections,
  type SlowFailure,
  type SlowRequest,
  type SlowUpload,
} from './slow-client.js';
import { Engine, type Link, movedBy, type Program } from './slow-engine.js';
import { Fleet } from './slow-fleet.js';
import { PartsClient } from './slow-parts.js';
import { backgroundRequest, hearFromStorage } from './slow-programs.js';
import { Balancer, Server, Storage } from './slow-site.js';

export type { SlowFailure, SlowRequest, SlowUpload };

export interface SlowUsage {
  /** Integral of the allocated use. */
  readonly carried: number;
  readonly saturatedAt: number | null;
  readonly saturatedFor: number;
}

export interface SlowServer {
  readonly peakThreads: number;
  /** `carried`: integral of the busy threads. */
  readonly threads: SlowUsage;
  readonly peakBacklog: number;
  readonly crashes: readonly number[];
  /** Seconds of a span in which it was down. */
  readonly downWithin: (begin: number, end: number) => number;
  readonly memoryPeak: number;
  /** Integral of the bytes held above `baseMemory`. */
  readonly heldByteSeconds: number;
  /** File bytes from clients, partial bodies too. */
  readonly received: number;
  readonly in: SlowUsage;
  readonly out: SlowUsage;
  readonly cores: SlowUsage;
  readonly disk: SlowUsage;
  readonly spool: {
    readonly peak: number;
    readonly byteSeconds: number;
    readonly saturatedAt: number | null;
  };
}

export interface SlowOutcome {
  readonly uploads: readonly SlowUpload[];
  readonly background: readonly { readonly name: string; readonly requests: readonly SlowRequest[] }[];
  readonly servers: readonly SlowServer[];
  readonly storage: {
    readonly in: SlowUsage;
    readonly out: SlowUsage;
    readonly requests: number;
    readonly slowDowns: number;
    readonly splits: readonly number[];
    readonly rejectedTokens: number;
  };
  readonly wastedBytes: number;
  readonly fleet: Pick<Fleet, 'between'>;
  readonly retriesDenied: number;
  /** Bytes of requests that servers have read, and of their answers. */
  readonly messageBytes: number;
  readonly abandoned: { readonly parts: number; readonly bytes: number };
  readonly orphans: { readonly files: number; readonly bytes: number };
  /** In order of time. */
  readonly failures: readonly SlowFailure[];
  /** Instants so close that rounding decides their order: with any of them two right twins may differ. */
  readonly nearTies: number;
  /** When the last thing ended, work for clients who have gone included; the horizon if that cut anything off. */
  readonly endedAt: number;
}

/** Whose connection it is: the upload's place in the stream, or user and turn of a loop; its attempt; what for. */
export interface ConnectionKey {
  readonly item: number;
  readonly turn: number;
  readonly attempt: number;
  readonly connection: Connection;
  /** Parts that are stored already; null where the file goes as a whole. */
  readonly part: number | null;
}

/** What the twin is told of what it cannot draw: how long connections with these means last. */
export type Luck = (mean: Life, client: number, key: ConnectionKey) => Life;

const average: Luck = mean => mean;
const forever: Life = { seconds: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

export function slowReplay(
  spec: TopologySpec,
  workload: Workload,
  horizon = Number.POSITIVE_INFINITY,
  luck = average,
): SlowOutcome {
  const { jitter, attempts } = spec.client.retry;
  if (jitter !== 'none' && attempts > 1) throw new Error('the slow twin draws nothing: jitter');
  if (spec.transport.unfairness !== 0) throw new Error('the slow twin draws nothing: unfairness');
  return new Replay(spec, workload, luck).run(horizon);
}

class Replay implements Desk {
  private readonly site: Site;
  private readonly engine: Engine;
  private readonly fleet: Fleet;
  private readonly uploads: SlowUpload[] = [];
  private readonly background: { name: string; requests: SlowRequest[] }[];
  private readonly failures: SlowFailure[] = [];
  private wastedBytes = 0;
  private readonly keptByUser = new Map<number, KeptConnections>();
  private retriesDenied = 0;
  /** Instants, by class of clients. */
  private readonly firsts: number[][] = [];
  private readonly retries: number[][] = [];
  /** Of each upload, how it is keyed. */
  private readonly keys: { readonly item: number; readonly turn: number }[] = [];
  private readonly lost = { parts: 0, bytes: 0 };
  private readonly orphans = { files: 0, bytes: 0 };

  constructor(
    private readonly spec: TopologySpec,
    private readonly workload: Workload,
    private readonly luck: Luck,
  ) {
    const links: Link[] = [];
    const engine = new Engine(links);
    const servers = Array.from(
      { length: spec.server.autoscale?.max ?? spec.server.count },
      (_, index) => new Server(index, engine, spec.server, spec.options.upstreamConnections, links),
    );
    const storage = new Storage(engine, spec.storage, links);
    const fleet = new Fleet(engine, servers, spec.server, epochOf(workload));
    const balancer = new Balancer(() => fleet.receiving(), spec.server.balancing);
    this.fleet = fleet;
    this.engine = engine;
    this.site = { engine, spec, servers, storage, balancer, lastEnd: 0, received: [], messages: 0 };
    this.background = workload.background.map(stream => ({ name: stream.name, requests: [] }));
  }

  run(horizon: number): SlowOutcome {
    this.openFaults();
    this.openUploads();
    this.workload.background.forEach((stream, index) => {
      this.openBackground(stream, this.background[index]!.requests);
    });
    this.engine.run(horizon);
    for (const server of this.site.servers) server.memory.observe();
    return this.outcome();
  }

  /** Set before all else, and so first at their instant; the next one begins before the last one ends. */
  private openFaults(): void {
    const { servers, storage } = this.site;
    const struck = this.spec.faults.map(fault => {
      const { at, for: lasts } = fault;
      const span = { at, until: at + lasts };
      if (fault.kind === 'storage-down') return { ...span, what: [storage] };
      if (fault.kind !== 'server-down') throw new Error(`the slow twin knows no fault ${fault.kind}`);
      return { ...span, what: fault.server === 'all' ? servers : [servers[fault.server]!] };
    });
    const each = (what: readonly (Server | Storage)[], act: (victim: Server | Storage) => void) => () => {
      for (const victim of what) act(victim);
    };
    for (const { at, what } of struck)
      this.engine.at(
        at,
        each(what, victim => victim.strike()),
      );
    for (const { until, what } of struck)
      this.engine.at(
        until,
        each(what, victim => victim.rise()),
      );
  }

  // --- Where jobs come from -----------------------------------------------------------------------------------

  private openUploads(): void {
    const stream = this.workload.uploads;
    this.open(stream, this.uploads, emptyUpload, (record, turn, ended) => {
      const draw = { ...emptyUploadDraw };
      if (turn.user === null) readUpload(stream.properties, turn.index, draw);
      else stream.readTurn(turn.user, turn.index, draw);
      const kept: KeptConnections = this.keptByUser.get(turn.user ?? -1) ?? new Map();
      if (turn.user !== null) this.keptByUser.set(turn.user, kept);
      const index = this.uploads.indexOf(record);
      const { user } = turn;
      this.keys[index] = user === null ? { item: turn.index, turn: 0 } : { item: user, turn: turn.index };
      const Kind = this.spec.kind === 'valet-key-multipart' ? PartsClient : Client;
      new Kind(this, record, index, draw, kept, ended).begin();
    });
  }

  private openBackground(stream: RequestStream, records: SlowRequest[]): void {
    this.open(stream, records, emptyRequest, (record, turn, ended) => {
      const draw = { ...emptyRequestDraw };
      if (turn.user === null) stream.read(turn.index, draw);
      else stream.readTurn(turn.user, turn.index, draw);
      const server = this.pick(draw.client);
      const over = (verdict: Verdict) => {
        close(record, verdict, this.engine.now);
        ended();
      };
      this.attempt(server, draw.rttServer, over, attempt => backgroundRequest(attempt, server, draw));
    });
  }

  /** Calls `begin` at each arrival; a closed loop's next turn waits for `ended`. */
  private open<R extends { start: number }>(
    stream: JobStream,
    records: R[],
    empty: () => R,
    begin: (record: R, turn: { user: number | null; index: number }, ended: () => void) => void,
  ): void {
    const arrive = (record: R, user: number | null, index: number, ended: () => void) => {
      record.start = this.engine.now;
      begin(record, { user, index }, ended);
    };
    for (let index = 0; index < stream.count; index++) {
      const record = empty();
      record.start = stream.start[index]!;
      records.push(record);
      this.engine.at(record.start, () => arrive(record, null, index, () => {}));
    }
    const { closed } = stream;
    if (!closed) return;
    const turn = (user: number, index: number) => {
      // A turn begins with thinking.
      if (this.engine.now > closed.until) return;
      const arrival = this.engine.now + closed.think(user, index);
      if (arrival === Number.POSITIVE_INFINITY) return;
      this.engine.at(arrival, () => {
        const record = empty();
        records.push(record);
        arrive(record, user, index, () => turn(user, index + 1));
      });
    };
    for (let user = 0; user < closed.users; user++) turn(user, 0);
  }

  // --- What clients use ----------------------------------------------------------------------------------------

  get clock(): Engine {
    return this.engine;
  }

  get parameters(): TopologySpec {
    return this.spec;
  }

  get jobs(): Workload {
    return this.workload;
  }

  isServing(server: Server): boolean {
    return this.fleet.isServing(server);
  }

  pick(client: number): Server {
    return this.site.balancer.pick(client);
  }

  attempt(
    target: Server | null,
    rtt: number,
    ended: (verdict: Verdict, moved: number) => void,
    program: (attempt: Attempt) => Program<Verdict>,
    connection: Attempt['connection'] = 'new',
    lasts?: Life,
  ): Attempt {
    const attempt = new Attempt(this.site, target, rtt, ended, lasts);
    attempt.connection = connection;
    attempt.start(program(attempt), this.spec.client.timeout);
    return attempt;
  }

  lasts(
    upload: number,
    client: number,
    attempt: number,
    connection: Connection,
    part: number | null = null,
  ): Life {
    const mean = this.workload.drops?.[client] ?? forever;
    return this.luck(mean, client, { ...this.keys[upload]!, attempt, connection, part });
  }

  firstAttempt(client: number): void {
    this.firsts[client] ??= [];
    this.firsts[client].push(this.engine.now);
  }

  /** In the last seconds, this one included: at most a share of the first attempts, and some. */
  affordsRetry(client: number): boolean {
    const { budget } = this.spec.client.retry;
    if (budget === null) return true;
    const { now } = this.engine;
    this.retries[client] ??= [];
    const recent = (instants: readonly number[]) => instants.filter(at => at > now - budget.window).length;
    const allowed = budget.ratio * recent(this.firsts[client]!) + budget.minimum * budget.window;
    if (recent(this.retries[client]) + 1 > allowed + 1e-9) {
      this.retriesDenied++;
      return false;
    }
    this.retries[client].push(now);
    return true;
  }

  /** Storage's own notification: nobody waits for it. */
  storageNotifies(client: number): void {
    const server = this.pick(client);
    const attempt = new Attempt(this.site, server, 0, () => {});
    attempt.detached = true;
    attempt.start(hearFromStorage(attempt, server), Number.POSITIVE_INFINITY);
  }

  storageOutages(): number {
    return this.site.storage.outages;
  }

  attemptFailed(failure: SlowFailure, moved: number): void {
    this.failures.push(failure);
    this.wastedBytes += moved;
  }

  abandoned(parts: number, bytes: number): void {
    this.lost.parts += parts;
    this.lost.bytes += bytes;
    this.wastedBytes += bytes;
  }

  orphaned(bytes: number): void {
    this.orphans.files++;
    this.orphans.bytes += bytes;
  }

  // --- What is reported ----------------------------------------------------------------------------------------

  private outcome(): SlowOutcome {
    const { servers, storage, received } = this.site;
    const jobs = [...this.uploads, ...this.background.flatMap(stream => stream.requests)];
    const cutOff = jobs.some(job => job.status === 'unfinished');
    const endedAt = cutOff ? this.engine.now : this.site.lastEnd;
    return {
      uploads: this.uploads,
      background: this.background,
      servers: servers.map(server => ({
        peakThreads: server.threads.peak,
        peakBacklog: server.threads.peakWaiting,
        crashes: server.crashes,
        downWithin: (begin: number, end: number) => server.downWithin(begin, end),
        memoryPeak: server.memory.peak,
        heldByteSeconds: server.memory.heldByteSeconds,
        threads: {
          carried: server.threads.busySeconds,
          saturatedAt: server.threads.saturatedAt,
          saturatedFor: server.threads.saturatedFor,
        },
        received: received
          .filter(body => body.server === server)
          .reduce((sum, body) => sum + movedBy(body.flow), 0),
        in: usage(server.in.link),
        out: usage(server.out.link),
        cores: usage(server.cores),
        disk: usage(server.disk),
        spool: {
          peak: server.spool.peak,
          byteSeconds: server.spool.byteSeconds,
          saturatedAt: server.spool.saturatedAt,
        },
      })),
      storage: {
        in: usage(storage.in.link),
        out: usage(storage.out.link),
        requests: storage.requests,
        slowDowns: storage.slowDowns,
        splits: storage.splits,
        rejectedTokens: storage.rejectedTokens,
      },
      wastedBytes: this.wastedBytes,
      fleet: this.fleet,
      retriesDenied: this.retriesDenied,
      messageBytes: this.site.messages,
      abandoned: this.lost,
      orphans: this.orphans,
      failures: this.failures,
      nearTies: this.engine.nearTies,
      endedAt,
    };
  }
}

function usage(link: Link): SlowUsage {
  return { carried: link.carried, saturatedAt: link.saturatedAt, saturatedFor: link.saturatedFor };
}

/** The first arrival; 0 where there is a closed loop. */
function epochOf(workload: Workload): number {
  const streams: readonly JobStream[] = [workload.uploads, ...workload.background];
  return streams.some(({ closed }) => closed !== null) ? 0 : firstArrival(workload);
}

function firstArrival({ uploads, background }: Workload): number {
  const starts = [uploads, ...background].flatMap(({ start, closed }) => [
    ...start,
    ...Array.from({ length: closed?.users ?? 0 }, (_, user) => closed!.think(user, 0)),
  ]);
  return starts.length === 0 ? 0 : Math.min(...starts);
}

const emptyRequest = (): SlowRequest => ({
  start: Number.NaN,
  end: Number.NaN,
  status: 'unfinished',
  reason: null,
});

const emptyUpload = (): SlowUpload => ({
  ...emptyRequest(),
  attempts: 0,
  server: -1,
  timeToToken: Number.NaN,
});

const emptyUploadDraw: UploadDraw = {
  size: 0,
  client: 0,
  bucket: 0,
  file: 0,
  weight: 1,
  uplink: Number.POSITIVE_INFINITY,
  downlink: Number.POSITIVE_INFINITY,
  rttServer: 0,
  rttStorage: 0,
  loss: 0,
  mistakes: 0,
};

const emptyRequestDraw: RequestDraw = {
  client: 0,
  request: 0,
  response: 0,
  service: 0,
  uplink: Number.POSITIVE_INFINITY,
  downlink: Number.POSITIVE_INFINITY,
  rttServer: 0,
  rttStorage: 0,
  loss: 0,
};
