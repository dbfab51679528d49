/** How many retries a class of clients allows itself. */
import { z } from 'zod';
import type { RetryBudgetParameters } from '../types.js';
import { field, isMapping, oneOf } from './form.js';
import { quantity } from './values.js';

const ratio = quantity('share', { unlimited: true });

const full = z.strictObject({
  ratio: field(ratio, '20%', {
    description: 'Retries for each first attempt in the same window.',
    kind: 'documented',
    source: 'Finagle, RetryBudget: percentCanRetry',
  }),
  minimum: field(quantity('frequency'), '0/s', {
    description: 'Retries beside that, however few first attempts there are.',
    kind: 'convention',
    source: "a share and no more; Finagle's 10/s is made for services of many small requests",
  }),
  window: field(quantity('time', { positive: true }), '1m', {
    description: 'Time over which both are counted.',
    kind: 'convention',
    source: "some uploads arrive in a minute; Finagle's 10s is made for services of many small requests",
  }),
});

type Budget = RetryBudgetParameters | null;

const read = (budget: z.output<typeof full>): Budget =>
  budget.ratio === Number.POSITIVE_INFINITY ? null : budget;

/** Null where there is none. */
export const retryBudget = oneOf(
  [ratio.transform((share): Budget => read({ ratio: share, minimum: 0, window: 60 })), full.transform(read)],
  {
    text: 'share or `unlimited`, or `{ratio, minimum, window}`',
    pick: raw => (isMapping(raw) ? 1 : 0),
    expand: raw => (isMapping(raw) ? raw : { ratio: raw }),
  },
);
