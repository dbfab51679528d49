/** An upload in parts in the slow twin: its client, and what is said between client, server and storage. */
import type { UploadDraw, Workload } from '../../src/workload/workload.js';
import {
  type Attempt,
  breaks,
  comesBack,
  connect,
  constant,
  cpuJob,
  deny,
  halfTrip,
  mathis,
  meets,
  messageFlow,
  messageTrip,
  passGateway,
  proxyAnswers,
  slowStart,
  takeThread,
  type Verdict,
} from './slow-attempt.js';
import { Client, type Connection } from './slow-client.js';
import type { FlowSpec, Program } from './slow-engine.js';
import { signs, type Token, tokenObjection } from './slow-programs.js';
import type { Server } from './slow-site.js';

/** Sizes of the parts that are still to be sent, in order; the client knows of the upload in storage, or not. */
interface Pile {
  readonly left: number[];
  isOpen: boolean;
  /** What is in storage, and whether it is one object. */
  stored: number[];
  isWhole: boolean;
}

function cut(size: number, partSize: number): number[] {
  const parts: number[] = [];
  let rest = size;
  for (; rest > partSize; rest -= partSize) parts.push(partSize);
  return [...parts, rest];
}

export class PartsClient extends Client {
  private readonly pile: Pile = {
    left: cut(this.draw.size, this.options.partSize),
    isOpen: false,
    stored: [],
    isWhole: false,
  };
  private connected = false;

  private get options() {
    return this.replay.parameters.options;
  }

  override begin(): void {
    this.opens(() => this.permission());
  }

  protected override permission(): void {
    const { parameters, jobs } = this.replay;
    const server = this.pick();
    const urls = this.options.signing === 'upfront' ? this.pile.left.length : 0;
    const permitted = () => {
      this.permitted = server;
      this.pile.isOpen = true;
      if (urls > 0) this.hasUrl();
      this.pause(constant(parameters.valetKey.useAfter), true, () => this.goOn(false));
    };
    this.partsAttempt(
      'permission',
      server,
      this.whenOver(permitted, () => this.permission()),
      attempt => ask(attempt, server, false, this.draw, this.token, urls, this.pile, jobs),
    );
  }

  private partsAttempt(
    connection: Connection,
    target: Server | null,
    ended: (verdict: Verdict, moved: number) => void,
    program: (attempt: Attempt) => Program<Verdict>,
  ): void {
    this.attempt(connection, target, ended, program, { part: this.pile.stored.length });
  }

  private hasUrl(): void {
    if (Number.isNaN(this.record.timeToToken))
      this.record.timeToToken = this.replay.clock.now - this.record.start;
  }

  /** `connected`: to storage, since an earlier wave of this attempt. */
  private goOn(connected: boolean): void {
    this.connected = connected;
    if (this.pile.left.length === 0) this.complete();
    else if (this.options.signing === 'each') this.sign();
    else this.send();
  }

  /** A connection that is open is used, and is not open for whoever fails on it. */
  private takeOpen(): Server | null {
    const open = this.open();
    this.permitted = null;
    return open;
  }

  private sign(): void {
    const { jobs } = this.replay;
    const open = this.takeOpen();
    const server = open ?? this.pick();
    const urls = Math.min(this.options.parallel, this.pile.left.length);
    const received = () => {
      this.permitted = server;
      this.hasUrl();
      this.send();
    };
    this.partsAttempt(
      'permission',
      server,
      this.whenOver(received, () => this.goOn(false)),
      attempt => ask(attempt, server, open !== null, this.draw, this.token, urls, this.pile, jobs),
    );
  }

  private send(): void {
    const stored = this.pile.stored.length;
    const attempts = this.record.attempts;
    const toBreak = (broken: number) =>
      this.replay.lasts(this.index, this.draw.client, attempts, 'body', stored + broken).bytes;
    this.partsAttempt(
      'body',
      null,
      this.whenOver(
        () => this.goOn(true),
        () => this.goOn(false),
      ),
      attempt =>
        putWave(attempt, this.draw, this.token, this.replay.jobs, this.pile, this.connected, toBreak),
    );
  }

