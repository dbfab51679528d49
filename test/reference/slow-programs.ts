/** The four topologies and the background, each told from the client's first packet to its last. */
import type { TopologySpec } from '../../src/scenario/types.js';
import type { Workload } from '../../src/workload/workload.js';
import { Mistake, type RequestDraw, type UploadDraw } from '../../src/workload/workload.js';
import {
  type Attempt,
  breaks,
  comesBack,
  connect,
  constant,
  cpuJob,
  deny,
  halfTrip,
  headMeets,
  MIB,
  mathis,
  meets,
  messageFlow,
  messageTrip,
  passGateway,
  proxyAnswers,
  sendsBody,
  slowStart,
  takeThread,
  type Verdict,
} from './slow-attempt.js';
import type { Flow, FlowSpec, Program, Step } from './slow-engine.js';
import type { Server } from './slow-site.js';

/** What a step leaves behind for the next ones of its upload. */
export interface Token {
  /** The date in it, and how long it lives, both by storage's clock. */
  date: number;
  validUntil: number;
}

export function bucketIsMissing(attempt: Attempt, upload: UploadDraw, workload: Workload): boolean {
  const named = workload.buckets[upload.bucket];
  const exists = named !== undefined && attempt.site.spec.storage.buckets.includes(named);
  return !exists || (upload.mistakes & Mistake.bucket) !== 0;
}

/** At most one core per proxied flow. */
const oneCore = (perMiB: number): number => (perMiB > 0 ? MIB / perMiB : Number.POSITIVE_INFINITY);

/** Memory steps may kill the server and with it this attempt, so they are steps of the program too. */
function remembers(attempt: Attempt, server: Server, bytes: number): Step {
  return resume => {
    server.memory.set(attempt, bytes);
    resume();
    return () => {};
  };
}

/** `reject`: false if `bytes` cannot be promised. */
function isAdmitted(attempt: Attempt, server: Server, bytes: number): boolean {
  if (attempt.site.spec.server.onOutOfMemory === 'crash') return true;
  if (!server.memory.reserves(bytes)) return false;
  attempt.hold(() => server.memory.unreserve(bytes));
  return true;
}

/** What the client itself allows for: nothing of that counts behind a gateway that has had the whole file. */
function ownLimits(attempt: Attempt, upload: UploadDraw): number {
  if (attempt.site.spec.gateway?.buffers) return Number.POSITIVE_INFINITY;
  return Math.min(upload.uplink, mathis(attempt.rtt, upload.loss));
}

/** The file sets out to the server: from its client, with a window that has to grow, or from the gateway. */
function* setsOut(attempt: Attempt, flow: FlowSpec): Program {
  if (attempt.site.spec.gateway?.buffers) return;
  attempt.sounds();
  yield attempt.site.engine.wait(slowStart(attempt, flow));
}

/** Connection, head, thread, memory, cpu.perRequest: how every upload through a server begins. */
function* proxyBegins(
  attempt: Attempt,
  server: Server,
  upload: UploadDraw,
  promised: number,
  atOnce: number,
): Program<Verdict> {
  const { site } = attempt;
  if (!(yield* connect(attempt, server))) return yield* deny(attempt, server, 'refused');
  yield halfTrip(attempt, server.in);
  if (!headMeets(attempt, server)) return yield* deny(attempt, server, 'refused');
  const no = yield* passGateway(attempt, server, upload.size, upload);
  if (no) return no;
  if (!(yield* takeThread(attempt, server))) return yield* deny(attempt, server, 'overloaded');
  if (!isAdmitted(attempt, server, promised)) return yield* deny(attempt, server, 'out-of-memory');
  attempt.hold(() => server.memory.drop(attempt));
  yield remembers(attempt, server, atOnce);
  yield cpuJob(attempt, server, constant(site.spec.server.cpu.perRequest));
  return null;
}

