import type { Program, Step } from '../kernel/process.js';

/** Where a connection ends: a server or the storage. What it is made of concerns the replay alone. */
export interface Endpoint {
  readonly name: string;
}

/** A set of links that a body crosses, with what each of them spends per byte. */
export interface Route {
  readonly name: string;
}

export interface ServerSite extends Endpoint {
  readonly routes: {
    /** Client to the server, which keeps the body: in memory, or on its disk where the topology spools. */
    readonly receive: Route;
    /** From there to storage. */
    readonly forward: Route;
    /** Client through the server to storage, as the bytes arrive. */
    readonly through: Route;
  };
}

export interface StorageSite extends Endpoint {
  readonly routes: {
    /** Client to storage. */
    readonly direct: Route;
  };
}

/** A file in parts, and what storage has of them. */
export interface FileParts {
  /** The client knows of an upload in storage to which the parts belong. */
  readonly opened: boolean;
  /** Parts that storage does not have yet. */
  readonly left: number;
  /** How many of them go next, together. */
  readonly wave: number;
}

/** The steps of the valet-key flow that can fail, and be tried again, on their own. */
export type ValetStep = 'permission' | 'put' | 'notification';

/** The design under test as its topology sees it. Bytes, and bytes of memory per byte of a body. */
export interface Site {
  readonly storage: StorageSite;
  readonly options: {
    readonly streamBuffer: number;
    readonly copies: number;
    readonly completeCopies: number;
    readonly perRequest: number;
    readonly signing: 'upfront' | 'each';
  };
  readonly valetKey: {
    readonly request: number;
    readonly response: number;
    readonly notify: 'none' | 'client' | 'storage';
  };
}

/**
 * One attempt to upload one file: the verbs from which a topology is written. Each takes whatever time its
 * resources make it take. What an attempt has taken is given back, in reverse order and in one place, when it
 * ends, fails or is abandoned, so a topology never releases anything but by answering.
 */
export interface Job {
  /** Bytes of the file. */
  readonly size: number;
  /** Where a valet-key upload stands: a retry begins at the step that failed. */
  readonly step: ValetStep;

  /** The server that the load balancer chooses for this request. */
  pickServer(): ServerSite;
  /** The server with which it has a connection open from an earlier step, or null. */
  readonly keptAlive: ServerSite | null;

  /**
   * Opens a connection: round trips of TCP and TLS, which pass together with the message that follows, for nothing
   * can be done in between. The client's timeout runs from its first packet.
   */
  connect(to: Endpoint): Step;
  /** Goes on over a connection that is open. The client's timeout runs anew. */
  reuseConnection(to: Endpoint): Step;
  /** A browser asks whether it may (CORS): one exchange, where the scenario has it; the message follows it at once. */
  preflight(to: Endpoint): Step;
  /** Half a round trip to the far end, with a small message of `bytes` on it. */
  send(to: Endpoint, bytes?: number): Step;
  /** The part of a message that was too large to ride on its half round trip. */
  receiveMessage(from: Endpoint, bytes: number): Step;

  /** A thread of the server, its turn in the backlog, or 503 `overloaded`. */
  takeThread(server: ServerSite): Step;
  /** A server that reserves memory admits the upload with `bytes`, or answers 503 `out-of-memory`. */
  reserveMemory(server: ServerSite, bytes: number): Step;
  /** Memory until the attempt ends; a server that would exceed its limit crashes. */
  holdMemory(server: ServerSite, bytes: number): Step;
  /** Space on the server's disk until the attempt ends, or 507 `disk-full`. */
  reserveDisk(server: ServerSite, bytes: number): Step;
  /** CPU work that every request costs. */
  handleRequest(server: ServerSite): Step;
  /** Waits for the database or the identity provider that says whether the client may upload. */
  authorise(): Step;
  /** CPU work of signing the URL. */
  sign(server: ServerSite): Step;
  /** The token is signed, or all those of one answer: their lives begin. */
  issueToken(): void;

  /** Rounds in which TCP's window and not the path limits a new connection. */
  slowStart(route: Route): Step;
  /** Moves the file's bytes over a route. */
  transfer(route: Route): Step;
  /** Moves the file's bytes into the server's memory, which grows by `copies` per byte as they arrive. */
  receiveIntoMemory(server: ServerSite): Step;
  /** The server has the whole body: from here on it finishes its work even if the client has gone. */
  bodyReceived(): void;
  /** A connection of the server's pool to storage. */
  takeUpstreamConnection(server: ServerSite): Step;

  /** The head of a server's request reaches storage: is there room in its request rate? */
  reachStorage(server: ServerSite): Step;
  /** Storage has all bytes and makes them durable, or says that there is no such bucket. */
  commit(server?: ServerSite): Step;
  /** The storage's answer reaches the server. */
  storageAnswers(server: ServerSite): Step;

  /** The far end answers with a small message of `bytes`; a server gives back all that the attempt has taken. */
  answer(from: Endpoint, bytes?: number): Step;

  /** The signed URL is in the client's hands. */
  receiveToken(): void;
  /** The client may upload, and has no URL yet. */
  receivePermission(): void;
  /** From receiving the URL to starting the upload. */
  dawdle(): Step;
  /** The client's request reaches storage, which checks its rate, then the token. */
  presentToken(): Step;

  /** The file is in storage; what is left is to tell the server. */
  stored(): void;
  /** Storage tells a server by itself, beside the upload. */
  notifyFromStorage(): void;
}

/** The same of a topology that uploads in parts. */
export interface PartedJob extends Job {
  readonly parts: FileParts;

  /** CPU work of signing so many URLs, one by default. */
  sign(server: ServerSite, urls?: number): Step;

  /** Storage opens an upload in parts, at the request of a server, or says that there is no such bucket. */
  openParts(): Step;
  /** The heads of a wave of parts reach storage, which checks its rate and the tokens; it may let in some of them. */
  presentTokens(): Step;
  /** Moves the bytes of the parts that were let in, each on a connection of its own. */
  transferParts(route: Route): Step;
  /** Storage makes the parts durable; the wave waits for the slowest. */
  commitParts(): Step;
  /** Storage has the parts; the wave has failed where some were sent away with 503 `slow-down`. */
  keepParts(): Step;
  /** Storage has made one object of all parts. */
  completeParts(): void;
}

/** An architecture: the stages that each upload walks through. */
export interface Topology {
  readonly kind: string;
  /** File bytes cross the servers' networks and may fill their memory. */
  readonly bodiesThroughServers: boolean;
  /** Bodies wait on the servers' disks: receiving and forwarding them shares the bandwidth of a disk. */
  readonly spools: boolean;
  /** Servers keep a pool of connections to storage, in which uploads wait for one. */
  readonly poolsUpstream: boolean;
  /** Clients are given a signed URL. */
  readonly issuesTokens: boolean;
  /** Files are uploaded in parts, which storage keeps when the rest fails: its jobs are `PartedJob`s. */
  readonly inParts: boolean;
  /** The host before whose queue the flows of clients get unequal shares. */
  readonly unequalInto: 'server' | 'storage' | null;
  upload(job: Job, site: Site): Program;
}
