/**
 * A network of links that flows share by exact weighted max-min fairness.
 *
 * The law. A flow f of weight w and cap c crosses the links of its route and spends a_l units of link l per unit of
 * payload. Raise one level from 0 for all: the flow moves at w * level until it reaches c or until a link that it
 * crosses is full; then its rate stays, and the level goes on rising for the others (progressive filling: Bertsekas &
 * Gallager, Data Networks, 6.5.2). Rates change only when a flow starts or ends or a capacity changes; in between
 * everything is linear, so nothing is stepped and nothing is approximated.
 *
 * A worked example. One link of 10 units/s; flows A (20 units, no cap), B (20 units, cap 2), C (30 units, cap 8), all
 * of weight 1, start at t = 0. All rise together; B stops at 2, A and C at 4, where the link is full: 2 + 4 + 4 = 10.
 *
 * 1. One number gives every rate: the level, 4. B, whose threshold c / w = 2 lies below it, is *capped*; A and C, whose
 *    thresholds (none, 8) lie above, are *sharing*. With K = 2, the sum of the caps of the capped, and S = 2, the sum
 *    of the weights of the sharing, level = (10 - K) / S. As long as nobody changes sides, that is all there is to
 *    compute, be it for three flows or a million.
 * 2. Nor is anything written down per flow as time passes. Let virtual time V be the integral of the level (Zhang's
 *    virtual clock; processor sharing's attained service). A sharing flow gets w units per unit of V, so it ends when
 *    V reaches the tag V(start) + size / w, which never changes: A at V = 20, C at V = 30. A capped flow ends at a
 *    fixed real time: B at t = 10. The next event is the least of a heap of tags, now + (tag - V) / level, and of a
 *    heap of times: A at t = 0 + 20 / 4 = 5.
 * 3. At t = 5 A has gone: K = 2, S = 1, level = 8; V = 20. C has 10 units left (its tag is 30) and needs 10 / 8 s more.
 *    Had its cap been 6, below 8, it would have changed sides: taken out of the tags with (30 - 20) * w left, it would
 *    end at 5 + 10 / 6. The thresholds stand in two heaps, those of the sharing with the smallest on top, those of the
 *    capped with the largest, so that whoever has to change sides is on top.
 *
 * A network has many links, and so many levels. Flows of one *route* (same links, same coefficients) always have the
 * same one, the level of the link that holds them back; hence K, S, V and the heaps are kept per route, and only routes
 * and links, never flows, are filled progressively (water-filling.ts). An event repairs only the routes that feel it.
 *
 * Cost: O(log n) per start, end or cut among n flows, O(log n) per flow that changes sides (on the benchmarks one in
 * ten events, at every n), O(links) per route whose level changes. Memory: 52 bytes per flow without a cap, 64 with one.
 */

import { FlowHeap } from './flow-heap.js';
import { ENDED, Flows, WAITING } from './flows.js';
import { Link, Route } from './network-parts.js';
import { WaterFilling } from './water-filling.js';
import { Worklist } from './worklist.js';

export interface NetworkObserver {
  /**
   * The load (sum of coefficient x rate, units/s) of a link changed, or whether it is saturated (load >= (1 - 1e-9) x
   * capacity, with a finite capacity above 0). Called only by `settle`, at most once per link, with the final values
   * of the instant.
   */
  linkChanged(link: number, load: number, saturated: boolean): void;
  /** The total payload rate (units/s) of a route changed; same rules. */
  routeChanged(route: number, rate: number): void;
}

/** Starts at one instant from which on their sides are guessed together, instead of one by one. */
const LARGE_BATCH = 32;
/** A guess need not be right; it rises to the true level by Newton's steps. */
const GUESSES = 12;

export class Network {
  /** Ids of the flows that the last `advance` ended, ascending; replaced by a longer array when need be. */
  dueFlows: Int32Array = new Int32Array(64);