export function* proxyBuffered(
  attempt: Attempt,
  server: Server,
  upload: UploadDraw,
  workload: Workload,
): Program<Verdict> {
  const { engine, spec, storage } = attempt.site;
  const { copies, completeCopies, perRequest } = spec.options;
  const { perMiB } = spec.server.cpu;
  const half = { link: server.cores, cost: perMiB / 2 / MIB };
  const { size, weight } = upload;

  const promised = completeCopies * size + perRequest;
  const refusal = yield* proxyBegins(attempt, server, upload, promised, perRequest);
  if (refusal) return refusal;

  const receive: FlowSpec = {
    size,
    weight,
    cap: Math.min(ownLimits(attempt, upload), oneCore(perMiB)),
    path: [{ link: server.in.link, cost: 1 }, half],
  };
  yield* setsOut(attempt, receive);
  const received = yield* sendsBody(attempt, receive, (flow: Flow) => {
    server.memory.set(attempt, perRequest, copies, flow);
  });
  attempt.silent();
  // A body that nothing limits has arrived without having grown.
  yield remembers(attempt, server, perRequest + copies * received);
  if (received < size) yield breaks(attempt);
  attempt.bodyComplete = true;
  yield remembers(attempt, server, promised);

  yield server.upstream.seize();
  attempt.hold(() => server.upstream.release());
  yield engine.wait(storage.parameters.rtt / 2);
  if (!storage.lets(attempt)) return yield* proxyAnswers(attempt, server, 'storage-down');
  if (!storage.admits()) return yield* proxyAnswers(attempt, server, 'slow-down');
  yield engine.transfer({
    size,
    weight,
    cap: Math.min(storage.parameters.perConnection, oneCore(perMiB)),
    path: [{ link: server.out.link, cost: 1 }, { link: storage.in.link, cost: 1 }, half],
  });
  if (bucketIsMissing(attempt, upload, workload))
    return yield* proxyAnswers(attempt, server, 'no-such-bucket');
  yield engine.wait(constant(storage.parameters.firstByte));
  return yield* proxyAnswers(attempt, server, null);
}

/** A front spools the body, holding no thread; then it is forwarded like any request. */
export function* proxySpooled(
  attempt: Attempt,
  server: Server,
  upload: UploadDraw,
  workload: Workload,
): Program<Verdict> {
  const { engine, spec, storage } = attempt.site;
  const { perRequest } = spec.options;
  const { perMiB, perRequest: handling } = spec.server.cpu;
  const half = { link: server.cores, cost: perMiB / 2 / MIB };
  const disk = { link: server.disk, cost: 1 };
  const { size, weight } = upload;

  // The head: memory for the connection, space for all that it announces, the work of one request.
  if (!(yield* connect(attempt, server))) return yield* deny(attempt, server, 'refused');
  yield halfTrip(attempt, server.in);
  if (!headMeets(attempt, server)) return yield* deny(attempt, server, 'refused');
  const no = yield* passGateway(attempt, server, size, upload);
  if (no) return no;
  if (!isAdmitted(attempt, server, perRequest)) return yield* deny(attempt, server, 'out-of-memory');
  attempt.hold(() => server.memory.drop(attempt));
  yield remembers(attempt, server, perRequest);
  if (!server.spool.keeps(attempt, size, engine.now)) return yield* deny(attempt, server, 'disk-full');
  attempt.hold(() => server.spool.drop(attempt));
  yield cpuJob(attempt, server, constant(handling));

  // The body, to the disk.
  const spool: FlowSpec = {
    size,
    weight,
    cap: Math.min(ownLimits(attempt, upload), oneCore(perMiB)),
    path: [{ link: server.in.link, cost: 1 }, disk, half],
  };
  yield* setsOut(attempt, spool);
  const spooled = yield* sendsBody(attempt, spool, () => {});
  if (spooled < size) yield breaks(attempt);
  attempt.silent();
  attempt.bodyComplete = true;

  // A thread from here on, a connection to storage, and the file again, off the disk.
  if (!(yield* takeThread(attempt, server))) return yield* deny(attempt, server, 'overloaded');
  yield server.upstream.seize();
  attempt.hold(() => server.upstream.release());
  yield engine.wait(storage.parameters.rtt / 2);
  if (!storage.lets(attempt)) return yield* proxyAnswers(attempt, server, 'storage-down');
  if (!storage.admits()) return yield* proxyAnswers(attempt, server, 'slow-down');
  yield engine.transfer({
    size,
    weight,
    cap: Math.min(storage.parameters.perConnection, oneCore(perMiB)),
    path: [disk, { link: server.out.link, cost: 1 }, { link: storage.in.link, cost: 1 }, half],
  });
  if (bucketIsMissing(attempt, upload, workload))
    return yield* proxyAnswers(attempt, server, 'no-such-bucket');
  yield engine.wait(constant(storage.parameters.firstByte));
  return yield* proxyAnswers(attempt, server, null);
}

