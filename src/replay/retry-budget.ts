import { SlidingCount } from '../kernel/resources/sliding-count.js';
import type { RetryBudgetParameters } from '../scenario/types.js';

/** What rounding may take away from a share of a count. */
const ROUNDING = 1e-9;

/**
 * Retries as a share of what is asked anew (Finagle's RetryBudget): in any `window` seconds, a class of clients makes
 * at most `ratio` x its first attempts + `minimum` x `window` retries. With ratio 20%, ten uploads that all fail at
 * once are tried again twice. Retries can then multiply the load by 1 + ratio at the most, however much fails.
 */
export class RetryBudget {
  private readonly firsts: readonly SlidingCount[];
  private readonly retries: readonly SlidingCount[];

  /** Each of `classes` classes of clients has its own. */
  constructor(
    private readonly parameters: RetryBudgetParameters,
    classes: number,
  ) {
    const counts = (): SlidingCount[] =>
      Array.from({ length: classes }, () => new SlidingCount(parameters.window));
    this.firsts = counts();
    this.retries = counts();
  }

  /** A client of the class begins an upload. */
  uploadArrived(clientClass: number, now: number): void {
    this.firsts[clientClass]!.add(now);
  }

  /** Takes a retry out of the budget; false where there is none left. */
  take(clientClass: number, now: number): boolean {
    const { ratio, minimum, window } = this.parameters;
    const retries = this.retries[clientClass]!;
    const allowed = ratio * this.firsts[clientClass]!.at(now) + minimum * window;
    if (retries.at(now) + 1 > allowed + ROUNDING) return false;
    retries.add(now);
    return true;
  }
}
