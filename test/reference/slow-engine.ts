/**
 * The engine of the slow twin: events in a plain list sorted by (time, sequence), flows whose rates are found by
 * progressive filling over all of them after every change, processes that are generators of steps. Nothing is
 * incremental, so that there is nothing to get wrong; use it with a few hundred flows.
 *
 * At one instant, in this order: flows that are due leave the links, all of them, before any of their owners goes
 * on (in order of start); then events by (time, sequence); then the flows asked for at this instant begin; then
 * levels that stand at their limit and would grow are reported. This repeats while the instant still has work.
 */

/** Something that flows share: capacity in units per second (bytes, or core-seconds). */
export interface Link {
  readonly name: string;
  capacity: number;
  /** Integral of the allocated use, coefficients included. */
  carried: number;
  saturatedAt: number | null;
  saturatedFor: number;
}

export function makeLink(name: string, capacity: number): Link {
  return { name, capacity, carried: 0, saturatedAt: null, saturatedFor: 0 };
}

export interface FlowSpec {
  readonly size: number;
  readonly weight: number;
  readonly cap: number;
  /** `cost`: what the link spends per unit of payload. */
  readonly path: readonly { readonly link: Link; readonly cost: number }[];
}

export interface Flow extends FlowSpec {
  remaining: number;
  rate: number;
  /** Whether it is on its links; one asked for at this instant is not, yet. */
  state: 'waiting' | 'moving' | 'over';
  readonly resume: () => void;
}

export const movedBy = (flow: Flow): number => flow.size - flow.remaining;

export type Cancel = () => void;
/** Begins something and calls `resume` when it has happened (perhaps at once); returns how to call it off. */
export type Step = (resume: () => void) => Cancel;
export type Program<T = void> = Generator<Step, T, void>;

/** A level that grows with the flows and must not pass a limit. */
export interface Watcher {
  /** The instant of the crossing if nothing changes; `now` or earlier if it happens at this instant. */
  crossing(): number;
  /** Called after everything at an instant, before time goes on. */
  observe(): void;
  cross(): void;
}

interface Event {
  readonly time: number;
  readonly sequence: number;
  readonly action: () => void;
}

/** Two sums of the same terms in another order differ by less than this; instants so near are the same instant. */
const sameInstant = 1e-12;
/** Instants closer than this, yet not the same, may come in another order in a twin that rounds differently. */
const nearInstant = 1e-9;

const nothing: Cancel = () => {};

export class Engine {
  now = 0;
  /** How often two instants (or two flows' ends) were so near that rounding decides their order. */
  nearTies = 0;
  readonly watchers: Watcher[] = [];
  /** Called with every span of time that has passed, while rates and levels are still those of the span. */
  readonly meters: ((seconds: number) => void)[] = [];
  private readonly events: Event[] = [];
  private readonly next: (() => void)[] = [];
  private sequence = 0;
  /** In order of start. */
  private moving: Flow[] = [];
  private waiting: Flow[] = [];
  private stale = false;

  constructor(readonly links: readonly Link[]) {}

  /** Runs `action` at `time`, after the events of that instant that were set before it. */
  at(time: number, action: () => void): Cancel {
    const event: Event = { time, sequence: this.sequence++, action };
    let i = this.events.length;
    while (i > 0 && this.events[i - 1]!.time > time) i--;
    this.events.splice(i, 0, event);
    return () => {
      const place = this.events.indexOf(event);
      if (place >= 0) this.events.splice(place, 1);
    };
  }

  /** A wait of nothing is no event: a mechanism that is switched off is not there. */
  after(seconds: number, action: () => void): Cancel {
    if (seconds === Number.POSITIVE_INFINITY) return nothing;
    if (seconds > 0) return this.at(this.now + seconds, action);
    action();
    return nothing;
  }

  wait(seconds: number): Step {
    return resume => this.after(seconds, resume);
  }

