import { FlowHeap } from './flow-heap.js';
import type { Route } from './network-parts.js';

export const ENDED = 0;
export const WAITING = 1;
export const SHARING = 2;
export const CAPPED = 3;

/**
 * How far virtual time may run ahead of what a flow still needs of it: 2^22 leaves 31 of a double's 53 bits, 5e-10
 * of the flow's duration.
 */
const CLOCK_AHEAD = 2 ** 22;

/**
 * All flows, one column per attribute, and the two regimes between which they move. A sharing flow stands in its
 * route's heap of finish tags (virtual time), a capped one in a heap of finish times (real time) for the whole
 * network; either way its key fixes what it has left: nothing has to be written down as time passes. What
 * rounding took from the key is kept aside, so that a flow that changes sides often does not wear off.
 * 40 bytes per flow, 12 more in a finish heap and, with a cap, 12 in a threshold heap.
 */
export class Flows {
  size = new Float64Array(0);
  cap = new Float64Array(0);
  weight = new Float64Array(0);
  /** Route x 4 + regime in one column: a million flows do not fit any cache, so every column costs. */
  private place = new Int32Array(0);
  finishAt = new Int32Array(0);
  thresholdAt = new Int32Array(0);
  /** What a key of 53 bits could not say of what is left. */
  residue = new Float32Array(0);
  /** Finish times of the capped flows. */
  readonly capped = new FlowHeap();
  now = 0;
  active = 0;
  moves = 0;
  /** Head of the free list, which runs through `place`. */
  private firstFree = -1;
  private used = 0;

  add(route: number, size: number, cap: number, weight: number): number {
    let flow = this.firstFree;
    if (flow >= 0) this.firstFree = this.place[flow] >> 2;
    else {
      flow = this.used++;
      if (flow === this.size.length) this.grow();
    }
    this.size[flow] = size;
    this.cap[flow] = cap;
    this.weight[flow] = weight;
    this.place[flow] = route * 4 + WAITING;
    this.active++;
    return flow;
  }

  regime(flow: number): number {
    return this.place[flow] & 3;
  }

  route(flow: number): number {
    return this.place[flow] >> 2;
  }

  /** Gives the id back. The size stays readable until it is used again. */
  free(flow: number): void {
    this.place[flow] = this.firstFree * 4 + ENDED;
    this.firstFree = flow;
    this.active--;
  }

  /** Payload that a flow of this route has left at `now`. */
  left(flow: number, route: Route): number {
    const regime = this.regime(flow);
    if (regime === ENDED) return 0;
    const size = this.size[flow];
    if (regime === WAITING) return size;
    let left: number;
    if (regime === CAPPED) {
      left = this.cap[flow] * (this.capped.keys[this.finishAt[flow]] - this.now);
    } else {
      const clock = route.clock;
      const elapsed = this.now - route.since;
      const ahead = elapsed > 0 ? route.level * elapsed : 0;
      left = this.weight[flow] * (route.tags.keys[this.finishAt[flow]] - clock.hi - (clock.lo + ahead));
    }
    return Math.min(size, Math.max(0, left + this.residue[flow]));
  }

  /** The route's clock must stand at `now`. */
  enterSharing(flow: number, route: Route, left: number): void {
    const weight = this.weight[flow];
    const cap = this.cap[flow];
    const clock = route.clock;
    const span = left / weight;
    if (clock.value > CLOCK_AHEAD * span) route.rebase();
    const tag = clock.hi + (clock.lo + span);
    this.residue[flow] = left - weight * (tag - clock.hi - clock.lo);
    this.place[flow] = route.index * 4 + SHARING;
    route.tags.push(this.finishAt, flow, tag);
    route.sharingWeight.add(weight);
    if (cap < Number.POSITIVE_INFINITY) route.sharingThresholds.push(this.thresholdAt, flow, cap / weight);
    else this.thresholdAt[flow] = -1;
  }

  enterCapped(flow: number, route: Route, left: number): void {
    const cap = this.cap[flow];
    const finish = this.now + left / cap;
    this.residue[flow] = left - cap * (finish - this.now);
    this.place[flow] = route.index * 4 + CAPPED;
    this.capped.push(this.finishAt, flow, finish);
    route.cappedRate.add(cap);
    route.cappedThresholds.push(this.thresholdAt, flow, -cap / this.weight[flow]);
  }

  leave(flow: number, route: Route): void {
    if (this.regime(flow) === SHARING) this.leaveSharing(flow, route, this.finishAt[flow]);
    else this.leaveCapped(flow, route, this.finishAt[flow]);
  }

  /** `at`: the flow's place in the heap of tags. */
  leaveSharing(flow: number, route: Route, at: number): void {
    const threshold = this.thresholdAt[flow];
    route.tags.removeAt(this.finishAt, at);
    if (threshold >= 0) route.sharingThresholds.removeAt(this.thresholdAt, threshold);
    if (route.tags.size > 0) route.sharingWeight.add(-this.weight[flow]);
    else {
      route.sharingWeight.clear();
      route.clock.clear();
    }
  }

  /** `at`: the flow's place in the heap of finish times. */
  leaveCapped(flow: number, route: Route, at: number): void {
    this.capped.removeAt(this.finishAt, at);
    route.cappedThresholds.removeAt(this.thresholdAt, this.thresholdAt[flow]);
    if (route.cappedThresholds.size > 0) route.cappedRate.add(-this.cap[flow]);
    else route.cappedRate.clear();
  }

  /** Lets the capped flow with the largest threshold share again; the route's clock must stand at `now`. */
  shareNext(route: Route): number {
    const flow = route.cappedThresholds.ids[0];
    const left = this.left(flow, route);
    this.leaveCapped(flow, route, this.finishAt[flow]);
    this.enterSharing(flow, route, left);
    this.moves++;
    return flow;
  }

  /** Caps the sharing flow with the smallest threshold; the route's clock must stand at `now`. */
  capNext(route: Route): number {
    const flow = route.sharingThresholds.ids[0];
    const left = this.left(flow, route);
    this.leaveSharing(flow, route, this.finishAt[flow]);
    this.enterCapped(flow, route, left);
    this.moves++;
    return flow;
  }

  private grow(): void {
    const capacity = Math.max(64, 2 * this.size.length);
    this.size = grown(this.size, new Float64Array(capacity));
    this.cap = grown(this.cap, new Float64Array(capacity));
    this.weight = grown(this.weight, new Float64Array(capacity));
    this.place = grown(this.place, new Int32Array(capacity));
    this.finishAt = grown(this.finishAt, new Int32Array(capacity));
    this.thresholdAt = grown(this.thresholdAt, new Int32Array(capacity));
    this.residue = grown(this.residue, new Float32Array(capacity));
  }
}

function grown<T extends Float64Array | Float32Array | Int32Array>(from: T, to: T): T {
  to.set(from);
  return to;
}