  private readonly observer: NetworkObserver;
  private readonly links: Link[] = [];
  private readonly routes: Route[] = [];
  private readonly flows = new Flows();
  private readonly filling = new WaterFilling(this.flows);
  /** Routes by the time at which the first of their sharing flows ends. */
  private readonly ending = new FlowHeap();
  private endingAt: Int32Array = new Int32Array(16);
  /** Flows started at this instant; they have no place in the heaps yet, so `finishAt` is their place in here. */
  private waiting: Int32Array = new Int32Array(64);
  private waitingCount = 0;
  private due = 0;
  private readonly touchedRoutes = new Worklist<Route>();
  private readonly touchedLinks = new Worklist<Link>();
  private readonly changedRoutes = new Worklist<Route>();
  private readonly changedLinks = new Worklist<Link>();

  constructor(observer: NetworkObserver) {
    this.observer = observer;
  }

  /** Adds a link of `capacity` units/s, Infinity allowed; returns its index, counted from 0. */
  addLink(capacity: number): number {
    requireCapacity(capacity);
    const link = new Link(this.links.length, capacity);
    link.since = this.flows.now;
    this.links.push(link);
    return link.index;
  }

  /**
   * Adds a route whose flows spend `coefficients[i]` > 0 units of link `links[i]` per unit of payload; returns its
   * index, counted from 0. A link named twice is crossed twice.
   */
  addRoute(links: readonly number[], coefficients: readonly number[]): number {
    const spent = new Map<Link, number>();
    for (const [i, index] of links.entries()) {
      const link = this.links[index];
      const coefficient = coefficients[i];
      if (link === undefined) throw new RangeError(`there is no link ${index}`);
      if (!(coefficient > 0 && coefficient < Number.POSITIVE_INFINITY)) {
        throw new RangeError(`a coefficient must be finite and above 0, not ${coefficient}`);
      }
      spent.set(link, (spent.get(link) ?? 0) + coefficient);
    }
    const route = new Route(this.routes.length, [...spent.keys()], [...spent.values()]);
    route.since = this.flows.now;
    for (const link of route.links) link.routes.push(route);
    this.routes.push(route);
    if (this.routes.length > this.endingAt.length) this.endingAt = doubled(this.endingAt);
    this.endingAt[route.index] = -1;
    return route.index;
  }

  /** Changes a link's capacity (units/s, Infinity and 0 allowed) from this instant on. */
  setCapacity(link: number, capacity: number): void {
    requireCapacity(capacity);
    const changed = this.links[link];
    if (changed.capacity === capacity) return;
    changed.catchUp(this.flows.now);
    changed.capacity = capacity;
    if (changed.touched) return;
    changed.touched = true;
    this.touchedLinks.add(changed);
  }

  /** Whether no link of the route is finite, so that a flow without a cap takes no time. */
  isUnbounded(route: number): boolean {
    const links = this.routes[route].links;
    for (let i = 0; i < links.length; i++) if (links[i].capacity < Number.POSITIVE_INFINITY) return false;
    return true;
  }

  /** Counts payload on a route and its links without any time passing. */
  carryAtOnce(route: number, size: number): void {
    const { links, coefficients, carried } = this.routes[route];
    carried.add(size);
    for (let i = 0; i < links.length; i++) links[i].carried.add(coefficients[i] * size);
  }

  /**
   * Starts a flow of `size` > 0 units of payload at the current instant, which moves from `settle` on, at most at `cap`
   * > 0 units/s (Infinity: no cap). Returns its id; ids of ended flows are used again.
   */
  start(route: number, size: number, cap: number, weight: number): number {
    if (!(size > 0 && cap > 0 && weight > 0)) {
      throw new RangeError(`size, cap and weight must be above 0, not ${size}, ${cap}, ${weight}`);
    }
    const flows = this.flows;
    const flow = flows.add(route, size, cap, weight);
    if (this.waitingCount === this.waiting.length) this.waiting = doubled(this.waiting);
    flows.finishAt[flow] = this.waitingCount;
    this.waiting[this.waitingCount++] = flow;
    return flow;
  }

