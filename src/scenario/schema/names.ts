/** A name that may vary: one name, or a choice of some. */
import { z } from 'zod';
import type { NameChoice } from '../types.js';
import { field, isMapping, oneOf } from './form.js';
import { name, number } from './values.js';

/** Buckets and files are numbered in 16 bits where results are kept. */
export const mostNames = 10_000;

export function nameChoice(noun: string) {
  const one = name(noun);
  return oneOf(
    [
      one.transform((value): NameChoice => ({ values: [value], weights: [1] })),
      z
        .strictObject({
          choice: z
            .array(
              z.strictObject({
                value: one.meta({ description: 'The name.' }),
                weight: field(number({ above: 0, most: 1e12 }), 1, {
                  description: 'How often, relative to the others.',
                }),
              }),
            )
            .min(1)
            .max(mostNames)
            .meta({ description: 'One of some names.' }),
        })
        .transform(
          ({ choice }): NameChoice => ({
            values: choice.map(item => item.value),
            weights: choice.map(item => item.weight),
          }),
        ),
    ],
    { text: 'name, or `{choice: [{value, weight}]}`', pick: raw => (isMapping(raw) ? 1 : 0) },
  );
}