export function* proxyStreaming(
  attempt: Attempt,
  server: Server,
  upload: UploadDraw,
  workload: Workload,
): Program<Verdict> {
  const { engine, spec, storage } = attempt.site;
  const { perMiB } = spec.server.cpu;
  const { streamBuffer } = spec.options;
  const refusal = yield* proxyBegins(attempt, server, upload, streamBuffer, streamBuffer);
  if (refusal) return refusal;

  const own = Math.min(ownLimits(attempt, upload), oneCore(perMiB));
  const stream: FlowSpec = {
    size: upload.size,
    weight: upload.weight,
    cap: Math.min(own, storage.parameters.perConnection),
    path: [
      { link: server.in.link, cost: 1 + spec.transport.ackLoad },
      { link: server.out.link, cost: 1 + spec.transport.ackLoad },
      { link: storage.in.link, cost: 1 },
      { link: server.cores, cost: perMiB / MIB },
    ],
  };
  yield* setsOut(attempt, stream);
  yield engine.wait(storage.parameters.rtt / 2);
  if (!storage.lets(attempt)) return yield* proxyAnswers(attempt, server, 'storage-down');
  if (!storage.admits()) return yield* proxyAnswers(attempt, server, 'slow-down');
  const streamed = yield* sendsBody(attempt, stream, () => {});
  if (streamed < upload.size) yield breaks(attempt);
  attempt.silent();
  if (bucketIsMissing(attempt, upload, workload))
    return yield* proxyAnswers(attempt, server, 'no-such-bucket');
  yield engine.wait(constant(storage.parameters.firstByte));
  return yield* proxyAnswers(attempt, server, null);
}

export function* askPermission(
  attempt: Attempt,
  server: Server,
  upload: UploadDraw,
  token: Token,
): Program<Verdict> {
  const { engine, spec } = attempt.site;
  const { request, response, authorise, sign } = spec.valetKey;
  const bound = mathis(attempt.rtt, upload.loss);
  if (!(yield* connect(attempt, server))) return yield* deny(attempt, server, 'refused');
  yield messageTrip(attempt, request, server.in, upload.uplink);
  if (!headMeets(attempt, server)) return yield* deny(attempt, server, 'refused');
  const no = yield* passGateway(attempt, server, request);
  if (no) return no;
  if (!(yield* takeThread(attempt, server))) return yield* deny(attempt, server, 'overloaded');
  yield* messageFlow(attempt, request, server.in, Math.min(upload.uplink, bound), upload.weight, 'new');
  yield cpuJob(attempt, server, constant(spec.server.cpu.perRequest));
  yield engine.wait(constant(authorise));
  yield cpuJob(attempt, server, constant(sign));
  signs(token, attempt);
  yield* messageFlow(attempt, response, server.out, Math.min(upload.downlink, bound), upload.weight, 'new');
  attempt.leave();
  yield messageTrip(attempt, response, server.out, upload.downlink);
  return null;
}

/** The token is signed now. */
export function signs(token: Token, { site: { engine, spec } }: Attempt): void {
  token.date = engine.now - spec.valetKey.clockSkew;
  token.validUntil = Math.min(token.date + spec.valetKey.ttl, endOfCredentials(spec, engine.now));
}

/** One end after the other, until one comes before which the servers do not yet have the next credentials. */
function endOfCredentials({ valetKey }: TopologySpec, signed: number): number {
  if (valetKey.credentialsEnd === null) return Number.POSITIVE_INFINITY;
  const { first, every, ahead } = valetKey.credentialsEnd;
  let end = first;
  while (every < Number.POSITIVE_INFINITY && signed >= end - ahead) end += every;
  return end;
}