  /** Ends a flow before its time, even at the instant of its start; returns the payload that it has moved. */
  cut(flow: number): number {
    const flows = this.flows;
    if (flows.regime(flow) === ENDED) throw new RangeError(`flow ${flow} has ended already`);
    const moved = this.moved(flow);
    if (flows.regime(flow) === WAITING) {
      const at = flows.finishAt[flow];
      const last = this.waiting[--this.waitingCount];
      this.waiting[at] = last;
      flows.finishAt[last] = at;
    } else {
      const route = this.routes[flows.route(flow)];
      route.catchUp(flows.now);
      flows.leave(flow, route);
      this.touch(route);
    }
    flows.free(flow);
    return moved;
  }

  /** Changes a flow's cap (units/s, above 0; Infinity: none) from this instant on. */
  setCap(flow: number, cap: number): void {
    const flows = this.flows;
    if (flows.cap[flow] === cap) return;
    if (flows.regime(flow) === WAITING) {
      flows.cap[flow] = cap;
      return;
    }
    const route = this.routes[flows.route(flow)];
    route.catchUp(flows.now);
    const left = flows.left(flow, route);
    flows.leave(flow, route);
    flows.cap[flow] = cap;
    if (cap < flows.weight[flow] * route.level) flows.enterCapped(flow, route, left);
    else flows.enterSharing(flow, route, left);
    this.touch(route);
  }

  /** Payload that a flow has moved so far. */
  moved(flow: number): number {
    const flows = this.flows;
    return flows.size[flow] - flows.left(flow, this.routes[flows.route(flow)]);
  }

  /** Payload of a flow in all; of one that has ended, too, until another starts. */
  payload(flow: number): number {
    return this.flows.size[flow];
  }

  /** Instant of the next completion, valid after `settle`; Infinity when there is none. */
  nextTime(): number {
    const capped = this.flows.capped;
    const ending = this.ending;
    const byCap = capped.size > 0 ? capped.keys[0] : Number.POSITIVE_INFINITY;
    const byShare = ending.size > 0 ? ending.keys[0] : Number.POSITIVE_INFINITY;
    return Math.min(byCap, byShare);
  }

  /**
   * Moves the clock to `now` (seconds, at most `nextTime()`), ends all flows that are due and returns how many; their
   * ids, ascending, are in `dueFlows[0..n)`.
   */
  advance(now: number): number {
    const flows = this.flows;
    const capped = flows.capped;
    const ending = this.ending;
    flows.now = now;
    this.due = 0;
    while (capped.size > 0 && capped.keys[0] <= now) {
      const flow = capped.ids[0];
      const route = this.routes[flows.route(flow)];
      flows.leaveCapped(flow, route, 0);
      this.end(flow, route);
    }
    while (ending.size > 0 && ending.keys[0] <= now) {
      const route = this.routes[ending.ids[0]];
      do {
        const flow = route.tags.ids[0];
        if (route.level === Number.POSITIVE_INFINITY) this.carryAtOnce(route.index, flows.left(flow, route));
        flows.leaveSharing(flow, route, 0);
        this.end(flow, route);
      } while (route.tags.size > 0 && route.firstFinish() <= now);
      // The solver will put it back, at its new level.
      ending.removeAt(this.endingAt, 0);
      this.endingAt[route.index] = -1;
    }
    const due = this.due;
    const ids = this.dueFlows;
    if (due > 1) sortAscending(ids, due);
    for (let i = 0; i < due; i++) flows.free(ids[i]);
    return due;
  }

  /**
   * Whether the link is saturated with all flows gone that ended so far at this instant, before any flow that started
   * at this instant counts.
   */
  saturated(link: number): boolean {
    if (this.touchedRoutes.count > 0 || this.touchedLinks.count > 0) this.solve();
    return this.links[link].saturated;
  }

  /** Applies the instant's starts, cuts and capacity changes and tells the observer what they changed. */
  settle(): void {
    if (this.waitingCount > 0) this.admit();
    if (this.touchedRoutes.count > 0 || this.touchedLinks.count > 0) this.solve();
    if (this.changedRoutes.count > 0 || this.changedLinks.count > 0) this.tell();
  }

