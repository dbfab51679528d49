/**
 * Which servers the slow twin's balancer may choose: checks at every multiple of their interval, and means at every
 * multiple of a period, looked at by ticking all the time.
 */
import type { Autoscaling, HealthChecks, ServerParameters } from '../../src/scenario/types.js';
import type { Engine } from './slow-engine.js';
import type { Server } from './slow-site.js';

interface Span {
  readonly from: number;
  readonly seconds: number;
  readonly there: readonly boolean[];
  readonly starting: number;
  readonly rotating: number;
}

type Place = 'free' | 'starting' | 'serving' | 'leaving';

export class Fleet {
  /** How it was, span by span. */
  private readonly spans: Span[] = [];
  private readonly places: Place[];
  private readonly failures: number[];
  private readonly successes: number[];
  private readonly dead = new Set<Server>();
  /** When it came into service. */
  private readonly joined: number[];
  /** Of the metric: what each server had used at the beginning of the period, or when it came into service. */
  private readonly used: number[];
  private readonly callOff: (() => void)[] = [];
  private resting = Number.NEGATIVE_INFINITY;
  /** Ticks in the engine's list, which keep nobody busy. */
  private ticks = 0;

  /** @param epoch the first period that is looked at ends after it */
  constructor(
    private readonly engine: Engine,
    private readonly servers: readonly Server[],
    private readonly parameters: ServerParameters,
    epoch: number,
  ) {
    const { count, health, autoscale } = parameters;
    const first = autoscale === null ? count : Math.max(count, autoscale.min);
    this.places = servers.map((_, i) => (i < first ? 'serving' : 'free'));
    this.failures = servers.map(() => 0);
    this.successes = servers.map(() => 0);
    this.joined = servers.map(() => Number.NEGATIVE_INFINITY);
    this.used = servers.map(() => 0);
    engine.meters.push(seconds => this.pass(seconds));
    if (health !== null) this.tick(health.interval, 0, at => this.check(health, at));
    if (autoscale !== null) {
      const past = Math.floor(epoch / autoscale.period);
      // Without anybody there, a server takes its own memory and nothing else.
      if (autoscale.metric === 'memory') this.used.fill(parameters.baseMemory * past * autoscale.period);
      this.tick(autoscale.period, past + 1, () => this.look(autoscale));
    }
  }

  isServing(server: Server): boolean {
    return this.places[server.index] === 'serving';
  }

  /** Everybody in service whom nobody takes for dead; everybody, where that is nobody. */
  receiving(): readonly Server[] {
    const members = this.servers.filter(server => this.isServing(server));
    const alive = members.filter(server => !this.dead.has(server));
    return alive.length > 0 ? alive : members;
  }

  private pass(seconds: number): void {
    this.spans.push(this.span(seconds));
  }

  /** How it is from now on for some time. */
  private span(seconds: number): Span {
    const there = this.places.map((_, i) => this.isThere(i));
    const starting = this.indices('starting').length;
    return { from: this.engine.now, seconds, there, starting, rotating: this.receiving().length };
  }

  /** Server-seconds between two instants: paid for, sent requests to, and of each server that is there. */
  between(from: number, to: number): { billed: number; rotating: number; there: number[] } {
    const there = this.servers.map(() => 0);
    let starting = 0;
    let rotating = 0;
    // After the last thing that happened, it stays as it is.
    for (const span of [...this.spans, this.span(Number.POSITIVE_INFINITY)]) {
      const seconds = Math.min(to, span.from + span.seconds) - Math.max(from, span.from);
      if (seconds <= 0) continue;
      span.there.forEach((is, i) => {
        if (is) there[i]! += seconds;
      });
      starting += span.starting * seconds;
      rotating += span.rotating * seconds;
    }
    return { billed: starting + there.reduce((sum, each) => sum + each, 0), rotating, there };
  }

  private isThere(i: number): boolean {
    const place = this.places[i]!;
    if (place === 'leaving' && this.servers[i]!.connections.size === 0) this.places[i] = 'free';
    return this.places[i] === 'serving' || this.places[i] === 'leaving';
  }

