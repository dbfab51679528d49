import { CompensatedSum } from './compensated-sum.js';
import { FlowHeap } from './flow-heap.js';

/** A capacity that routes share. Loads and capacities are in units of the link per second. */
export class Link {
  readonly routes: Route[] = [];
  readonly load = new CompensatedSum();
  readonly carried = new CompensatedSum();
  /** Until when `carried` is counted. */
  since = 0;
  /** Routes with a rate above 0; without any the load is exactly 0. */
  busy = 0;
  /** Routes that this link holds back, all at `level`. */
  held = 0;
  level = Number.POSITIVE_INFINITY;
  touched = false;
  changed = false;
  toldLoad = 0;
  toldSaturated = false;

  // What the solver notes while the link belongs to the region under repair, that is, while it has members.
  readonly members: Route[] = [];
  readonly memberCoefficients: number[] = [];
  memberCount = 0;
  outsideBusy = 0;
  outsideHeld = 0;
  slot = 0;
  stale = false;
  fullAt = Number.POSITIVE_INFINITY;

  constructor(
    readonly index: number,
    public capacity: number,
  ) {}

  /** A link that holds routes back is full by definition, whatever the last bit of the sum of its rates says. */
  get shownLoad(): number {
    return this.held > 0 ? this.capacity : this.load.value;
  }

  /** The one definition of saturated, whichever link the solver fixed its flows at. */
  get saturated(): boolean {
    const capacity = this.capacity;
    return capacity > 0 && capacity < Number.POSITIVE_INFINITY && this.shownLoad >= (1 - 1e-9) * capacity;
  }

  carriedAt(now: number): number {
    return this.carried.value + this.shownLoad * (now - this.since);
  }

  /** Counts what was carried at the load so far, before the load changes. */
  catchUp(now: number): void {
    const elapsed = now - this.since;
    if (elapsed > 0) this.carried.add(this.shownLoad * elapsed);
    this.since = now;
  }
}

/** Flows over the same links with the same coefficients: they differ only in cap, weight and size. */
export class Route {
  /** Finish tags of the sharing flows, in the route's virtual time. */
  readonly tags = new FlowHeap();
  /** Thresholds cap / weight of the sharing flows that have a cap, smallest first: the next to be capped. */
  readonly sharingThresholds = new FlowHeap();
  /** Thresholds of the capped flows, negated, so that the largest comes first: the next to share again. */
  readonly cappedThresholds = new FlowHeap();
  /** S, the sum of the weights of the sharing flows. */
  readonly sharingWeight = new CompensatedSum();
  /** K, the sum of the caps of the capped flows. */
  readonly cappedRate = new CompensatedSum();
  /** Virtual time: the integral of the level, counted until `since`. */
  readonly clock = new CompensatedSum();
  since = 0;
  readonly carried = new CompensatedSum();
  /** Rate per unit of weight of every sharing flow; Infinity when no link holds the route back. */
  level = Number.POSITIVE_INFINITY;
  rate = 0;
  holder: Link | null = null;
  touched = false;
  changed = false;
  toldRate = 0;

  // What the solver notes while the route belongs to the region under repair.
  inRegion = false;
  fixed = false;
  nextLevel = Number.POSITIVE_INFINITY;
  nextRate = 0;
  nextHolder: Link | null = null;

  // Sums over the flows of a large batch of starts while their places are being guessed.
  arrivingRate = 0;
  arrivingWeight = 0;

  constructor(
    readonly index: number,
    readonly links: readonly Link[],
    readonly coefficients: readonly number[],
  ) {}

  carriedAt(now: number): number {
    return this.carried.value + this.rate * (now - this.since);
  }

  /** Moves the virtual clock and the count of payload to `now`, at the level and rate so far. */
  catchUp(now: number): void {
    const elapsed = now - this.since;
    if (elapsed > 0) {
      this.carried.add(this.rate * elapsed);
      if (this.tags.size > 0) this.clock.add(this.level * elapsed);
    }
    this.since = now;
  }

  /** When the first of the sharing flows ends at the present level; there must be one. */
  firstFinish(): number {
    const left = this.tags.keys[0] - this.clock.hi - this.clock.lo;
    if (!(left > 0)) return this.since;
    return this.level > 0 ? this.since + left / this.level : Number.POSITIVE_INFINITY;
  }

  /** Restarts virtual time at 0. */
  rebase(): void {
    const { hi, lo } = this.clock;
    const { keys, size } = this.tags;
    for (let i = 0; i < size; i++) keys[i] = keys[i] - hi - lo;
    this.clock.clear();
  }

  /** The largest rate per weight among the flows, at a given level of the sharing ones. */
  highest(level: number): number {
    if (this.sharingWeight.value > 0) return level;
    return this.cappedThresholds.size > 0 ? -this.cappedThresholds.keys[0] : 0;
  }

  /** Whether at this level every flow is on its right side: capped below its threshold, sharing above. */
  fits(level: number, tolerance: number): boolean {
    const { sharingThresholds, cappedThresholds } = this;
    if (sharingThresholds.size > 0 && sharingThresholds.keys[0] < level) return false;
    return !(cappedThresholds.size > 0 && -cappedThresholds.keys[0] > level * tolerance);
  }
}
