/** One upload's client in the slow twin: which step comes next, what is tried again and when, how it ends. */
import type { FailureReason, UploadStatus } from '../../src/result.js';
import type { TopologySpec } from '../../src/scenario/types.js';
import type { UploadDraw, Workload } from '../../src/workload/workload.js';
import { type Attempt, constant, type Life, type Verdict } from './slow-attempt.js';
import type { Cancel, Engine, Program } from './slow-engine.js';
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
  'abandoned',
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
/** The connections of one attempt. */
export type Connection = 'body' | 'permission' | 'notification';

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
    lasts?: Life,
  ): Attempt;
  storageNotifies(client: number): void;
  storageOutages(): number;
  attemptFailed(failure: SlowFailure, moved: number): void;
  /** How long a connection lasts that a client of that class opens for its n-th attempt at an upload. */
  lasts(upload: number, client: number, attempt: number, connection: Connection, part?: number): Life;
  /** A client of that class begins an upload; may it try again? */
  firstAttempt(client: number): void;
  affordsRetry(client: number): boolean;
  abandoned(parts: number, bytes: number): void;
  orphaned(bytes: number): void;
}

/** One upload: its steps, its retries, its end. */
export class Client {
  protected readonly token: Token = { date: Number.NaN, validUntil: Number.NaN };
  /** The server of the last permission: the first notification goes there over the connection kept alive. */
  protected permitted: Server | null = null;
  private current: Attempt | null = null;
  /** Ends what it waits for between two attempts, or between two steps of one. */
  private wait: { readonly callOff: Cancel; readonly withinAttempt: boolean } | null = null;
  private losesPatience: Cancel = () => {};
  /** The client knows that its file is in storage. */
  private stored = false;

  constructor(
    protected readonly replay: Desk,
    protected readonly record: SlowUpload,
    protected readonly index: number,
    protected readonly draw: UploadDraw,
    private readonly kept: KeptConnections,
    private readonly ended: () => void,
  ) {}

  begin(): void {
    this.opens(() => (this.replay.parameters.kind === 'valet-key' ? this.permission() : this.proxy()));
  }

  /** The user's click. */
  protected opens(first: () => void): void {
    this.record.attempts = 1;
    const { clock, parameters } = this.replay;
    this.replay.firstAttempt(this.draw.client);
    this.losesPatience = clock.after(constant(parameters.client.patience), () => this.giveUp());
    first();
  }

  private proxy(): void {
    const server = this.pick();
    const { kind } = this.replay.parameters;
    const program =
      kind === 'proxy-buffered' ? proxyBuffered : kind === 'proxy-spooled' ? proxySpooled : proxyStreaming;
    this.attempt(
      'body',
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
      this.pause(constant(parameters.valetKey.useAfter), true, () => this.put());
    };
    this.attempt(
      'permission',
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
      'body',
      null,
      this.whenOver(confirmed, () => this.put()),
      attempt => put(attempt, this.draw, this.token, this.replay.jobs, committed),
    );
  }

  /** Over the connection of the permission, or, once that has failed, over a new one to another server. */
  private notify(keptAlive: Server | null): void {
    const server = keptAlive ?? this.pick();
    this.attempt(
      'notification',
      server,
      this.whenOver(
        () => this.succeed(),
        () => this.notify(null),
      ),
      attempt => notifyServer(attempt, server),
      { isPermitted: keptAlive !== null && !this.keepsConnections },
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

  /** How often the far end has closed all its connections. */
  private breaksOf(target: Server | null): number {
    return target === null ? this.replay.storageOutages() : target.outages.length + target.retirements;
  }

  /** Begins an attempt whose connection may break; `part` of a file in parts tells its connections apart. */
  protected attempt(
    use: Connection,
    target: Server | null,
    ended: (verdict: Verdict, moved: number) => void,
    program: (attempt: Attempt) => Program<Verdict>,
    { isPermitted = false, part }: { readonly isPermitted?: boolean; readonly part?: number } = {},
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
    const lasts = this.replay.lasts(this.index, this.draw.client, this.record.attempts, use, part);
    const noted = (attempt: Attempt) => {
      this.current = attempt;
      return program(attempt);
    };
    const connection = grown ? 'kept and grown' : open || isPermitted ? 'kept' : 'new';
    const rtt = target === null ? rttStorage : rttServer;
    this.replay.attempt(target, rtt, over, noted, connection, lasts);
  }

  /** The server with which it spoke last, while that connection is open. */
  private keptServer(): Server | null {
    if (!this.keepsConnections) return null;
    const open = [...this.kept].filter(([target]) => target !== null && this.isOpen(target));
    open.sort(([, a], [, b]) => b.idleSince - a.idleSince);
    return open[0]?.[0] ?? null;
  }

  protected pause(seconds: number, withinAttempt: boolean, next: () => void): void {
    const over = () => {
      this.wait = null;
      next();
    };
    const callOff = this.replay.clock.after(seconds, over);
    if (seconds > 0) this.wait = { callOff, withinAttempt };
  }

  /** Its user has had enough. */
  private giveUp(): void {
    const { wait } = this;
    if (wait === null) {
      this.current!.interrupt('abandoned');
      return;
    }
    wait.callOff();
    if (wait.withinAttempt) this.noteFailure('abandoned', 0);
    this.leavesBehind();
    this.close('abandoned');
  }

  private noteFailure(reason: FailureReason, moved: number): void {
    this.replay.attemptFailed({ upload: this.index, attempt: this.record.attempts, reason }, moved);
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

  private fail(reason: FailureReason, moved: number, step: () => void): void {
    const { record, replay } = this;
    const { base, cap, attempts } = replay.parameters.client.retry;
    this.noteFailure(reason, moved);
    const again = retried.has(reason) && record.attempts < attempts;
    if (!again || !replay.affordsRetry(this.draw.client)) {
      this.leavesBehind();
      this.close(reason);
      return;
    }
    const pause = Math.min(cap, base * 2 ** (record.attempts - 1));
    this.pause(pause, false, () => {
      record.attempts++;
      if (reason === 'token-expired') this.permission();
      else step();
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
    this.losesPatience();
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
