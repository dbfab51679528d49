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
  /** Called at the event's instant with its handle, which is valid until this returns. */
  fire(event: number): void;
}

const LANES = 6;
const HEAP = LANES;
/** The place of an event that is in no queue: it is firing. */
const NOWHERE = -1;

export class Calendar {
  /** Instant of the next event, Infinity when there is none. */
  nextTime = Number.POSITIVE_INFINITY;
  /** Place of the next event in the total order, Infinity when there is none. */
  nextOrder = Number.POSITIVE_INFINITY;
  private nextFrom = HEAP;
  private readonly heap = new EventHeap();
  private readonly lanes = Array.from({ length: LANES }, () => new EventLane());
  /** Of the first event of each lane and of the heap; Infinity where there is none. */
  private readonly headTimes = new Float64Array(LANES + 1).fill(Number.POSITIVE_INFINITY);
  private readonly headOrders = new Float64Array(LANES + 1).fill(Number.POSITIVE_INFINITY);
  /** Of the last event of each lane; -Infinity where there is none, so that anything may follow. */
  private readonly lastTimes = new Float64Array(LANES).fill(Number.NEGATIVE_INFINITY);
  /** By slot; null where the event of a lane was cancelled and has not come to its head yet. */
  private readonly targets: (Scheduled | null)[] = [];
  /** The lane of each slot's event, or HEAP, or NOWHERE. */
  private places = new Int8Array(64);
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
    this.targets[slot] = target;
    if (slot === this.places.length) this.growPlaces();
    if (order === undefined) this.put(slot, time, this.sequence++, this.laneFor(time));
    else this.put(slot, time, order, HEAP);
    return slot;
  }

  /** Schedules the event that is firing anew, for the same target and with the same handle. */
  repeat(event: number, time: number): void {
    this.put(event, time, this.sequence++, this.laneFor(time));
  }

  cancel(event: number): void {
    const place = this.places[event]!;
    this.targets[event] = null;
    if (place === HEAP) {
      this.heap.remove(event);
      this.freeSlots.push(event);
      this.noteHeapHead();
    } else {
      this.dropCancelled(place);
    }
    this.findNext();
  }

  /** Removes the next event and fires it. */
  fireNext(): void {
    const from = this.nextFrom;
    let slot: number;
    if (from === HEAP) {
      slot = this.heap.pop();
      this.noteHeapHead();
    } else {
      const lane = this.lanes[from]!;
      slot = lane.headSlot;
      lane.shift();
      this.dropCancelled(from);
    }
    this.findNext();
    this.places[slot] = NOWHERE;
    this.targets[slot]!.fire(slot);
    if (this.places[slot] !== NOWHERE) return;
    this.targets[slot] = null;
    this.freeSlots.push(slot);
  }

  private put(slot: number, time: number, order: number, place: number): void {
    this.places[slot] = place;
    if (place === HEAP) {
      this.heap.push(time, order, slot);
      this.noteHeapHead();
    } else {
      this.lanes[place]!.push(time, order, slot);
      this.lastTimes[place] = time;
      if (this.headOrders[place] === Number.POSITIVE_INFINITY) {
        this.headTimes[place] = time;
        this.headOrders[place] = order;
      }
    }
    if (time < this.nextTime || (time === this.nextTime && order < this.nextOrder)) {
      this.nextTime = time;
      this.nextOrder = order;
      this.nextFrom = place;
    }
  }

  /** The lane whose last event is the latest that is not after `time`. */
  private laneFor(time: number): number {
    const { lastTimes } = this;
    let best = HEAP;
    let latest = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < LANES; i++) {
      const last = lastTimes[i]!;
      if (last <= time && (best === HEAP || last > latest)) {
        best = i;
        latest = last;
      }
    }
    return best;
  }

  /** Removes what was cancelled from the head of a lane, and notes its head. */
  private dropCancelled(place: number): void {
    const { targets } = this;
    const lane = this.lanes[place]!;
    while (!lane.isEmpty && targets[lane.headSlot] === null) {
      this.freeSlots.push(lane.headSlot);
      lane.shift();
    }
    if (lane.isEmpty) {
      this.headTimes[place] = Number.POSITIVE_INFINITY;
      this.headOrders[place] = Number.POSITIVE_INFINITY;
      this.lastTimes[place] = Number.NEGATIVE_INFINITY;
    } else {
      this.headTimes[place] = lane.headTime;
      this.headOrders[place] = lane.headOrder;
    }
  }

  private noteHeapHead(): void {
    this.headTimes[HEAP] = this.heap.headTime;
    this.headOrders[HEAP] = this.heap.headOrder;
  }

  private findNext(): void {
    const { headTimes, headOrders } = this;
    let from = HEAP;
    let time = headTimes[HEAP]!;
    for (let i = 0; i < LANES; i++) {
      const headTime = headTimes[i]!;
      if (headTime < time || (headTime === time && headOrders[i]! < headOrders[from]!)) {
        time = headTime;
        from = i;
      }
    }
    this.nextTime = time;
    this.nextOrder = headOrders[from]!;
    this.nextFrom = from;
  }

  private growPlaces(): void {
    const places = new Int8Array(2 * this.places.length);
    places.set(this.places);
    this.places = places;
  }
}
