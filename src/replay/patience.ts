import type { Scheduled } from '../kernel/calendar.js';
import type { Simulation } from '../kernel/simulation.js';

/** A user who waits for the end of an upload. */
class Wait<Attempt> implements Scheduled {
  event = -1;
  attempt: Attempt | null = null;
  underWay = false;

  constructor(private readonly gaveUp: (wait: Wait<Attempt>) => void) {}

  fire(): void {
    this.gaveUp(this);
  }
}

/**
 * How long users wait for an upload, from their click on. When one has had enough, whoever makes the attempts is told
 * which of them it is: one that is under way, or one whose time has not come yet.
 */
export class Patience<Attempt extends { readonly upload: { readonly index: number } }> {
  /** By upload. */
  private readonly waits = new Map<number, Wait<Attempt>>();

  constructor(
    private readonly simulation: Simulation,
    private readonly gaveUp: (attempt: Attempt, underWay: boolean) => void,
  ) {}

  /** `seconds` may be Infinity: that user never gives up. */
  uploadArrived(upload: number, seconds: number): void {
    if (seconds === Number.POSITIVE_INFINITY) return;
    const wait = new Wait<Attempt>(({ attempt, underWay }) => {
      this.waits.delete(upload);
      this.gaveUp(attempt!, underWay);
    });
    wait.event = this.simulation.after(seconds, wait);
    this.waits.set(upload, wait);
  }

  /** The next attempt will begin, by and by. */
  attemptPlanned(attempt: Attempt): void {
    const wait = this.waits.get(attempt.upload.index);
    if (wait === undefined) return;
    wait.attempt = attempt;
    wait.underWay = false;
  }

  attemptBegan(attempt: Attempt): void {
    const wait = this.waits.get(attempt.upload.index);
    if (wait !== undefined) wait.underWay = true;
  }

  uploadEnded(upload: number): void {
    const wait = this.waits.get(upload);
    if (wait === undefined) return;
    this.simulation.calendar.cancel(wait.event);
    this.waits.delete(upload);
  }
}