export function* put(
  attempt: Attempt,
  upload: UploadDraw,
  token: Token,
  workload: Workload,
  committed: () => void,
): Program<Verdict> {
  const { engine, spec, storage } = attempt.site;
  if (!(yield* connect(attempt, storage))) return yield* comesBack(attempt, storage, 'storage-down');
  // Over a connection that was kept, the first packet is that of the request.
  const finds = () => attempt.connection === 'new' || storage.lets(attempt);
  if (spec.transport.preflight) {
    yield halfTrip(attempt, storage.in);
    if (!finds()) return yield* comesBack(attempt, storage, 'storage-down');
    yield halfTrip(attempt, storage.out);
  }
  yield halfTrip(attempt, storage.in);
  if (!finds()) return yield* comesBack(attempt, storage, 'storage-down');
  const objection = storageObjects(attempt, upload, token, workload);
  if (objection) {
    storage.guests.delete(attempt);
    yield halfTrip(attempt, storage.out);
    return objection;
  }
  const direct: FlowSpec = {
    size: upload.size,
    weight: upload.weight,
    cap: Math.min(upload.uplink, storage.parameters.perConnection, mathis(attempt.rtt, upload.loss)),
    path: [{ link: storage.in.link, cost: 1 }],
  };
  yield engine.wait(slowStart(attempt, direct));
  const arrived = yield* sendsBody(attempt, direct, () => {});
  if (arrived < upload.size) yield breaks(attempt);
  yield engine.wait(constant(storage.parameters.firstByte));
  committed();
  storage.guests.delete(attempt);
  yield halfTrip(attempt, storage.out);
  return null;
}

/** In this order, when the head arrives. */
function storageObjects(attempt: Attempt, upload: UploadDraw, token: Token, workload: Workload): Verdict {
  const { storage } = attempt.site;
  return storage.admits() ? tokenObjection(attempt, upload, token, workload) : 'slow-down';
}

/** What is wrong with the token that a request carries. */
export function tokenObjection(
  attempt: Attempt,
  upload: UploadDraw,
  token: Token,
  workload: Workload,
  bytes = upload.size,
): Verdict {
  const { engine, storage } = attempt.site;
  const wrong = (mistake: number) => (upload.mistakes & mistake) !== 0;
  let reason: Verdict = null;
  if (wrong(Mistake.signature)) reason = 'signature-mismatch';
  else if (wrong(Mistake.method)) reason = 'access-denied';
  else if (bucketIsMissing(attempt, upload, workload)) return 'no-such-bucket';
  else if (wrong(Mistake.key)) reason = 'access-denied';
  else if (token.date - 15 * 60 > engine.now) reason = 'token-not-yet-valid';
  else if (engine.now > token.validUntil + 1e-12 * Math.max(1, engine.now)) reason = 'token-expired';
  else if (bytes > attempt.site.spec.valetKey.maxSize) reason = 'too-large';
  if (reason) storage.rejectedTokens++;
  return reason;
}

/** The client tells the server that the file is there. */
export function* notifyServer(attempt: Attempt, server: Server): Program<Verdict> {
  if (!(yield* connect(attempt, server))) return yield* deny(attempt, server, 'refused');
  yield halfTrip(attempt, server.in);
  if (!headMeets(attempt, server)) return yield* deny(attempt, server, 'refused');
  const no = yield* passGateway(attempt, server, 0);
  if (no) return no;
  if (!(yield* takeThread(attempt, server))) return yield* deny(attempt, server, 'overloaded');
  yield cpuJob(attempt, server, constant(attempt.site.spec.server.cpu.perRequest));
  attempt.leave();
  yield halfTrip(attempt, server.out);
  return null;
}

/** Storage tells a server: nobody waits for it, and nobody notices when it is dropped. */
export function* hearFromStorage(attempt: Attempt, server: Server): Program<Verdict> {
  if (
    meets(attempt, server) &&
    !(yield* passGateway(attempt, server, 0)) &&
    (yield* takeThread(attempt, server))
  ) {
    yield cpuJob(attempt, server, constant(attempt.site.spec.server.cpu.perRequest));
  }
  attempt.leave();
  return null;
}

export function* backgroundRequest(attempt: Attempt, server: Server, draw: RequestDraw): Program<Verdict> {
  const { engine, spec } = attempt.site;
  const bound = mathis(attempt.rtt, draw.loss);
  yield messageTrip(attempt, draw.request, server.in, draw.uplink);
  if (!meets(attempt, server)) return yield* deny(attempt, server, 'refused');
  const no = yield* passGateway(attempt, server, draw.request);
  if (no) return no;
  if (!(yield* takeThread(attempt, server))) return yield* deny(attempt, server, 'overloaded');
  yield* messageFlow(attempt, draw.request, server.in, Math.min(draw.uplink, bound), 1, 'kept alive');
  yield cpuJob(attempt, server, constant(spec.server.cpu.perRequest));
  yield engine.wait(draw.service);
  yield* messageFlow(attempt, draw.response, server.out, Math.min(draw.downlink, bound), 1, 'kept alive');
  attempt.leave();
  yield messageTrip(attempt, draw.response, server.out, draw.downlink);
  return null;
}
