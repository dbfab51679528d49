import type { Scheduled } from '../kernel/calendar.js';
import type { Simulation } from '../kernel/simulation.js';
import type { FleetLog } from '../measure/fleet-log.js';
import type { Autoscaling } from '../scenario/types.js';
import { Beat, LAST } from './beat.js';
import type { Fleet } from './fleet.js';
import type { LoadMeter } from './load-meter.js';
import type { Server } from './server.js';

/** What a server is for the autoscaler. */
const State = { stopped: 0, starting: 1, serving: 2, draining: 3 } as const;
type State = (typeof State)[keyof typeof State];

/**
 * Adds servers and takes some away by a stated rule: at each multiple of `period` the exact mean of the metric over the
 * period that ends, over the servers in service, is compared with two thresholds. New servers are those with the lowest
 * numbers that are free, and come into the rotation after `startup`; those with the highest numbers leave first, one
 * that is still starting at once, the others when they have finished what they have.
 */
export class Autoscaler implements Scheduled {
  private readonly states: Uint8Array;
  /** By server that starts: the event with which it comes into the rotation. */
  private readonly arrivals: Int32Array;
  /** By server in service: the metric's integral when its share of this period began. */
  private readonly before: Float64Array;
  /** By server in service: since when, and the beginning of the present period. Seconds. */
  private readonly since: Float64Array;
  private periodBegan = 0;
  /** No decision before this instant. */
  private restsUntil = Number.NEGATIVE_INFINITY;
  private readonly beat: Beat;
  private wasIdle = false;

  constructor(
    private readonly rule: Autoscaling,
    private readonly servers: readonly Server[],
    private readonly fleet: Fleet,
    private readonly meter: LoadMeter,
    private readonly log: FleetLog,
    private readonly simulation: Simulation,
    epoch: number,
  ) {
    const count = servers.length;
    this.states = new Uint8Array(count);
    for (const { index } of fleet.members) this.states[index] = State.serving;
    this.arrivals = new Int32Array(count).fill(-1);
    this.before = new Float64Array(count);
    this.since = new Float64Array(count).fill(Number.NEGATIVE_INFINITY);
    this.beat = new Beat(rule.period, epoch, false);
  }

  begin(): void {
    const first = this.beat.next(0);
    // Before the first arrival there was time, in which servers did nothing.
    this.periodBegan = first - this.rule.period;
    for (const { index } of this.fleet.members) this.before[index] = this.meter.idle * this.periodBegan;
    this.simulation.calendar.schedule(first, this, LAST.autoscaling);
  }

  fire(): void {
    const { simulation, log, rule } = this;
    const { now } = simulation;
    const value = this.mean(now);
    log.highest = Math.max(log.highest ?? 0, value);
    if (now >= this.restsUntil) {
      if (value > rule.above) this.grow(now, value);
      else if (value < rule.below) this.shrink(now, value);
    }
    if (this.isOver()) return;
    simulation.calendar.schedule(this.beat.next(now), this, LAST.autoscaling);
  }

  /** The mean over the period that ends now, and over the servers in service in it; a new period begins. */
  private mean(now: number): number {
    let used = 0;
    let time = 0;
    for (const server of this.fleet.members) {
      const { index } = server;
      const integral = this.meter.integral(server);
      used += integral - this.before[index]!;
      time += now - Math.max(this.since[index]!, this.periodBegan);
      this.before[index] = integral;
    }
    this.periodBegan = now;
    return time > 0 ? used / (time * this.meter.capacity) : 0;
  }

  /** Servers that serve or start: those whom the thresholds are to keep at work. */
  private get size(): number {
    return this.count(State.serving) + this.count(State.starting);
  }

  private grow(now: number, value: number): void {
    const { max, step, startup } = this.rule;
    const from = this.size;
    // Those that drain are there, too, and cost money.
    const room = max - from - this.count(State.draining);
    const more = Math.min(step, room);
    if (more < step) this.log.heldBack++;
    if (more === 0) return;
    this.decided(now, { at: now, from, to: from + more, value, ready: now + startup });
    for (let i = 0; i < more; i++) this.start(this.servers[this.states.indexOf(State.stopped)]!);
    this.noteBilled(now);
  }

  private shrink(now: number, value: number): void {
    const { min, step } = this.rule;
    const from = this.size;
    const fewer = Math.min(step, from - min);
    if (fewer <= 0) return;
    this.decided(now, { at: now, from, to: from - fewer, value, ready: null });
    for (let i = 0; i < fewer; i++) {
      const starting = this.states.lastIndexOf(State.starting);
      if (starting >= 0) this.callOff(this.servers[starting]!);
      else this.retire(this.servers[this.states.lastIndexOf(State.serving)]!, now);
    }
    this.noteBilled(now);
  }

  private decided(now: number, step: FleetLog['steps'][number]): void {
    this.log.steps.push(step);
    this.restsUntil = now + this.rule.cooldown;
  }

  private start(server: Server): void {
    const { startup } = this.rule;
    this.set(server, State.starting);
    if (startup > 0) {
      this.arrivals[server.index] = this.simulation.after(startup, { fire: () => this.join(server) });
    } else {
      this.join(server);
    }
  }

  private callOff(server: Server): void {
    this.simulation.calendar.cancel(this.arrivals[server.index]!);
    this.set(server, State.stopped);
  }

  private join(server: Server): void {
    const { now } = this.simulation;
    this.set(server, State.serving);
    this.since[server.index] = now;
    this.before[server.index] = this.meter.integral(server);
    this.fleet.join(server, now);
  }

  private retire(server: Server, now: number): void {
    this.set(server, State.draining);
    this.fleet.retire(server, now, () => {
      this.set(server, State.stopped);
      this.noteBilled(this.simulation.now);
    });
  }

  private set({ index }: Server, state: State): void {
    this.states[index] = state;
  }

  private count(state: State): number {
    let count = 0;
    for (const each of this.states) if (each === state) count++;
    return count;
  }

  private noteBilled(now: number): void {
    this.log.billed.set(now, this.states.length - this.count(State.stopped));
  }

  /**
   * Whether nothing will ever happen but looking again: a run in which all are stuck has to end. Asked twice, since
   * flows that begin at this instant are not under way yet.
   */
  private isOver(): boolean {
    const { calendar, deadlines, network } = this.simulation;
    const next = Math.min(calendar.nextTime, deadlines.nextTime, network.nextTime());
    const isIdle = next === Number.POSITIVE_INFINITY;
    const isOver = isIdle && this.wasIdle;
    this.wasIdle = isIdle;
    return isOver;
  }
}
