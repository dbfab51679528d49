import { CompensatedSum, productError } from './compensated-sum.js';
import { FlowHeap } from './flow-heap.js';
import type { Flows } from './flows.js';
import type { Link, Route } from './network-parts.js';
import { Worklist } from './worklist.js';

/**
 * Levels closer than this are the same level: a link outside the region yields to it in a tie, and a capped flow
 * stays where it is.
 */
const TIE = 1 + 1e-13;

/** A rate that moved by less is the same rate, seen through rounding: such noise must not travel to other links. */
const NOISE = 2 ** -50;

/** Below this share of its capacity no rounding can make a link full. */
const ROOM = 1 - 1e-9;

/**
 * Progressive filling over routes and links instead of flows, repaired locally.
 *
 * The *region* starts as the routes that something happened to, and whatever is held back with them. On the
 * region's links all other routes count as fixed loads. Each route is the straight line K + S * level, the tangent
 * at its present piece. The demand of a route is concave in the level, so a line is never below it: the level at
 * which a link would be full of lines never exceeds the true one. Hence the link with the lowest such level may be
 * filled first, exactly: while a flow of its routes is on the wrong side at that level, move the nearest one over
 * (the level only rises by it); when none is, fix the routes there and go on with the next link. The floor under
 * the level rises all the time, so a flow moves at most twice, and the filling ends.
 *
 * Then the region's edge is checked. A link that holds routes outside must not feel the change, and a link that
 * became full must not carry an outside route at a higher level; otherwise these routes join, and the region is
 * filled again. The first fillings are done on the lines alone: only when the region no longer grows do flows move.
 */
export class WaterFilling {
  private readonly flows: Flows;
  /** The region. */
  readonly routes = new Worklist<Route>();
  private readonly links = new Worklist<Link>();
  /** On each of the region's links, the routes outside that move, all together. */
  private outsideBusy = 0;
  /** Links of the region by the level at which they are full; a bound that is out of date is too low at worst. */
  private readonly bounds = new FlowHeap();
  private boundAt = new Int32Array(16);
  /** Capacity of the link seen last by `measure` that its open routes leave at level 0. */
  private readonly free = new CompensatedSum();
  private readonly slope = new CompensatedSum();
  private readonly nearest = new FlowHeap();
  private nearestAt = new Int32Array(16);

  constructor(flows: Flows) {
    this.flows = flows;
  }

  /** Solves for one route where nobody else can feel it; says whether that was so. */
  solveOne(route: Route): boolean {
    if (this.keepsRoom(route)) {
      route.catchUp(this.flows.now);
      this.assign(route, Number.POSITIVE_INFINITY, null);
      return true;
    }
    if (!this.isAlone(route)) return false;
    this.solveAlone(route);
    return true;
  }

  /** Whether all flows of the route are at their caps, on links that hold nobody back and are far from full. */
  private keepsRoom(route: Route): boolean {
    if (route.tags.size > 0 || route.holder !== null) return false;
    const { links, coefficients } = route;
    const more = route.cappedRate.value - route.rate;
    for (let i = 0; i < links.length; i++) {
      const { held, load, capacity } = links[i];
      if (held > 0 || !(load.hi + coefficients[i] * more <= ROOM * capacity)) return false;
    }
    return true;
  }

  /**
   * Whether nobody else moves on the route's links, but for those that it cannot fill with all that the others let
   * through.
   */
  private isAlone(route: Route): boolean {
    const { links, coefficients, rate } = route;
    const own = rate > 0 ? 1 : 0;
    let most = Number.POSITIVE_INFINITY;
    let shared = false;
    for (let i = 0; i < links.length; i++) {
      const { busy, capacity } = links[i];
      if (busy <= own) most = Math.min(most, capacity / coefficients[i]);
      else if (capacity < Number.POSITIVE_INFINITY) shared = true;
    }
    if (!shared) return true;
    for (let i = 0; i < links.length; i++) {
      const { busy, held, load, capacity } = links[i];
      if (busy <= own) continue;
      if (held > 0 || !(load.hi + coefficients[i] * (most - rate) <= ROOM * capacity)) return false;
    }
    return true;
  }

