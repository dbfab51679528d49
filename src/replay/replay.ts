import type { NetworkObserver } from '../kernel/resources/network.js';
import { type InstantObserver, Simulation } from '../kernel/simulation.js';
import { Recorder } from '../measure/recorder.js';
import type { TopologySpec } from '../scenario/types.js';
import { topologyOf } from '../topologies/registry.js';
import type { Site, Topology } from '../topologies/topology.js';
import type { Workload } from '../workload/workload.js';
import { Balancer } from './balancer.js';
import { Call } from './call.js';
import { ChangingNetwork, networkChanges } from './changing-network.js';
import { Connections } from './connections.js';
import type { Context } from './context.js';
import { Draws } from './draws.js';
import { Drops } from './drops.js';
import { scheduleFaults } from './faults.js';
import { firstArrival, firstOpenArrival } from './first-arrival.js';
import { Gateway } from './gateway.js';
import { MemoryGuards } from './memory-guards.js';
import { Oversight } from './oversight.js';
import { PartedUploads } from './parts.js';
import { shapeOf } from './recorder-shape.js';
import { RequestSource } from './request-source.js';
import type { Server, ServerObserver } from './server.js';
import { buildSite, firstServers, type Hosts } from './site.js';
import { StorageChecks } from './storage-checks.js';
import { storageSlowdowns, Throttle } from './throttle.js';
import { TokenRules } from './token.js';
import { UploadSource } from './upload-source.js';
import type { Watch } from './watch.js';
import { Wire } from './wire.js';

export interface ReplayOptions {
  /** Keys all that is random during the replay. */
  readonly seed: string;
  /** Seconds; what still runs then is unfinished. */
  readonly horizon: number;
  /** Seconds; arrivals before it stay out of the percentiles. */
  readonly warmup: number;
  /** Notes every step of one upload; changes nothing. */
  readonly watch?: Watch;
}

/**
 * What a replay leaves behind: its measurements, and the totals that must agree with them. Its clock begins at
 * `epoch` on the scenario's: doubles are fine near 0 and coarse in the seconds since 1970, so that small uploads
 * late in the day, or in somebody's log, would lose the digits of their durations.
 */
export interface Replayed {
  readonly epoch: number;
  readonly topology: Topology;
  readonly recorder: Recorder;
  readonly hosts: Hosts;
  readonly simulation: Simulation;
  readonly connections: Connections | null;
  /** Uploads that the workload offered. */
  readonly offered: number;
  /** It went on until nothing was left to do, not only to the horizon. */
  readonly finished: boolean;
  /** The horizon came before that. */
  readonly cutShort: boolean;
  /** Seconds on the replay's clock: the measured window. */
  readonly from: number;
  readonly to: number;
}

/** How far a replay has come. */
export interface ReplayProgress {
  /** Share of its work that is done, about: 0 to 1. */
  readonly share: number;
  /** Seconds on the scenario's clock. */
  readonly now: number;
}

/** Instants between two looks at how far a replay has come: some hundredths of a second of work. */
const INSTANTS_PER_STEP = 20_000;