  /** Moves `size` over the path; `begun` sees the flow. What nothing can ever limit takes no time. */
  transfer(spec: FlowSpec, begun: (flow: Flow) => void = nothing): Step {
    return resume => {
      const flow: Flow = { ...spec, remaining: spec.size, rate: 0, state: 'waiting', resume };
      begun(flow);
      const limited =
        spec.cap < Number.POSITIVE_INFINITY ||
        spec.path.some(hop => hop.cost > 0 && Number.isFinite(hop.link.capacity));
      if (spec.size <= 0 || !limited) {
        for (const hop of spec.path) hop.link.carried += hop.cost * spec.size;
        flow.remaining = 0;
        flow.state = 'over';
        resume();
        return nothing;
      }
      this.waiting.push(flow);
      return () => this.cut(flow);
    };
  }

  private cut(flow: Flow): void {
    if (flow.state === 'over') return;
    flow.state = 'over';
    flow.rate = 0;
    this.waiting = this.waiting.filter(other => other !== flow);
    this.moving = this.moving.filter(other => other !== flow);
    this.stale = true;
  }

  /**
   * Runs a process to its first wait. `end` gets what it returns; `started` gets, before the first step, how to
   * stop it for ever (also from within one of its own steps).
   */
  spawn<T>(program: Program<T>, end: (value: T) => void, started: (stop: Cancel) => void): void {
    let stopped = false;
    let callOff = nothing;
    started(() => {
      stopped = true;
      callOff();
    });
    const run = () => {
      for (;;) {
        const next = program.next();
        if (stopped) return;
        if (next.done) return end(next.value);
        let inside = true;
        let resumed = false;
        callOff = next.value(() => {
          if (inside) resumed = true;
          else if (!stopped) run();
        });
        inside = false;
        if (stopped) return callOff();
        if (!resumed) return;
      }
    };
    run();
  }

  /** Allocated use >= (1 - 1e-9) x capacity, of what moves now: flows asked for at this instant are not yet there. */
  saturated(link: Link): boolean {
    if (!Number.isFinite(link.capacity)) return false;
    return this.use(link) >= (1 - 1e-9) * link.capacity;
  }

  use(link: Link): number {
    this.solve();
    let use = 0;
    for (const flow of this.moving) {
      for (const hop of flow.path) if (hop.link === link) use += hop.cost * flow.rate;
    }
    return use;
  }

  /** A link carries more or less from now on. */
  capacityChanged(): void {
    this.stale = true;
  }

  /** Rates that hold now. */
  solve(): void {
    if (!this.stale) return;
    this.stale = false;
    progressiveFilling(this.moving);
  }

  /** Runs until nothing is left to happen, or through everything at `horizon`. */
  run(horizon: number): void {
    for (;;) {
      this.instant();
      const next = this.nextInstant();
      if (next === Number.POSITIVE_INFINITY) return;
      if (next > horizon) {
        this.advance(horizon);
        return;
      }
      this.advance(next);
    }
  }

  /** How many things are still to happen: events, flows, and what follows at this instant. */
  pending(): number {
    return this.events.length + this.moving.length + this.waiting.length + this.next.length;
  }

  /** Runs `action` once whoever acts now has done all that it does at this instant. */
  soon(action: () => void): void {
    this.next.push(action);
  }

  private catchUp(): void {
    while (this.next.length > 0) this.next.shift()!();
  }

  private nextInstant(): number {
    this.solve();
    const event = this.events.length > 0 ? this.events[0]!.time : Number.POSITIVE_INFINITY;
    const after = this.events.find(other => other.time !== event);
    const times = [
      event,
      ...(after ? [after.time] : []),
      ...this.moving.map(flow => this.due(flow)),
      ...this.watchers.map(watcher => Math.max(this.now, watcher.crossing())),
    ];
    const next = Math.min(...times);
    const near = (time: number) => time !== next && time - next <= nearInstant * Math.max(1, next);
    if (times.some(near)) this.nearTies++;
    // An event and a flow's end that only rounding tells apart: one instant, the event's.
    return event > next && event - next <= sameInstant * Math.max(1, next) ? event : next;
  }