  private complete(): void {
    const open = this.takeOpen();
    const server = open ?? this.pick();
    const { notify } = this.replay.parameters.valetKey;
    const whole = () => {
      this.pile.isWhole = true;
      if (notify === 'storage') this.replay.storageNotifies(this.draw.client);
    };
    this.partsAttempt(
      'notification',
      server,
      this.whenOver(
        () => this.succeed(),
        () => this.complete(),
      ),
      attempt => complete(attempt, server, open !== null, whole),
    );
  }

  protected override leavesBehind(): void {
    const { stored, isWhole } = this.pile;
    const bytes = stored.reduce((sum, part) => sum + part, 0);
    if (isWhole) this.replay.orphaned(bytes);
    else this.replay.abandoned(stored.length, bytes);
  }
}

/** May I? The answer has so many URLs; the first time the server tells storage that parts will come. */
function* ask(
  attempt: Attempt,
  server: Server,
  isOpen: boolean,
  upload: UploadDraw,
  token: Token,
  urls: number,
  pile: Pile,
  workload: Workload,
): Program<Verdict> {
  const { engine, spec, storage } = attempt.site;
  const { request, response, authorise, sign } = spec.valetKey;
  const bound = mathis(attempt.rtt, upload.loss);
  const connection = isOpen ? 'kept alive' : 'new';
  if (!isOpen && !(yield* connect(attempt, server))) return yield* deny(attempt, server, 'refused');
  yield messageTrip(attempt, request, server.in, upload.uplink);
  if (isOpen && !meets(attempt, server)) return yield* deny(attempt, server, 'refused');
  const no = yield* passGateway(attempt, server, request);
  if (no) return no;
  if (!(yield* takeThread(attempt, server))) return yield* deny(attempt, server, 'overloaded');
  const up = Math.min(upload.uplink, bound);
  yield* messageFlow(attempt, request, server.in, up, upload.weight, connection);
  yield cpuJob(attempt, server, constant(spec.server.cpu.perRequest));
  yield engine.wait(constant(authorise));
  if (!pile.isOpen) {
    yield engine.wait(storage.parameters.rtt / 2);
    if (!storage.lets(attempt)) return yield* proxyAnswers(attempt, server, 'storage-down');
    if (!storage.admits()) return yield* proxyAnswers(attempt, server, 'slow-down');
    const name = workload.buckets[upload.bucket];
    const exists = name !== undefined && spec.storage.buckets.includes(name);
    if (!exists) return yield* proxyAnswers(attempt, server, 'no-such-bucket');
    storage.guests.delete(attempt);
    const waits = (['in', 'out'] as const).map(way => {
      const direction = way === 'in' ? server.in : storage.out;
      return engine.saturated(direction.link) ? direction.queue : 0;
    });
    yield engine.wait(storage.parameters.rtt / 2 + waits[0]! + waits[1]!);
  }
  const answer = urls * response;
  if (urls > 0) {
    yield cpuJob(attempt, server, urls * constant(sign));
    signs(token, attempt);
    const down = Math.min(upload.downlink, bound);
    yield* messageFlow(attempt, answer, server.out, down, upload.weight, connection);
  }
  attempt.leave();
  if (urls > 0) yield messageTrip(attempt, answer, server.out, upload.downlink);
  else yield halfTrip(attempt, server.out);
  return null;
}