/** Replays a workload through one design. The same arguments give the same numbers, bit for bit. */
export function replay(spec: TopologySpec, workload: Workload, options: ReplayOptions): Replayed {
  const steps = replayInSteps(spec, workload, options);
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** The same, pausing now and then, so that a caller can show progress or give up. */
export function replayInSteps(
  spec: TopologySpec,
  workload: Workload,
  options: ReplayOptions,
): Generator<ReplayProgress, Replayed, void> {
  return new Replay(spec, workload, options).run();
}

class Replay implements NetworkObserver, InstantObserver, ServerObserver, Context {
  readonly simulation: Simulation;
  readonly wire: Wire;
  readonly hosts: Hosts;
  readonly gateway: Gateway | null;
  readonly site: Site;
  readonly balancer: Balancer;
  readonly draws: Draws;
  readonly tokens: TokenRules;
  readonly checks: StorageChecks;
  readonly connections: Connections | null;
  readonly drops: Drops | null;
  readonly recorder: Recorder;
  readonly topology: Topology;
  readonly epoch: number;
  readonly parted: PartedUploads | null;
  readonly watch: Watch | null;
  private readonly uploads: UploadSource;
  private readonly requests: readonly RequestSource[];
  private readonly guards: MemoryGuards;
  private readonly from: number;
  private readonly meters: ((now: number, load: number) => void)[] = [];
  /** Of which server's memory a route is the growth, by route. */
  private readonly growing: (Server | undefined)[] = [];
  private lone = 0;
  /** Null where the servers, and what the balancer knows of them, never change. */
  private readonly oversight: Oversight | null;

  constructor(
    readonly spec: TopologySpec,
    workload: Workload,
    private readonly options: ReplayOptions,
  ) {
    this.simulation = new Simulation(this, this);
    this.wire = new Wire(this.simulation);
    this.topology = topologyOf(spec.kind);
    this.watch = options.watch ?? null;
    const first = firstArrival(workload);
    this.epoch = firstOpenArrival(workload);
    this.from = Math.max(first, options.warmup) - this.epoch;
    this.recorder = new Recorder(
      shapeOf(spec, workload, this.topology, this.from, options.warmup - this.epoch),
    );
    const { bodiesThroughServers, spools, inParts } = this.topology;
    this.parted = inParts ? new PartedUploads(spec.options) : null;
    const urls = inParts ? mostUrls(spec) : 1;
    const traffic = { bodiesThroughServers, spools, urls, background: workload.background.length > 0 };
    this.hosts = buildSite(spec, traffic, this.simulation, this);
    this.gateway = spec.gateway === null ? null : new Gateway(spec.gateway, this.simulation);
    this.site = { storage: this.hosts.storage, options: spec.options, valetKey: spec.valetKey };
    const { servers } = this.hosts;
    const present = servers.slice(0, firstServers(spec.server));
    this.balancer = new Balancer(present, spec.server.balancing, options.seed);
    const { fleet } = this.recorder;
    this.oversight =
      fleet === null
        ? null
        : new Oversight(
            spec.server,
            servers,
            present,
            this.balancer,
            this.recorder,
            fleet,
            this.simulation,
            this.epoch,
          );
    this.draws = new Draws(spec, options.seed);
    this.tokens = new TokenRules(spec.valetKey, this.epoch);
    this.checks = new StorageChecks(this.hosts.storage, this.tokens, this.recorder, this.simulation);
    const { keepAlive } = spec.transport;
    this.connections = keepAlive > 0 && !inParts ? new Connections(keepAlive) : null;
    const { drops } = workload;
    this.drops = drops === null ? null : new Drops(this.simulation, drops, options.seed);
    this.guards = new MemoryGuards(servers, this.simulation);
    this.connectMeters();
    if (networkChanges(spec)) this.connectGuards();
    this.slowStorageDown();
    this.uploads = new UploadSource(this, workload);
    this.requests = workload.background.map((stream, index) => new RequestSource(this, stream, index));
  }

  *run(): Generator<ReplayProgress, Replayed, void> {
    const { simulation, recorder, options } = this;
    scheduleFaults(this.spec.faults, this.hosts, simulation, this.epoch);
    this.uploads.begin();
    for (const source of this.requests) source.begin();
    const until = options.horizon - this.epoch;
    const busy = (): boolean => this.busy();
    while (!simulation.run(until, busy, INSTANTS_PER_STEP)) yield this.progress(until);
    const finished = !this.busy();
    if (!finished) this.accountForUnfinished();
    this.uploads.noteThoseToCome();
    const to = Math.max(this.from, finished ? recorder.lastEnd : simulation.now);
    const { hosts, from, epoch, topology, connections } = this;
    const { offered } = this.uploads;
    const cutShort = !finished && options.horizon < Number.POSITIVE_INFINITY;
    return {
      recorder,
      hosts,
      simulation,
      connections,
      topology,
      offered,
      finished,
      cutShort,
      epoch,
      from,
      to,
    };
  }

  private progress(until: number): ReplayProgress {
    const { now } = this.simulation;
    const sources = [this.uploads, ...this.requests];
    const share = Math.min(...sources.map(source => source.progress(now + this.epoch)));
    return { share: Math.max(share, now / until), now: now + this.epoch };
  }

  private accountForUnfinished(): void {
    const { simulation, recorder, hosts } = this;
    const calls = new Set<Call>();
    for (const server of hosts.servers) {
      for (const guest of server.guests) if (guest instanceof Call) calls.add(guest);
    }
    for (const owner of simulation.flowOwners()) if (owner instanceof Call) calls.add(owner);
    for (const call of calls) call.accountUntil(simulation.now);
    recorder.accountForUnfinished(simulation.now);
  }

  private busy(): boolean {
    if (this.uploads.outstanding > 0 || this.lone > 0) return true;
    for (const source of this.requests) if (source.outstanding > 0) return true;
    return false;
  }

  loneWork(change: 1 | -1): void {
    this.lone += change;
    this.recorder.lastEnd = this.simulation.now;
  }

  // --- What the resources tell ---------------------------------------------------------------------------

  linkChanged(link: number, load: number): void {
    this.recorder.noteLoad(link, load);
    this.meters[link]!(this.simulation.now, load);
  }

  routeChanged(route: number, rate: number): void {
    const server = this.growing[route];
    if (server !== undefined) server.memory.setGrowth(this.simulation.now, rate * this.spec.options.copies);
  }

  instantSettled(): void {
    this.guards.instantSettled();
  }

  threadsChanged(server: Server, inUse: number, waiting: number): void {
    const { now } = this.simulation;
    this.recorder.threads.set(server.index, now, inUse);
    this.recorder.backlog.set(server.index, now, waiting);
    if (this.oversight !== null) this.oversight.threadsChanged(server, inUse, waiting);
  }

  upstreamChanged(server: Server, inUse: number): void {
    this.recorder.upstream.set(server.index, this.simulation.now, inUse);
  }

  memoryChanged(server: Server, now: number, level: number, growth: number): void {
    // One that is not there has not even the memory that it begins with.
    this.recorder.memory.set(server.index, now, server.running ? level : 0, growth);
    this.recorder.memory.notePeak(server.index, now);
    if (this.oversight !== null) this.oversight.memoryChanged(server, now, level, growth);
    this.guards.lookAt(server);
  }

  diskSpaceChanged(server: Server, now: number, level: number): void {
    this.recorder.diskSpace?.set(server.index, now, level);
    this.recorder.diskSpace?.notePeak(server.index, now);
  }

  diskFull(server: Server): void {
    this.recorder.diskSpace?.noteRefusal(server.index, this.simulation.now);
  }

  serverCrashed(server: Server): void {
    this.recorder.serverCrashed(server.index, this.simulation.now);
  }

  serverWentDown(server: Server): void {
    this.recorder.serverWentDown(server.index, this.simulation.now);
    this.oversight?.serverChanged();
  }

  serverRestarted(server: Server): void {
    this.recorder.serverRestarted(server.index, this.simulation.now);
    this.oversight?.serverChanged();
  }

  private connectMeters(): void {
    const { recorder, hosts } = this;
    this.meters[hosts.storage.in.link] = (now, load) => recorder.storageIn.set(now, load);
    this.meters[hosts.storage.out.link] = (now, load) => recorder.storageOut.set(now, load);
    for (const server of hosts.servers) {
      const { index } = server;
      this.meters[server.in.link] = (now, load) => recorder.networkIn.set(index, now, load);
      this.meters[server.out.link] = (now, load) => recorder.networkOut.set(index, now, load);
      this.meters[server.cores] = (now, load) => recorder.cpu.set(index, now, load);
      const { disk } = server;
      if (disk.link !== null) this.meters[disk.link] = (now, load) => recorder.disk!.set(index, now, load);
      if (server.routes.receive.memoryPerByte > 0) this.growing[server.routes.receive.index] = server;
    }
  }

  /** A slow storage takes less on each connection, too: also of what is on its way. */
  private slowStorageDown(): void {
    const slowdowns = storageSlowdowns(this.spec.faults, this.epoch);
    if (slowdowns.length === 0) return;
    new Throttle(slowdowns, this.simulation, factor => {
      this.hosts.storage.speed = factor;
      for (const owner of this.simulation.flowOwners()) if (owner instanceof Call) owner.recap();
    });
  }

  /** What a direction with a burst is used, its guard has to know. */
  private connectGuards(): void {
    const { guards } = new ChangingNetwork(this.spec, this.hosts, this.simulation, this.recorder, this.epoch);
    for (const [link, guard] of guards.entries()) {
      if (guard === undefined) continue;
      const measure = this.meters[link]!;
      this.meters[link] = (now, load) => {
        measure(now, load);
        guard.used(load);
      };
    }
  }
}

/** URLs in one answer: as many as a file has parts, of which nobody knows the largest. */
function mostUrls({ options: { signing, parallel } }: TopologySpec): number {
  return signing === 'each' ? parallel : Number.POSITIVE_INFINITY;
}
