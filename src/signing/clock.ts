import { UserError } from '../errors.js';

/** What simulated time 0 stands for in a signed URL, which needs a date: the same in every run. */
export const timeZero = '2026-01-01T00:00:00Z';

/** X-Amz-Date has four digits for the year. */
const lastYear = 9999;

/**
 * The date of an instant in seconds of simulated time. Signed dates have whole seconds.
 * @throws UserError beyond the year 9999.
 */
export function dateOf(seconds: number): Date {
  const date = new Date(Date.parse(timeZero) + 1000 * Math.floor(seconds));
  if (date.getUTCFullYear() <= lastYear) return date;
  throw new UserError(
    `a URL cannot be signed ${seconds} s after ${timeZero} (simulated time 0): dates end with the year ${lastYear}`,
  );
}