  /** Present load of a link, units/s. */
  linkLoad(link: number): number {
    return this.links[link].shownLoad;
  }

  /** Present total payload rate of a route, units/s. */
  routeRate(route: number): number {
    return this.routes[route].rate;
  }

  /** Units that a link has carried up to now: the integral of its load. */
  linkCarried(link: number): number {
    return this.links[link].carriedAt(this.flows.now);
  }

  /** Payload that a route has carried up to now. */
  routeCarried(route: number): number {
    return this.routes[route].carriedAt(this.flows.now);
  }

  get activeFlows(): number {
    return this.flows.active;
  }

  /** How often flows have changed between capped and sharing. */
  get regimeMoves(): number {
    return this.flows.moves;
  }

  private end(flow: number, route: Route): void {
    this.touch(route);
    if (this.due === this.dueFlows.length) this.dueFlows = doubled(this.dueFlows);
    this.dueFlows[this.due++] = flow;
  }

  private touch(route: Route): void {
    if (route.touched) return;
    route.touched = true;
    this.touchedRoutes.add(route);
  }

  /** Puts the waiting flows on the sides on which they will probably stay. */
  private admit(): void {
    const flows = this.flows;
    const waiting = this.waiting;
    const count = this.waitingCount;
    for (let i = 0; i < count; i++) {
      const route = this.routes[flows.route(waiting[i])];
      this.touch(route);
      route.catchUp(flows.now);
      route.nextLevel = route.level;
    }
    if (count >= LARGE_BATCH) this.guessLevels();
    for (let i = 0; i < count; i++) {
      const flow = waiting[i];
      const route = this.routes[flows.route(flow)];
      if (flows.cap[flow] < flows.weight[flow] * route.nextLevel)
        flows.enterCapped(flow, route, flows.size[flow]);
      else flows.enterSharing(flow, route, flows.size[flow]);
    }
    this.waitingCount = 0;
  }

  /**
   * Finds levels near those that a large batch of starts will lead to, by filling with the batch as lines: first all
   * as if sharing, then each flow on the side that the level before puts it on.
   */
  private guessLevels(): void {
    const flows = this.flows;
    const { weight, cap } = flows;
    const waiting = this.waiting;
    const filling = this.filling;
    const routes = this.routes;
    const touched = this.touchedRoutes.items.slice(0, this.touchedRoutes.count);
    for (const route of touched) {
      filling.join(route);
      route.nextLevel = 0;
    }
    filling.close();
    let last = -2;
    let capped = -1;
    for (let guess = 0; guess < GUESSES && capped !== last; guess++) {
      last = capped;
      capped = 0;
      for (const route of touched) removeArrivals(route);
      for (let i = 0; i < this.waitingCount; i++) {
        const flow = waiting[i];
        const route = routes[flows.route(flow)];
        if (cap[flow] < weight[flow] * route.nextLevel) {
          route.arrivingRate += cap[flow];
          capped++;
        } else route.arrivingWeight += weight[flow];
      }
      for (const route of touched) {
        route.cappedRate.add(route.arrivingRate);
        route.sharingWeight.add(route.arrivingWeight);
      }
      filling.fill(false);
    }
    for (const route of touched) removeArrivals(route);
    filling.release();
  }

  private solve(): void {
    const filling = this.filling;
    const routes = this.touchedRoutes;
    const links = this.touchedLinks;
    if (links.count === 0 && routes.count === 1 && filling.solveOne(routes.items[0])) {
      const route = routes.items[0];
      route.touched = false;
      routes.count = 0;
      this.commit(route);
      return;
    }
    for (let i = 0; i < links.count; i++) {
      const link = links.items[i];
      link.touched = false;
      this.noteLink(link);
      for (let j = 0; j < link.routes.length; j++) filling.join(link.routes[j]);
    }
    for (let i = 0; i < routes.count; i++) {
      routes.items[i].touched = false;
      filling.join(routes.items[i]);
    }
    routes.count = 0;
    links.count = 0;
    filling.solve();
    const { items, count } = filling.routes;
    for (let i = 0; i < count; i++) this.commit(items[i]);
    filling.release();
  }

