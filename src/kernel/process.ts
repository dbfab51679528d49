import type { Scheduled } from './calendar.js';
import type { DeadlineOwner } from './deadlines.js';
import type { Pool, Waiter } from './resources/pool.js';
import type { FlowOwner, Resumable, Simulation } from './simulation.js';

/** What a stage of a process answers. */
export const Step = {
  /** The stage took no time: go on at once. */
  ready: 0,
  /** The process will be resumed when the stage is over. */
  blocked: 1,
  /** The stage could not be done: the program ends here. */
  failed: 2,
} as const;
export type Step = (typeof Step)[keyof typeof Step];

/** The stages that a process walks through, one `yield` each. */
export type Program = Generator<Step, void, void>;

/**
 * A process: a program of stages together with all that it can be waiting for, at most one thing at a time: an
 * event of the calendar, its turn in the queue of a pool, or the end of a flow. Beside these it may have one
 * deadline.
 */
export abstract class Process implements Scheduled, Waiter, DeadlineOwner, FlowOwner, Resumable {
  private program: Program | null = null;
  /** Handle of the calendar event that it waits for, or -1. */
  private wake = -1;
  flow = -1;
  /** It stands among those that go on at this instant. */
  resumable = false;

  /** The pool in whose queue it stands, and its place there. */
  private queue: Pool | null = null;
  private place = -1;

  /** Handle of its deadline, or -1. */
  private deadline = -1;

  protected abstract get simulation(): Simulation;

  /** The program has ended by itself. */
  protected abstract completed(): void;
  /** A stage has answered `failed`; the program is gone. */
  protected abstract stageFailed(): void;
  /** What it waited for without a program is over. */
  protected abstract resumedIdle(): void;
  /** Called before the program goes on: `ready` when the stage is over, `blocked` when it goes on waiting. */
  protected abstract continueStage(): Step;
  /** The flow of the process has moved all its payload; called before the program goes on. */
  protected abstract flowEnded(payload: number): void;
  /** A unit for which it waited in a pool's queue is now its own; called before the program goes on. */
  protected abstract seized(pool: Pool): void;
  protected abstract deadlineMissed(): void;

  /** Starts the program at the current instant. */
  start(program: Program): void {
    this.program = program;
    this.proceed();
  }

  /** Leaves the program where it stands; it will never be resumed. */
  protected dropProgram(): void {
    this.program = null;
  }

  /** Does nothing for `duration` seconds. */
  wait(duration: number): Step {
    if (!(duration > 0)) return Step.ready;
    // After an unlimited time nothing follows: there is no event to schedule.
    if (duration < Number.POSITIVE_INFINITY) this.wake = this.simulation.after(duration, this);
    return Step.blocked;
  }

  /** Goes on when the event fires, which somebody has set for it. */
  awaits(event: number): void {
    this.wake = event;
  }

  fire(): void {
    this.wake = -1;
    this.proceed();
  }

  resume(): void {
    this.resumable = false;
    this.proceed();
  }

  transferred(payload: number): void {
    this.flowEnded(payload);
    this.proceed();
  }

  granted(pool: Pool): void {
    this.queue = null;
    this.seized(pool);
    this.goOnNext();
  }

  /** Goes on as soon as whoever acts now has done so. */
  protected goOnNext(): void {
    this.resumable = true;
    this.simulation.resumeNext(this);
  }

  /** Asks for a unit of the pool; `failed` when its queue is full. */
  protected enter(pool: Pool): Step {
    if (pool.take()) {
      this.seized(pool);
      return Step.ready;
    }
    this.place = pool.wait(this);
    if (this.place < 0) return Step.failed;
    this.queue = pool;
    return Step.blocked;
  }

  /** Stops waiting for whatever it waits for (but for a flow, which its owner cuts, and the deadline). */
  protected stopWaiting(): void {
    if (this.wake >= 0) {
      this.simulation.calendar.cancel(this.wake);
      this.wake = -1;
    }
    if (this.queue !== null) {
      this.queue.leave(this.place);
      this.queue = null;
    }
    this.resumable = false;
  }

  protected setDeadline(delay: number): void {
    this.clearDeadline();
    if (delay === Number.POSITIVE_INFINITY) return;
    const { deadlines, calendar, now } = this.simulation;
    this.deadline = deadlines.set(this, now + delay, calendar.nextSequence());
  }

  protected clearDeadline(): void {
    if (this.deadline < 0) return;
    this.simulation.deadlines.clear(this.deadline);
    this.deadline = -1;
  }

  /** The instant of its deadline, Infinity where none is set. */
  protected get deadlineTime(): number {
    return this.deadline < 0 ? Number.POSITIVE_INFINITY : this.simulation.deadlines.timeOf(this.deadline);
  }

  expire(): void {
    this.deadline = -1;
    this.deadlineMissed();
  }

  private proceed(): void {
    const program = this.program;
    if (program === null) {
      this.resumedIdle();
      return;
    }
    let step = this.continueStage();
    while (step === Step.ready) {
      const next = program.next();
      // The program may have been dropped by what its own stage set off.
      if (this.program !== program) return;
      if (next.done === true) {
        this.program = null;
        this.completed();
        return;
      }
      step = next.value;
    }
    if (step === Step.failed) {
      this.program = null;
      this.stageFailed();
    }
  }
}
