import type { Scheduled } from '../kernel/calendar.js';
import type { Simulation } from '../kernel/simulation.js';
import type { JobStream } from '../workload/workload.js';

/**
 * Walks the arrivals of an open stream with a single event in the calendar. Arrivals were known before anything
 * happened, so at equal times they come before all other events; streams keep their own order among them.
 */
export class Arrivals implements Scheduled {
  private next = 0;

  /** `rank` orders the streams among each other: the uploads 0, then the background classes. */
  constructor(
    private readonly simulation: Simulation,
    private readonly stream: JobStream,
    private readonly rank: number,
    /** The scenario's instant at which the replay's clock begins. */
    private readonly epoch: number,
    private readonly arrive: (index: number) => void,
  ) {}

  begin(): void {
    const { next, stream } = this;
    if (next >= stream.count) return;
    const at = stream.start[next]! - this.epoch;
    this.simulation.calendar.schedule(at, this, this.rank - Number.MAX_SAFE_INTEGER);
  }

  fire(): void {
    const { start, count } = this.stream;
    const { now } = this.simulation;
    while (this.next < count && start[this.next]! - this.epoch === now) this.arrive(this.next++);
    this.begin();
  }
}
