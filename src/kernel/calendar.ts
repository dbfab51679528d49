import { EventHeap } from './event-heap.js';
import { EventLane } from './event-lane.js';

/**
 * The event queue: what will happen when. Events come out in the total order (time, sequence), so equal times are
 * first come, first served, and a run never depends on the accidents of a heap. An event can be cancelled.
 *
 * Most events of a simulation wait for one of a few durations, so that those of each duration are due in the order in
 * which they are set. An event goes to the end of a lane, the one whose last event is the latest that is not after
 * it, and to the heap where there is none. The first of all is the first of the heads. O(1) for the many, O(log n)
 * for the others.
 */
export interface Scheduled {
  /** Called at the event's instant. */
  fire(): void;
}

const LANES = 6;
const HEAP = -1;

export class Calendar {
  /** Instant of the next event, Infinity when there is none. */
  nextTime = Number.POSITIVE_INFINITY;
  /** Place of the next event in the total order, Infinity when there is none. */
  nextOrder = Number.POSITIVE_INFINITY;
  private nextFrom = HEAP;
  private readonly heap = new EventHeap();
  private readonly lanes = Array.from({ length: LANES }, () => new EventLane());
  /** By slot; null where the event of a lane was cancelled and has not come to its head yet. */
  private readonly targets: (Scheduled | null)[] = [];
  /** The lane of each slot's event, or HEAP. */
  private readonly places: number[] = [];
  private readonly freeSlots: number[] = [];
  private sequence = 0;

  /** A number later than all given so far: for those who keep their own queue in the same total order. */
  nextSequence(): number {
    return this.sequence++;
  }

  /**
   * Schedules `target` and returns a handle for `cancel`, valid until the event fires. Times are never NaN. `order`
   * is for those who come first at their instant, whenever they were set: below 0.
   */
  schedule(time: number, target: Scheduled, order?: number): number {
    const slot = this.freeSlots.pop() ?? this.targets.length;
    const sequence = order ?? this.sequence++;
    const place = order === undefined ? this.laneFor(time) : HEAP;
    this.targets[slot] = target;
    this.places[slot] = place;
    if (place === HEAP) this.heap.push(time, sequence, slot);
    else this.lanes[place]!.push(time, sequence, slot);
    if (time < this.nextTime || (time === this.nextTime && sequence < this.nextOrder)) {
      this.nextTime = time;
      this.nextOrder = sequence;
      this.nextFrom = place;
    }
    return slot;
  }

  cancel(slot: number): void {
    const place = this.places[slot]!;
    this.targets[slot] = null;
    if (place === HEAP) {
      this.heap.remove(slot);
      this.freeSlots.push(slot);
    } else {
      this.dropCancelled(this.lanes[place]!);
    }
    this.findNext();
  }

  /** Removes the next event and returns its target. */
  pop(): Scheduled {
    let slot: number;
    if (this.nextFrom === HEAP) {
      slot = this.heap.pop();
    } else {
      const lane = this.lanes[this.nextFrom]!;
      slot = lane.headSlot;
      lane.shift();
      this.dropCancelled(lane);
    }
    const target = this.targets[slot]!;
    this.targets[slot] = null;
    this.freeSlots.push(slot);
    this.findNext();
    return target;
  }

  /** The lane whose last event is the latest that is not after `time`. */
  private laneFor(time: number): number {
    let best = HEAP;
    let latest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < LANES; i++) {
      const { lastTime } = this.lanes[i]!;
      if (lastTime <= time && (best === HEAP || lastTime > latest)) {
        best = i;
        latest = lastTime;
      }
    }
    return best;
  }

  private dropCancelled(lane: EventLane): void {
    while (!lane.isEmpty && this.targets[lane.headSlot] === null) {
      this.freeSlots.push(lane.headSlot);
      lane.shift();
    }
  }

  private findNext(): void {
    let time = this.heap.headTime;
    let order = this.heap.headOrder;
    let from = HEAP;
    for (let i = 0; i < LANES; i++) {
      const lane = this.lanes[i]!;
      const headTime = lane.headTime;
      if (headTime < time || (headTime === time && !lane.isEmpty && lane.headOrder < order)) {
        time = headTime;
        order = lane.headOrder;
        from = i;
      }
    }
    this.nextTime = time;
    this.nextOrder = order;
    this.nextFrom = from;
  }
}
