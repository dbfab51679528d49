/** One upload's client in the slow twin: which step comes next, what is tried again and when, how it ends. */
import type { FailureReason, UploadStatus } from '../../src/result.js';
import type { TopologySpec } from '../../src/scenario/types.js';
import type { UploadDraw, Workload } from '../../src/workload/workload.js';
import { type Attempt, constant, type Verdict } from './slow-attempt.js';
import type { Engine, Program } from './slow-engine.js';
import {
  askPermission,
  notifyServer,
  proxyBuffered,
  proxySpooled,
  proxyStreaming,
  put,
  type Token,
} from './slow-programs.js';
import type { Server } from './slow-site.js';

/** Instants in seconds; NaN where there is none. */
export interface SlowUpload {
  start: number;
  end: number;
  status: UploadStatus;
  reason: FailureReason | null;
  attempts: number;
  /** The last server that was picked for it; -1 where none was. */
  server: number;
  /** From the arrival to the first signed URL. */
  timeToToken: number;
}

export interface SlowRequest {
  start: number;
  end: number;
  status: UploadStatus;
  reason: FailureReason | null;
}

export interface SlowFailure {
  readonly upload: number;
  /** Counts from 1. */
  readonly attempt: number;
  readonly reason: FailureReason;
}

/** No connection outlives these. */
const breaking: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'gateway-idle',
  'server-crash',
  'refused',
  'timeout',
  'connection-lost',
]);

const retried: ReadonlySet<FailureReason> = new Set<FailureReason>([
  'overloaded',
  'server-crash',
  'refused',
  'out-of-memory',
  'disk-full',
  'timeout',
  'gateway-timeout',
  'gateway-idle',
  'slow-down',
  'connection-lost',
  'storage-down',
  'token-expired',
]);

/** What a client has open to a server, or to storage (null). */
export type KeptConnections = Map<
  Server | null,
  { idleSince: number; grown: boolean; readonly breaks: number }
>;

/** What clients use of the replay. */
export interface Desk {
  readonly clock: Engine;
  readonly parameters: TopologySpec;
  readonly jobs: Workload;
  pick(client: number): Server;
  /** It takes requests, as far as the balancer is concerned. */
  isServing(server: Server): boolean;
  attempt(
    target: Server | null,
    rtt: number,
    ended: (verdict: Verdict, moved: number) => void,
    program: (attempt: Attempt) => Program<Verdict>,
    connection?: Attempt['connection'],
  ): void;
  storageNotifies(client: number): void;
  storageOutages(): number;
  attemptFailed(failure: SlowFailure, moved: number): void;
  abandoned(parts: number, bytes: number): void;
  orphaned(bytes: number): void;
}

/** One upload: its steps, its retries, its end. */
export class Client {
  protected readonly token: Token = { date: Number.NaN, validUntil: Number.NaN };
  /** The server of the last permission: the first notification goes there over the connection kept alive. */
  protected permitted: Server | null = null;
  /** The client knows that its file is in storage. */
  private stored = false;

  constructor(
    protected readonly replay: Desk,
    protected readonly record: SlowUpload,
    private readonly index: number,
    protected readonly draw: UploadDraw,
    private readonly kept: KeptConnections,
    private readonly ended: () => void,
  ) {}

  begin(): void {
    this.record.attempts = 1;
    if (this.replay.parameters.kind === 'valet-key') this.permission();
    else this.proxy();
  }

  private proxy(): void {
    const server = this.pick();
    const { kind } = this.replay.parameters;
    const program =
      kind === 'proxy-buffered' ? proxyBuffered : kind === 'proxy-spooled' ? proxySpooled : proxyStreaming;
    this.attempt(
      server,
      this.whenOver(
        () => this.succeed(),
        () => this.proxy(),
      ),
      attempt => program(attempt, server, this.draw, this.replay.jobs),
    );
  }

  protected permission(): void {
    const server = this.pick();
    const { clock, parameters } = this.replay;
    const received = () => {
      this.permitted = server;
      if (Number.isNaN(this.record.timeToToken)) this.record.timeToToken = clock.now - this.record.start;
      clock.after(constant(parameters.valetKey.useAfter), () => this.put());
    };
    this.attempt(
      server,
      this.whenOver(received, () => this.permission()),
      attempt => askPermission(attempt, server, this.draw, this.token),
    );
  }

  private put(): void {
    const { notify } = this.replay.parameters.valetKey;
    const confirmed = () => {
      this.stored = true;
      if (notify === 'client') this.notify(this.keepsConnections ? null : this.open());
      else this.succeed();
    };
    const committed = () => {
      if (notify === 'storage') this.replay.storageNotifies(this.draw.client);
    };
    this.attempt(
      null,
      this.whenOver(confirmed, () => this.put()),
      attempt => put(attempt, this.draw, this.token, this.replay.jobs, committed),
    );
  }