  /** Level, rate and holder of a route that is alone: its narrowest link decides, and there is one line to follow. */
  private solveAlone(route: Route): void {
    const flows = this.flows;
    const { links, coefficients, cappedThresholds, sharingThresholds } = route;
    route.catchUp(flows.now);
    let narrowest: Link | null = null;
    let coefficient = 1;
    let width = Number.POSITIVE_INFINITY;
    for (let i = 0; i < links.length; i++) {
      if (links[i].capacity < width * coefficients[i]) {
        narrowest = links[i];
        coefficient = coefficients[i];
        width = narrowest.capacity / coefficient;
      }
    }
    const capacity = narrowest === null ? width : narrowest.capacity;
    let level = Math.max(0, levelAlone(route, capacity, coefficient));
    while (cappedThresholds.size > 0 && -cappedThresholds.keys[0] > level * TIE) {
      flows.shareNext(route);
      level = Math.max(level, levelAlone(route, capacity, coefficient));
    }
    while (sharingThresholds.size > 0 && sharingThresholds.keys[0] < level) {
      flows.capNext(route);
      level = Math.max(level, levelAlone(route, capacity, coefficient));
    }
    this.assign(route, level, narrowest);
  }

  /** Takes a route into the region, at the present instant. */
  join(route: Route): void {
    if (route.inRegion) return;
    route.inRegion = true;
    route.catchUp(this.flows.now);
    this.routes.add(route);
    const { links, coefficients, rate } = route;
    for (let i = 0; i < links.length; i++) {
      const link = links[i];
      if (link.capacity === Number.POSITIVE_INFINITY) continue;
      if (link.memberCount === 0) this.joinLink(link);
      const member = link.memberCount++;
      link.members[member] = route;
      link.memberCoefficients[member] = coefficients[i];
      if (rate > 0) {
        link.outsideBusy--;
        this.outsideBusy--;
      }
      if (route.holder === link) link.outsideHeld--;
    }
  }

  private joinLink(link: Link): void {
    link.slot = this.links.count;
    link.outsideBusy = link.busy;
    link.outsideHeld = link.held;
    this.outsideBusy += link.busy;
    this.links.add(link);
    if (this.boundAt.length < this.links.count) this.boundAt = new Int32Array(2 * this.links.count);
  }

  private joinHeld(link: Link): void {
    const routes = link.routes;
    for (let i = 0; i < routes.length && link.outsideHeld > 0; i++) {
      if (routes[i].holder === link) this.join(routes[i]);
    }
  }

  /** Takes in all that is held back together with a route of the region. */
  close(): void {
    for (let i = 0; i < this.routes.count; i++) {
      const holder = this.routes.items[i].holder;
      if (holder !== null && holder.memberCount > 0 && holder.outsideHeld > 0) this.joinHeld(holder);
    }
  }

  /** Finds the levels, rates and holders of the region's routes, and the region itself. */
  solve(): void {
    this.close();
    if (this.outsideBusy === 0) {
      this.fill(true);
      return;
    }
    for (;;) {
      const fits = this.fill(false);
      if (this.grow()) continue;
      if (fits) return;
      this.fill(true);
      if (!this.grow()) return;
    }
  }

  /** Empties the region. */
  release(): void {
    const { routes, links } = this;
    for (let i = 0; i < routes.count; i++) routes.items[i].inRegion = false;
    for (let i = 0; i < links.count; i++) links.items[i].memberCount = 0;
    routes.count = 0;
    links.count = 0;
    this.outsideBusy = 0;
  }

  /** Fills once. With `moving` flows change sides as they must; without, says whether none had to. */
  fill(moving: boolean): boolean {
    const { items: links, count: linkCount } = this.links;
    const { items: routes, count: routeCount } = this.routes;
    const bounds = this.bounds;
    for (let i = 0; i < routeCount; i++) routes[i].fixed = false;
    bounds.size = 0;
    for (let i = 0; i < linkCount; i++) {
      links[i].fullAt = Number.POSITIVE_INFINITY;
      this.boundAt[i] = -1;
      this.bind(links[i]);
    }
    let open = routeCount;
    let fits = true;
    let floor = 0;
    while (open > 0 && bounds.size > 0) {
      const lowest = links[bounds.ids[0]];
      const bound = bounds.keys[0];
      if (lowest.stale && this.bind(lowest) !== bound) continue;
      if (bound > floor) floor = bound;
      if (!this.membersFit(lowest, floor)) {
        if (moving) {
          floor = this.moveNearest(lowest, floor);
          continue;
        }
        fits = false;
      }
      open -= this.fix(lowest, floor);
    }
    for (let i = 0; open > 0 && i < routeCount; i++) {
      const route = routes[i];
      if (route.fixed) continue;
      while (route.sharingThresholds.size > 0) {
        fits = false;
        if (!moving) break;
        this.flows.capNext(route);
      }
      this.assign(route, Number.POSITIVE_INFINITY, null);
      open--;
    }
    return fits;
  }

