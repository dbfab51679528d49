import { count, duration, percent } from '../../readable.js';
import type { Evidence, Finding } from './warning.js';

/** A budget of retries that never held a whole one: as if there were no retries at all, which nobody has asked for. */
export function emptyBudget({ spec, result }: Evidence): Finding[] {
  const { budget } = spec.client.retry;
  const { retriesDenied, attempts, offered } = result.uploads;
  if (budget === null || budget.ratio === 0 || attempts > offered || (retriesDenied ?? 0) === 0) return [];
  const { ratio, minimum, window } = budget;
  return [
    {
      fact: `the retry budget (${percent(ratio)} of the first attempts of ${duration(window)}) had no room for any of ${count(retriesDenied)} retries`,
      advice: `A retry needs ${count(Math.ceil((1 - minimum * window) / ratio))} first attempts of its class of clients within client.retry.budget.window. Try a longer window, a larger ratio, or a minimum.`,
    },
  ];
}
