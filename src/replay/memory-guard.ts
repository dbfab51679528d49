import type { Scheduled } from '../kernel/calendar.js';
import type { Simulation } from '../kernel/simulation.js';
import type { Server } from './server.js';

/**
 * Crashes a server at the very instant at which its growing memory meets the limit, unless growth ends just then:
 * filling the memory to its last byte is no crash. Flows that end at the same instant end a rounding error before
 * or after it, so where one is about to, the guard waits until the limit is exceeded beyond that error.
 *
 * The event in the calendar may lie too early, never too late: growth that slows down leaves it where it is, and
 * the guard looks again when it fires. So the many changes of a busy network cost no work on the calendar.
 */
export class MemoryGuard implements Scheduled {
  private scheduledFor = Number.POSITIVE_INFINITY;
  private handle = -1;
  private crashing = false;
  private readonly watching: boolean;

  constructor(
    private readonly server: Server,
    private readonly simulation: Simulation,
    /** Asks for `instantSettled` at the end of this instant; whoever changes the memory does so, too. */
    private readonly lookAgain: (server: Server) => void,
  ) {
    const { memory, onOutOfMemory } = server.parameters;
    this.watching = onOutOfMemory === 'crash' && memory < Number.POSITIVE_INFINITY;
  }

  instantSettled(): void {
    if (!this.watching) return;
    const { memory } = this.server;
    const meets = memory.meetsLimitAt();
    if (meets > this.simulation.now) {
      this.look(meets, false);
      return;
    }
    const exceeds = memory.exceedsLimitAt();
    const growthEndsJustNow = this.simulation.network.nextTime() <= exceeds;
    this.look(growthEndsJustNow ? exceeds : this.simulation.now, true);
  }

  fire(): void {
    this.scheduledFor = Number.POSITIVE_INFINITY;
    this.handle = -1;
    if (this.crashing && this.server.memory.meetsLimitAt() <= this.simulation.now) this.server.crash();
    else this.lookAgain(this.server);
    this.crashing = false;
  }

  private look(at: number, crashing: boolean): void {
    if (at >= this.scheduledFor && crashing === this.crashing) return;
    const { calendar } = this.simulation;
    if (this.handle >= 0) calendar.cancel(this.handle);
    this.crashing = crashing;
    this.scheduledFor = at;
    this.handle = at < Number.POSITIVE_INFINITY ? calendar.schedule(at, this) : -1;
  }
}