  private due(flow: Flow): number {
    return flow.rate > 0 ? this.now + flow.remaining / flow.rate : Number.POSITIVE_INFINITY;
  }

  private advance(time: number): void {
    const dt = time - this.now;
    if (dt > 0) {
      for (const link of this.links) {
        if (this.saturated(link)) {
          link.saturatedAt ??= this.now;
          link.saturatedFor += dt;
        }
      }
      for (const flow of this.moving) {
        const moved = Math.min(flow.remaining, flow.rate * dt);
        flow.remaining -= moved;
        for (const hop of flow.path) hop.link.carried += hop.cost * moved;
      }
      for (const meter of this.meters) meter(dt);
    }
    this.now = time;
  }

  private instant(): void {
    for (;;) {
      let quiet = !this.endDueFlows();
      while (this.events.length > 0 && this.events[0]!.time <= this.now) {
        quiet = false;
        this.events.shift()!.action();
        this.catchUp();
      }
      if (this.waiting.length > 0) {
        for (const flow of this.waiting) flow.state = 'moving';
        this.moving.push(...this.waiting);
        this.waiting = [];
        this.stale = true;
      }
      this.solve();
      for (const watcher of this.watchers) {
        watcher.observe();
        if (watcher.crossing() <= this.now) {
          quiet = false;
          watcher.cross();
        }
      }
      if (quiet && this.waiting.length === 0) return;
    }
  }

  private endDueFlows(): boolean {
    this.solve();
    const latest = this.now + sameInstant * Math.max(1, this.now);
    const ended = this.moving.filter(flow => this.due(flow) <= latest);
    if (ended.length === 0) return false;
    for (const flow of ended) {
      for (const hop of flow.path) hop.link.carried += hop.cost * flow.remaining;
      flow.remaining = 0;
    }
    this.moving = this.moving.filter(flow => !ended.includes(flow));
    this.stale = true;
    // One that a crash has cut meanwhile belongs to a process that is over, and wakes nobody.
    for (const flow of ended) {
      if (flow.state === 'over') continue;
      flow.state = 'over';
      flow.rate = 0;
      flow.resume();
      this.catchUp();
    }
    return true;
  }
}

/**
 * Raises one level theta from 0; every flow has weight x theta until its cap or a full link of its path fixes it.
 * Bertsekas & Gallager, Data Networks, 6.5.2. Sets `rate` of each flow.
 */
export function progressiveFilling(flows: readonly Flow[]): void {
  const links = [...new Set(flows.flatMap(flow => flow.path.map(hop => hop.link)))].filter(link =>
    Number.isFinite(link.capacity),
  );
  const rising = new Set(flows);
  for (const flow of flows) flow.rate = 0;
  let theta = 0;
  while (rising.size > 0) {
    const fullAt = links.map(link => {
      let fixed = 0;
      let slope = 0;
      for (const flow of flows) {
        for (const hop of flow.path) {
          if (hop.link !== link) continue;
          if (rising.has(flow)) slope += hop.cost * flow.weight;
          else fixed += hop.cost * flow.rate;
        }
      }
      return slope > 0 ? Math.max(theta, (link.capacity - fixed) / slope) : Number.POSITIVE_INFINITY;
    });
    theta = Math.min(...fullAt, ...[...rising].map(flow => flow.cap / flow.weight));
    if (!Number.isFinite(theta)) throw new Error('a flow that nothing limits');
    for (const flow of [...rising]) {
      const capped = flow.cap / flow.weight <= theta;
      const held = flow.path.some(
        hop => hop.cost > 0 && (fullAt[links.indexOf(hop.link)] ?? Infinity) <= theta,
      );
      if (!capped && !held) continue;
      flow.rate = capped ? flow.cap : flow.weight * theta;
      rising.delete(flow);
    }
  }
}