/** The next parts, side by side: what storage lets in is moved, committed and kept. */
function* putWave(
  attempt: Attempt,
  upload: UploadDraw,
  token: Token,
  workload: Workload,
  pile: Pile,
  connected: boolean,
  /** File bytes that its connections carry together until the next one breaks, after so many. */
  bytesToBreak: (broken: number) => number,
): Program<Verdict> {
  const { engine, spec, storage } = attempt.site;
  if (!connected) {
    if (!(yield* connect(attempt, storage))) return yield* comesBack(attempt, storage, 'storage-down');
    if (spec.transport.preflight) {
      yield halfTrip(attempt, storage.in);
      yield halfTrip(attempt, storage.out);
    }
  }
  yield halfTrip(attempt, storage.in);
  if (!storage.lets(attempt)) return yield* comesBack(attempt, storage, 'storage-down');

  const wave = pile.left.slice(0, spec.options.parallel);
  const admitted = wave.filter(() => storage.admits());
  if (admitted.length === 0) {
    storage.guests.delete(attempt);
    yield halfTrip(attempt, storage.out);
    return 'slow-down';
  }
  const [first] = admitted;
  const objections = admitted.map(() => tokenObjection(attempt, upload, token, workload, first));
  if (objections[0]) {
    storage.guests.delete(attempt);
    yield halfTrip(attempt, storage.out);
    return objections[0];
  }
  const connection = Math.min(storage.parameters.perConnection, mathis(attempt.rtt, upload.loss));
  const together = (count: number, bytesEach: number): FlowSpec => ({
    size: count * bytesEach,
    weight: count * upload.weight,
    cap: Math.min(upload.uplink, count * connection),
    path: [{ link: storage.in.link, cost: 1 }],
  });
  if (!connected) {
    const { cap, path } = together(admitted.length, 1);
    const alone = Math.min(cap, path[0]!.link.capacity);
    // Each connection is slow for itself, and would have its share of the path.
    const one = { size: admitted[0]!, weight: 1, cap: alone / admitted.length, path: [] };
    yield engine.wait(slowStart(attempt, one));
  }
  // All that are under way carry the same; a connection that breaks loses its part, and the others go on.
  let parts = admitted.map(size => ({ size, done: 0 }));
  const under = () => parts.filter(({ size, done }) => done < size);
  let broken = 0;
  let lost = 0;
  let since = 0;
  while (under().length > 0) {
    const moving = under();
    const each = Math.min(...moving.map(({ size, done }) => size - done));
    const all = together(moving.length, each);
    const carried = Math.min(all.size, bytesToBreak(broken) - since);
    yield engine.transfer({ ...all, size: carried }, flow => attempt.carries(flow));
    since += carried;
    for (const part of moving) {
      const isDone = carried === all.size && part.size - part.done === each;
      part.done = isDone ? part.size : part.done + carried / moving.length;
    }
    if (carried === all.size) continue;
    broken++;
    since = 0;
    // It is the last of those under way; of what lies behind it storage makes no use.
    const at = parts.indexOf(moving.at(-1)!);
    lost += parts.slice(at).reduce((sum, { done }) => sum + done, 0);
    parts = parts.slice(0, at);
  }
  if (parts.length === 0) yield breaks(attempt);
  yield engine.wait(constant(storage.parameters.firstByte));
  storage.guests.delete(attempt);
  attempt.keeps(lost);
  pile.stored.push(...pile.left.splice(0, parts.length));
  yield halfTrip(attempt, storage.out);
  if (broken > 0) return 'connection-lost';
  return admitted.length < wave.length ? 'slow-down' : null;
}

/** All parts are there: the client asks its server, which asks storage, to make one object of them. */
function* complete(attempt: Attempt, server: Server, isOpen: boolean, whole: () => void): Program<Verdict> {
  const { engine, spec, storage } = attempt.site;
  if (!isOpen && !(yield* connect(attempt, server))) return yield* deny(attempt, server, 'refused');
  yield halfTrip(attempt, server.in);
  if (isOpen && !meets(attempt, server)) return yield* deny(attempt, server, 'refused');
  const no = yield* passGateway(attempt, server, 0);
  if (no) return no;
  if (!(yield* takeThread(attempt, server))) return yield* deny(attempt, server, 'overloaded');
  yield cpuJob(attempt, server, constant(spec.server.cpu.perRequest));
  yield engine.wait(storage.parameters.rtt / 2);
  if (!storage.lets(attempt)) return yield* proxyAnswers(attempt, server, 'storage-down');
  if (!storage.admits()) return yield* proxyAnswers(attempt, server, 'slow-down');
  yield engine.wait(constant(storage.parameters.firstByte));
  whole();
  return yield* proxyAnswers(attempt, server, null);
}