  /** Once more at the same instant: after what was set for it. */
  private tick(period: number, n: number, act: (at: number) => void): void {
    const at = n * period;
    this.ticks++;
    this.engine.at(at, () => {
      this.engine.at(at, () => {
        this.ticks--;
        act(at);
        if (this.engine.pending() > this.ticks) this.tick(period, n + 1, act);
      });
    });
  }

  private check(rule: HealthChecks, at: number): void {
    const members = this.servers.filter(server => this.isServing(server));
    const down = members.filter(server => !server.up);
    for (const server of members.filter(({ up }) => up)) {
      this.failures[server.index] = 0;
      if (++this.successes[server.index]! >= rule.healthy) this.dead.delete(server);
    }
    const count = () => {
      for (const server of down.filter(one => this.isServing(one))) {
        this.successes[server.index] = 0;
        if (++this.failures[server.index]! >= rule.unhealthy) this.dead.add(server);
      }
    };
    if (rule.timeout === 0) {
      count();
    } else {
      this.ticks++;
      this.engine.at(at + rule.timeout, () => {
        this.ticks--;
        count();
      });
    }
  }

  private look(rule: Autoscaling): void {
    const { now } = this.engine;
    let used = 0;
    let time = 0;
    for (const { index } of this.servers.filter(server => this.isServing(server))) {
      const total = this.usedBy(index, rule);
      used += total - this.used[index]!;
      this.used[index] = total;
      time += Math.min(rule.period, now - this.joined[index]!);
    }
    const mean = used / (time * this.capacity(rule));
    if (now < this.resting) return;
    if (mean > rule.above) this.grow(rule);
    else if (mean < rule.below) this.shrink(rule);
  }

  private usedBy(index: number, { metric }: Autoscaling): number {
    const { cores, in: into, out, threads, memory } = this.servers[index]!;
    switch (metric) {
      case 'cpu':
        return cores.carried;
      case 'networkIn':
        return into.link.carried;
      case 'networkOut':
        return out.link.carried;
      case 'threads':
        return threads.busySeconds;
      case 'requests':
        return threads.busySeconds + threads.waitingSeconds;
      case 'memory':
        return memory.heldByteSeconds + this.parameters.baseMemory * this.engine.now;
    }
  }

  private capacity({ metric }: Autoscaling): number {
    const { cores, threads, memory } = this.parameters;
    const [server] = this.servers;
    const { in: into, out } = server!;
    return {
      cpu: cores,
      networkIn: into.link.capacity,
      networkOut: out.link.capacity,
      threads,
      requests: 1,
      memory,
    }[metric];
  }

  private indices(place: Place): number[] {
    return this.places.flatMap((one, i) => (one === place ? [i] : []));
  }

  private grow({ max, step, startup, cooldown }: Autoscaling): void {
    const { now } = this.engine;
    for (let i = 0; i < this.places.length; i++) this.isThere(i);
    const free = this.indices('free').slice(0, Math.min(step, max));
    if (free.length === 0) return;
    this.resting = now + cooldown;
    for (const i of free) {
      this.places[i] = 'starting';
      this.callOff[i] = this.engine.after(startup, () => this.join(i));
    }
  }

  private join(i: number): void {
    this.places[i] = 'serving';
    this.joined[i] = this.engine.now;
    this.used[i] = this.usedBy(i, this.parameters.autoscale!);
    this.failures[i] = 0;
    this.successes[i] = 0;
    this.dead.delete(this.servers[i]!);
  }

  private shrink({ min, step, cooldown }: Autoscaling): void {
    const starting = this.indices('starting').reverse();
    const serving = this.indices('serving').reverse();
    const size = starting.length + serving.length;
    const away = [...starting, ...serving].slice(0, Math.min(step, size - min));
    if (away.length === 0) return;
    this.resting = this.engine.now + cooldown;
    for (const i of away) {
      if (this.places[i] === 'starting') {
        this.callOff[i]!();
        this.places[i] = 'free';
      } else {
        this.places[i] = 'leaving';
        this.servers[i]!.retirements++;
        this.dead.delete(this.servers[i]!);
      }
    }
  }
}