  /** Measures a link and puts it where its bound belongs. */
  private bind(link: Link): number {
    const bound = this.measure(link);
    link.stale = false;
    this.setBound(link, bound);
    return bound;
  }

  private setBound(link: Link, bound: number): void {
    const at = this.boundAt[link.slot];
    if (bound < Number.POSITIVE_INFINITY) {
      if (at >= 0) this.bounds.rekey(this.boundAt, at, bound);
      else this.bounds.push(this.boundAt, link.slot, bound);
    } else if (at >= 0) {
      this.bounds.removeAt(this.boundAt, at);
      this.boundAt[link.slot] = -1;
    }
  }

  /** The level at which the link is full, its open routes taken as lines: at most the true level. */
  private measure(link: Link): number {
    const { members, memberCoefficients, memberCount } = link;
    const outside = link.outsideBusy > 0;
    let free = link.capacity;
    let rest = 0;
    let slope = 0;
    let capped = 0;
    if (outside) {
      const taken = link.load.hi;
      free -= taken;
      rest = link.capacity - free - taken - link.load.lo;
    }
    for (let i = 0; i < memberCount; i++) {
      const route = members[i];
      const coefficient = memberCoefficients[i];
      let taken: number;
      if (route.fixed) taken = coefficient * route.nextRate;
      else {
        const rate = route.cappedRate;
        taken = coefficient * rate.hi;
        rest -= coefficient * rate.lo;
        if (coefficient !== 1) rest -= productError(coefficient, rate.hi, taken);
        slope += coefficient * route.sharingWeight.value;
        capped += taken;
      }
      let less = free - taken;
      let shadow = less - free;
      rest += free - (less - shadow) - (taken + shadow);
      free = less;
      if (outside) {
        // The load still contains what the member took before.
        const before = coefficient * route.rate;
        less = free + before;
        shadow = less - free;
        rest += free - (less - shadow) + (before - shadow);
        free = less;
      }
    }
    const sum = free + rest;
    this.free.hi = sum;
    this.free.lo = rest - (sum - free);
    free = sum;
    // A full link that holds others leaves exactly what these routes had: rounding must not make it the lower one.
    const yields = link.outsideHeld > 0;
    if (slope > 0) return yields ? (free / slope) * TIE : free / slope;
    return free < (yields ? capped * (1 - TIE) : 0) && capped > 0
      ? Number.NEGATIVE_INFINITY
      : Number.POSITIVE_INFINITY;
  }

  private membersFit(link: Link, level: number): boolean {
    const { members, memberCount } = link;
    for (let i = 0; i < memberCount; i++) {
      if (!members[i].fixed && !members[i].fits(level, TIE)) return false;
    }
    return true;
  }

  /** Fixes the link's open routes at the level; returns how many there were. */
  private fix(link: Link, level: number): number {
    const { members, memberCount } = link;
    let fixed = 0;
    for (let i = 0; i < memberCount; i++) {
      const route = members[i];
      if (route.fixed) continue;
      this.assign(route, level, link);
      fixed++;
      const links = route.links;
      for (let j = 0; j < links.length; j++) links[j].stale = true;
    }
    link.fullAt = level;
    this.setBound(link, Number.POSITIVE_INFINITY);
    return fixed;
  }

  private assign(route: Route, level: number, holder: Link | null): void {
    const weight = route.sharingWeight.value;
    let rate = route.cappedRate.value;
    if (holder !== null && weight > 0) {
      rate += weight * level;
      route.nextLevel = level;
      route.nextHolder = holder;
    } else {
      route.nextLevel = Number.POSITIVE_INFINITY;
      route.nextHolder = null;
    }
    const before = route.rate;
    route.nextRate = Math.abs(rate - before) <= NOISE * before ? before : rate;
    route.fixed = true;
  }

