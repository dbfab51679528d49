import { LinkedSlots } from '../kernel/linked-slots.js';
import { Level } from '../kernel/resources/level.js';
import { Pool } from '../kernel/resources/pool.js';
import type { Simulation } from '../kernel/simulation.js';
import type { ServerParameters } from '../scenario/types.js';
import type { ServerSite } from '../topologies/topology.js';
import type { Direction, Host, Path } from './host.js';

/** A request that is on a server. */
export interface Guest {
  /** The server has died with all that the guest had of it. */
  loseServer(): void;
  /** Called after all guests of the dead server have lost it. */
  learnOfCrash(): void;
}

/** Told what happens to the servers. */
export interface ServerObserver {
  threadsChanged(server: Server, inUse: number, waiting: number): void;
  upstreamChanged(server: Server, inUse: number): void;
  memoryChanged(server: Server, now: number, level: number, growth: number): void;
  diskSpaceChanged(server: Server, now: number, level: number): void;
  /** A body found no room on the disk. */
  diskFull(server: Server): void;
  /** It ran out of memory. */
  serverCrashed(server: Server): void;
  serverWentDown(server: Server): void;
  serverRestarted(server: Server): void;
}

export class Server implements Host, ServerSite {
  readonly name: string;
  up = true;
  /** What keeps it down: a restart, scheduled faults. */
  private reasonsToBeDown = 0;
  readonly plain: boolean;
  readonly in: Direction;
  readonly out: Direction;
  readonly threads: Pool;
  readonly upstream: Pool;
  readonly memory: Level;
  readonly disk: {
    /** Its link, whose units are bytes written or read; null where the topology does not spool. */
    readonly link: number | null;
    readonly space: Level;
    full(): void;
  };
  /** Bytes promised to admitted uploads, where the server reserves memory. */
  reserved = 0;
  /** Requests that the balancer has sent here and that have not ended: what least-connections counts. */
  connections = 0;
  /** It is there: has been started, and has not ended. */
  running = true;
  /** Called with the instant when the last of them ends; null but for a server that has left the rotation for good. */
  whenEmpty: ((now: number) => void) | null = null;
  /** Those that are on the server now, in the order of their coming. */
  private readonly present = new LinkedSlots<Guest>();

  constructor(
    readonly index: number,
    readonly parameters: ServerParameters,
    upstreamConnections: number,
    network: { readonly in: Direction; readonly out: Direction },
    canDie: boolean,
    readonly cores: number,
    disk: number | null,
    readonly routes: {
      readonly receive: Path;
      readonly forward: Path;
      readonly through: Path;
      readonly jobs: Path;
      readonly messagesIn: Path;
      readonly messagesOut: Path;
    },
    private readonly simulation: Simulation,
    private readonly observer: ServerObserver,
  ) {
    this.name = `server ${index + 1}`;
    this.in = network.in;
    this.out = network.out;
    this.plain = !canDie && network.in.standing === 0 && network.out.standing === 0;
    this.threads = new Pool(parameters.threads, parameters.backlog, {
      poolChanged: (inUse, waiting) => observer.threadsChanged(this, inUse, waiting),
    });
    this.upstream = new Pool(upstreamConnections, Number.POSITIVE_INFINITY, {
      poolChanged: inUse => observer.upstreamChanged(this, inUse),
    });
    this.memory = new Level(parameters.memory, parameters.baseMemory, {
      levelChanged: (now, level, growth) => observer.memoryChanged(this, now, level, growth),
    });
    this.disk = {
      link: disk,
      space: new Level(parameters.disk.space, 0, {
        levelChanged: (now, level) => observer.diskSpaceChanged(this, now, level),
      }),
      full: () => observer.diskFull(this),
    };
  }

  /** Reserves `bytes`; false when they do not fit beside what is already promised. */
  reserve(bytes: number): boolean {
    const { memory, baseMemory } = this.parameters;
    if (baseMemory + this.reserved + bytes > memory * (1 + 1e-12)) return false;
    this.reserved += bytes;
    return true;
  }

  /** A request that was sent here has ended. */
  release(): void {
    if (--this.connections === 0) this.whenEmpty?.(this.simulation.now);
  }

  /** Returns the guest's place for `leave`. */
  join(guest: Guest): number {
    return this.present.add(guest);
  }

  leave(place: number): void {
    this.present.remove(place);
    if (this.present.size > 0) return;
    this.reserved = 0;
    this.memory.empty(this.simulation.now);
    this.disk.space.empty(this.simulation.now);
  }

  get guests(): readonly Guest[] {
    return this.present.toArray();
  }

  /**
   * Out of memory: the process dies with everything on it. All that it held is given back before anyone can
   * react, then it stays away until it has restarted.
   */
  crash(): void {
    this.observer.serverCrashed(this);
    const lost = this.fall();
    this.simulation.after(this.parameters.restart, { fire: () => this.rise() });
    for (const guest of lost) guest.learnOfCrash();
  }

  /** A scheduled fault takes it down, with everything on it. */
  strike(): void {
    for (const guest of this.fall()) guest.learnOfCrash();
  }

  /** One of the things that keep it down has passed; it is back when all have. */
  rise(): void {
    if (--this.reasonsToBeDown > 0) return;
    this.up = true;
    this.threads.reopen();
    this.upstream.reopen();
    this.observer.serverRestarted(this);
  }

  /** Goes down, unless it is down already; returns who has lost it. */
  private fall(): readonly Guest[] {
    if (this.reasonsToBeDown++ > 0) return [];
    this.up = false;
    this.observer.serverWentDown(this);
    this.threads.shut();
    this.upstream.shut();
    const lost = this.guests;
    for (const guest of lost) guest.loseServer();
    return lost;
  }
}