  /** Over the connection of the permission, or, once that has failed, over a new one to another server. */
  private notify(keptAlive: Server | null): void {
    const server = keptAlive ?? this.pick();
    this.attempt(
      server,
      this.whenOver(
        () => this.succeed(),
        () => this.notify(null),
      ),
      attempt => notifyServer(attempt, server),
      keptAlive !== null && !this.keepsConnections,
    );
  }

  /** The connection of the permission; a server that leaves closes it. */
  protected open(): Server | null {
    return this.permitted !== null && this.replay.isServing(this.permitted) ? this.permitted : null;
  }

  private get keepsConnections(): boolean {
    const { kind, transport } = this.replay.parameters;
    return kind !== 'valet-key-multipart' && transport.keepAlive > 0;
  }

  /** Whether the connection is still there. */
  private isOpen(target: Server | null): boolean {
    const connection = this.kept.get(target);
    if (connection === undefined) return false;
    const isIdleFor = this.replay.clock.now - connection.idleSince;
    const broken = this.breaksOf(target) > connection.breaks;
    return !broken && isIdleFor <= this.replay.parameters.transport.keepAlive;
  }

  /** How often the far end has gone down. */
  private breaksOf(target: Server | null): number {
    return target === null ? this.replay.storageOutages() : target.outages.length;
  }

  private attempt(
    target: Server | null,
    ended: (verdict: Verdict, moved: number) => void,
    program: (attempt: Attempt) => Program<Verdict>,
    isPermitted = false,
  ): void {
    const { rttServer, rttStorage } = this.draw;
    const open = this.keepsConnections && this.isOpen(target);
    const grown = open && this.kept.get(target)!.grown;
    const breaks = this.breaksOf(target);
    if (!open) this.kept.set(target, { idleSince: Number.POSITIVE_INFINITY, grown: false, breaks });
    const over = (verdict: Verdict, moved: number) => {
      const connection = this.kept.get(target)!;
      connection.idleSince = this.replay.clock.now;
      if (verdict === null || moved >= this.draw.size * (1 - 1e-12)) connection.grown = true;
      if (verdict !== null && breaking.has(verdict)) this.kept.delete(target);
      if (verdict === 'storage-down' && target === null) this.kept.delete(target);
      ended(verdict, moved);
    };
    const connection = grown ? 'kept and grown' : open || isPermitted ? 'kept' : 'new';
    this.replay.attempt(target, target === null ? rttStorage : rttServer, over, program, connection);
  }

  /** The server with which it spoke last, while that connection is open. */
  private keptServer(): Server | null {
    if (!this.keepsConnections) return null;
    const open = [...this.kept].filter(([target]) => target !== null && this.isOpen(target));
    open.sort(([, a], [, b]) => b.idleSince - a.idleSince);
    return open[0]?.[0] ?? null;
  }

  protected pick(): Server {
    const server = this.keptServer() ?? this.replay.pick(this.draw.client);
    this.record.server = server.index;
    return server;
  }

  protected whenOver(next: () => void, again: () => void): (verdict: Verdict, moved: number) => void {
    return (reason, moved) => {
      if (reason === null) next();
      else this.fail(reason, moved, again);
    };
  }

  private fail(reason: FailureReason, moved: number, again: () => void): void {
    const { record, replay } = this;
    const { base, cap, attempts } = replay.parameters.client.retry;
    replay.attemptFailed({ upload: this.index, attempt: record.attempts, reason }, moved);
    if (!retried.has(reason) || record.attempts >= attempts) {
      this.leavesBehind();
      this.close(reason);
      return;
    }
    const pause = Math.min(cap, base * 2 ** (record.attempts - 1));
    replay.clock.after(pause, () => {
      record.attempts++;
      if (reason === 'token-expired') this.permission();
      else again();
    });
  }

  /** What a failed upload leaves in storage. */
  protected leavesBehind(): void {
    if (this.stored) this.replay.orphaned(this.draw.size);
  }

  protected succeed(): void {
    this.close(null);
  }

  private close(reason: Verdict): void {
    close(this.record, reason, this.replay.clock.now);
    this.ended();
  }
}

export function close(record: SlowRequest, reason: Verdict, now: number): void {
  if (record.status !== 'unfinished') throw new Error('ended twice');
  record.end = now;
  record.status = reason === null ? 'succeeded' : 'failed';
  record.reason = reason;
}