  private commit(route: Route): void {
    const now = this.flows.now;
    const { links, coefficients, rate, nextRate, holder, nextHolder } = route;
    if (holder !== nextHolder) {
      if (holder !== null) {
        holder.catchUp(now);
        holder.held--;
        this.noteLink(holder);
      }
      if (nextHolder !== null) {
        nextHolder.catchUp(now);
        nextHolder.held++;
        this.noteLink(nextHolder);
      }
      route.holder = nextHolder;
    }
    route.level = route.nextLevel;
    if (nextHolder !== null) nextHolder.level = route.nextLevel;
    if (rate !== nextRate) {
      route.rate = nextRate;
      for (let i = 0; i < links.length; i++) {
        const link = links[i];
        link.catchUp(now);
        if (rate > 0) link.load.add(-coefficients[i] * rate);
        else link.busy++;
        if (nextRate > 0) link.load.add(coefficients[i] * nextRate);
        else if (--link.busy === 0) link.load.clear();
        this.noteLink(link);
      }
      if (!route.changed) {
        route.changed = true;
        this.changedRoutes.add(route);
      }
    }
    this.schedule(route);
  }

  /** Puts the route where its first completion belongs. */
  private schedule(route: Route): void {
    const at = this.endingAt[route.index];
    if (route.tags.size > 0) {
      const finish = route.firstFinish();
      if (at >= 0) this.ending.rekey(this.endingAt, at, finish);
      else this.ending.push(this.endingAt, route.index, finish);
    } else if (at >= 0) {
      this.ending.removeAt(this.endingAt, at);
      this.endingAt[route.index] = -1;
    }
  }

  private noteLink(link: Link): void {
    if (link.changed) return;
    link.changed = true;
    this.changedLinks.add(link);
  }

  private tell(): void {
    const routes = this.changedRoutes;
    const links = this.changedLinks;
    for (let i = 0; i < links.count; i++) {
      const link = links.items[i];
      link.changed = false;
      const load = link.shownLoad;
      const saturated = link.saturated;
      if (load === link.toldLoad && saturated === link.toldSaturated) continue;
      link.toldLoad = load;
      link.toldSaturated = saturated;
      this.observer.linkChanged(link.index, load, saturated);
    }
    for (let i = 0; i < routes.count; i++) {
      const route = routes.items[i];
      route.changed = false;
      if (route.rate === route.toldRate) continue;
      route.toldRate = route.rate;
      this.observer.routeChanged(route.index, route.rate);
    }
    links.count = 0;
    routes.count = 0;
  }
}

function requireCapacity(capacity: number): void {
  if (!(capacity >= 0)) throw new RangeError(`a capacity must be 0 or more, not ${capacity}`);
}

function removeArrivals(route: Route): void {
  route.cappedRate.add(-route.arrivingRate);
  route.sharingWeight.add(-route.arrivingWeight);
  route.arrivingRate = 0;
  route.arrivingWeight = 0;
  if (route.cappedThresholds.size === 0) route.cappedRate.clear();
  if (route.tags.size === 0) route.sharingWeight.clear();
}

function doubled(array: Int32Array): Int32Array {
  const longer = new Int32Array(2 * array.length);
  longer.set(array);
  return longer;
}

/** Two or three flows are due together far more often than thousands, and a view costs more than sorting them. */
function sortAscending(ids: Int32Array, count: number): void {
  if (count > 16) {
    ids.subarray(0, count).sort();
    return;
  }
  for (let i = 1; i < count; i++) {
    const id = ids[i];
    let at = i;
    for (; at > 0 && ids[at - 1] > id; at--) ids[at] = ids[at - 1];
    ids[at] = id;
  }
}