  /**
   * Moves flows of the link's open routes to their right sides, nearest threshold first: each move raises the level,
   * so none is moved that need not be. Stops when another link may be lower. Returns the level reached.
   */
  private moveNearest(link: Link, from: number): number {
    const { members, memberCoefficients, memberCount } = link;
    const flows = this.flows;
    const nearest = this.nearest;
    if (this.nearestAt.length < memberCount) this.nearestAt = new Int32Array(2 * memberCount);
    const at = this.nearestAt;
    this.measure(link);
    const { free, slope } = this;
    slope.clear();
    let level = from;
    let bar = Number.POSITIVE_INFINITY;
    for (let i = 1; i < Math.min(5, this.bounds.size); i++) bar = Math.min(bar, this.bounds.keys[i]);
    bar = Math.max(from, bar);

    nearest.size = 0;
    for (let i = 0; i < memberCount; i++) {
      const { fixed, sharingWeight, cappedThresholds: thresholds } = members[i];
      if (fixed) continue;
      slope.addProduct(memberCoefficients[i], sharingWeight.hi);
      slope.addProduct(memberCoefficients[i], sharingWeight.lo);
      if (thresholds.size > 0) nearest.push(at, i, thresholds.keys[0]);
    }
    while (nearest.size > 0 && -nearest.keys[0] > level * TIE && level <= bar) {
      const member = nearest.ids[0];
      const route = members[member];
      const threshold = -nearest.keys[0];
      const flow = flows.shareNext(route);
      free.addProduct(memberCoefficients[member], flows.cap[flow]);
      slope.addProduct(memberCoefficients[member], flows.weight[flow]);
      // Nothing is exactly nothing, whatever rounding left of it.
      if (link.capacity > 0) level = Math.max(level, free.value / slope.value);
      const links = route.links;
      for (let j = 0; j < links.length; j++) {
        const other = links[j];
        if (other === link || other.memberCount === 0) continue;
        // The line left of the threshold is the worse one to its right: the other link's bound may fall that far.
        const at = this.boundAt[other.slot];
        if (at < 0 || threshold < this.bounds.keys[at]) this.setBound(other, threshold);
        if (threshold < bar) bar = threshold;
        other.stale = true;
      }
      if (route.cappedThresholds.size > 0) nearest.rekey(at, 0, route.cappedThresholds.keys[0]);
      else nearest.removeAt(at, 0);
    }

    nearest.size = 0;
    for (let i = 0; i < memberCount; i++) {
      const thresholds = members[i].sharingThresholds;
      if (!members[i].fixed && thresholds.size > 0) nearest.push(at, i, thresholds.keys[0]);
    }
    while (nearest.size > 0 && nearest.keys[0] < level && level <= bar) {
      const member = nearest.ids[0];
      const route = members[member];
      const flow = flows.capNext(route);
      free.addProduct(memberCoefficients[member], -flows.cap[flow]);
      slope.addProduct(memberCoefficients[member], -flows.weight[flow]);
      if (slope.value > 0) level = Math.max(level, free.value / slope.value);
      const links = route.links;
      for (let j = 0; j < links.length; j++) links[j].stale = true;
      if (route.sharingThresholds.size > 0) nearest.rekey(at, 0, route.sharingThresholds.keys[0]);
      else nearest.removeAt(at, 0);
    }
    return Math.min(Math.max(level, this.bind(link)), bar);
  }

  /** Takes in the routes outside that the new levels disturb. Says whether there were any. */
  private grow(): boolean {
    const before = this.routes.count;
    const { items: links, count: linkCount } = this.links;
    for (let i = 0; i < linkCount; i++) {
      const link = links[i];
      if (link.outsideBusy === 0) continue;
      if (link.outsideHeld > 0 && disturbed(link)) this.joinHeld(link);
      if (link.fullAt < Number.POSITIVE_INFINITY) this.joinAbove(link);
    }
    if (this.routes.count === before) return false;
    this.close();
    return true;
  }

  private joinAbove(link: Link): void {
    const { routes, fullAt } = link;
    for (let i = 0; i < routes.length; i++) {
      const route = routes[i];
      if (!route.inRegion && route.highest(route.level) > fullAt * TIE) this.join(route);
    }
  }
}

/** Whether the routes of the region bear on what the link holds outside. */
function disturbed(link: Link): boolean {
  const { members, memberCount } = link;
  const level = link.level * TIE;
  for (let i = 0; i < memberCount; i++) {
    const route = members[i];
    if (route.nextRate !== route.rate || route.highest(route.nextLevel) > level) return true;
  }
  return false;
}

/** The level at which one route, as a line, fills a capacity. */
function levelAlone(route: Route, capacity: number, coefficient: number): number {
  const weight = route.sharingWeight.value;
  let free = capacity;
  if (route.cappedThresholds.size > 0 && capacity < Number.POSITIVE_INFINITY) {
    const { hi, lo } = route.cappedRate;
    const taken = coefficient * hi;
    free = capacity - taken;
    const rounding = capacity - free - taken;
    free += rounding - coefficient * lo - (coefficient === 1 ? 0 : productError(coefficient, hi, taken));
  }
  if (weight > 0) return free / (coefficient * weight);
  return free < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
