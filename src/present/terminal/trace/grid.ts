import type { Journey, JourneyStep } from '../../../journey.js';

/** Uploads shorter than this are shown in finer steps, seconds. */
const short = 0.1;

/**
 * Times as whole numbers of one smallest unit, so that what is printed adds up to the last digit: a duration is the
 * difference of two printed instants.
 */
export class Grid {
  private readonly decimals: number;

  constructor(journeys: readonly Journey[]) {
    const longest = Math.max(...journeys.map(({ start, steps }) => (steps.at(-1)?.end ?? start) - start));
    this.decimals = longest < short ? 7 : 4;
  }

  /** Units from the beginning of the upload to an instant of the scenario's clock. */
  at({ start }: Pick<Journey, 'start'>, instant: number): number {
    return Math.round((instant - start) * 10 ** this.decimals);
  }

  lengthOf(journey: Journey, { start, end }: JourneyStep): number {
    return this.at(journey, end) - this.at(journey, start);
  }

  /** Any length of time, in seconds. */
  span(seconds: number): string {
    return this.write(Math.round(seconds * 10 ** this.decimals));
  }

  /** In seconds: "0.0480". */
  write(units: number): string {
    return (units / 10 ** this.decimals).toFixed(this.decimals);
  }
}
