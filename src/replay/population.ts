import { UserError } from '../errors.js';
import type { Scheduled } from '../kernel/calendar.js';
import type { Simulation } from '../kernel/simulation.js';
import type { JobStream } from '../workload/workload.js';

/** So many turns beyond one for each user end at one instant only where turns take no time. */
const MOST_TURNS = 10_000;

const timeless =
  'a closed loop (users, think, for) goes round without any time passing: neither thinking nor what is asked for ' +
  'takes any; give "think" a duration, or limit what the jobs use';

/** One of the users of a closed loop: thinks, asks, waits for the end, thinks again. */
export class User implements Scheduled {
  turn = 0;

  constructor(
    readonly number: number,
    private readonly population: Population,
  ) {}

  fire(): void {
    this.population.arrive(this);
  }
}

/** The users of a closed loop. None begins a turn, which begins with thinking, after the loop's end. */
export class Population {
  /** Users who think. */
  thinking = 0;
  /** Turns that have ended since time last passed. */
  private turns = 0;
  private lastEnd = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly simulation: Simulation,
    private readonly closed: NonNullable<JobStream['closed']>,
    private readonly begins: (user: User) => void,
  ) {}

  begin(): void {
    for (let number = 0; number < this.closed.users; number++) this.think(new User(number, this));
  }

  /** The user's turn has ended. */
  ended(user: User): void {
    const { now } = this.simulation;
    this.turns = now === this.lastEnd ? this.turns + 1 : 0;
    this.lastEnd = now;
    if (this.turns > MOST_TURNS + this.closed.users) throw new UserError(timeless);
    user.turn++;
    this.think(user);
  }

  arrive(user: User): void {
    this.thinking--;
    this.begins(user);
  }

  private think(user: User): void {
    if (this.simulation.now > this.closed.until) return;
    const duration = this.closed.think(user.number, user.turn);
    if (duration === Number.POSITIVE_INFINITY) return;
    this.thinking++;
    this.simulation.after(duration, user);
  }
}
