/** A quantity that may vary: a plain quantity, or a mapping with the distribution's name. */
import { z } from 'zod';
import { describeKind, type QuantityKind } from '../../units.js';
import { nearest } from '../nearest.js';
import { either, quoted } from '../text.js';
import type { Distribution } from '../types.js';
import { currentFiles } from './context.js';
import { Complaint, field, isMapping, maybe, oneOf } from './form.js';
import { filePath, number, type QuantityBounds, quantity, quantityText } from './values.js';

export const distributionNames = [
  'uniform',
  'exponential',
  'lognormal',
  'pareto',
  'choice',
  'empirical',
] as const;

/** The longest list of a `choice`; longer ones belong in a CSV. */
const mostChoices = 10_000;

/** Below this exponent and without `max`, a Pareto draw overflows a double. */
const leastAlpha = 0.1;

const complain = (context: z.core.$RefinementCtx, complaint: Complaint) => {
  context.issues.push({
    code: 'custom',
    input: context.value,
    path: [...complaint.path],
    params: { complaint },
  });
  return z.NEVER;
};

/** Which of the forms a value is meant to be: 0 is the plain quantity, then in the order of `distributionNames`. */
function pick(kind: QuantityKind, raw: unknown): number | Complaint {
  if (!isMapping(raw)) return 0;
  const keys = Object.keys(raw);
  const known = keys.filter(key => (distributionNames as readonly string[]).includes(key));
  if (known.length === 1) return (distributionNames as readonly string[]).indexOf(known[0]!) + 1;
  const forms = `one of ${either(distributionNames)}, or a plain quantity such as ${describeKind(kind).example}`;
  if (known.length > 1) return new Complaint('forms', `${either(known)} cannot stand together`, forms);
  const [first] = keys;
  if (first === undefined) return new Complaint('forms', 'the mapping is empty', forms);
  const near = nearest(first, distributionNames);
  const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
  return new Complaint('unknown-key', `${quoted(first)} is not a distribution${hint}`, forms, [first]);
}

function build(kind: QuantityKind, bounds: QuantityBounds) {
  const value = quantity(kind, bounds);
  const finite = quantity(kind, { ...bounds, unlimited: false });
  const above = quantity(kind, { positive: true });
  const { noun } = describeKind(kind);
  // The bounds of the plain quantity hold for all that can be drawn: a share has no long tail.
  const endless = (name: string) =>
    new Complaint(
      'range',
      `${noun} ends at 100%, and ${name} distribution does not`,
      'uniform, choice, empirical, or pareto with max',
    );

  const constant = value.transform((number): Distribution => ({ kind: 'constant', value: number }));

  const uniform = z
    .strictObject({ uniform: z.tuple([finite, finite]).meta({ description: 'Evenly between two values.' }) })
    .transform(({ uniform: [a, b] }, context): Distribution => {
      if (a <= b) return { kind: 'uniform', a, b };
      return complain(
        context,
        new Complaint('range', 'the first value is larger than the second', '[smallest, largest]', [
          'uniform',
        ]),
      );
    });

  const exponential = z
    .strictObject({ exponential: finite.meta({ description: 'Exponential with this mean.' }) })
    .transform(({ exponential: mean }, context): Distribution => {
      if (kind === 'share') return complain(context, endless('an exponential'));
      return { kind: 'exponential', mean };
    });

  const lognormal = z
    .strictObject({
      lognormal: z.strictObject({
        mean: maybe(above, 'Mean; this or `median`.'),
        median: maybe(above, 'Median; this or `mean`.'),
        cv: number({ least: 0, most: 100 }).meta({
          description: 'Coefficient of variation: standard deviation / mean.',
        }),
      }),
    })
    .transform(({ lognormal: { mean, median, cv } }, context): Distribution => {
      if (kind === 'share') return complain(context, endless('a lognormal'));
      if ((mean === undefined) === (median === undefined)) {
        const what = mean === undefined ? 'mean or median is missing' : 'mean and median stand together';
        return complain(
          context,
          new Complaint('forms', what, '{mean: ..., cv: ...} or {median: ..., cv: ...}', ['lognormal']),
        );
      }
      const variance = Math.log(1 + cv * cv);
      const mu = median === undefined ? Math.log(mean!) - variance / 2 : Math.log(median);
      return { kind: 'lognormal', mu, sigma: Math.sqrt(variance) };
    });

  const pareto = z
    .strictObject({
      pareto: z.strictObject({
        min: above.meta({ description: 'Smallest value.' }),
        alpha: number({ above: 0, most: 1000 }).meta({
          description: 'Tail index; at most 1 has no mean without `max`.',
        }),
        max: field(quantity(kind, { positive: true, unlimited: true }), 'unlimited', {
          description: 'Largest value (truncated).',
        }),
      }),
    })
    .transform(({ pareto: { min, alpha, max } }, context): Distribution => {
      if (max <= min)
        return complain(
          context,
          new Complaint('range', 'max is not above min', 'min < max', ['pareto', 'max']),
        );
      if (max === Number.POSITIVE_INFINITY) {
        if (kind === 'share') return complain(context, endless('a pareto'));
        if (alpha < leastAlpha) {
          const what = `alpha ${alpha} without max draws values beyond every number`;
          return complain(
            context,
            new Complaint('range', what, `a max, or alpha of at least ${leastAlpha}`, ['pareto', 'alpha']),
          );
        }
      }
      return { kind: 'pareto', min, alpha, max };
    });

  const choice = z
    .strictObject({
      choice: z
        .array(
          z.strictObject({
            value: value.meta({ description: 'The value.' }),
            weight: field(number({ above: 0, most: 1e12 }), 1, {
              description: 'How often, relative to the others.',
            }),
          }),
        )
        .min(1)
        .max(mostChoices)
        .meta({ description: 'One of some values.' }),
    })
    .transform(
      ({ choice }): Distribution => ({
        kind: 'choice',
        values: choice.map(one => one.value),
        weights: choice.map(one => one.weight),
      }),
    );

  const empirical = z
    .strictObject({
      empirical: filePath('a CSV with a column "value" of SI numbers').meta({
        description:
          'One of the values of a CSV: a header, and a column `value` of SI numbers (bytes, seconds, bytes/s, shares of 1).',
      }),
    })
    .transform(({ empirical: path }, context): Distribution => {
      const most = kind === 'share' ? 1 : Number.MAX_VALUE;
      const values = currentFiles().empirical(path, { noun, positive: bounds.positive === true, most });
      if (values instanceof Complaint) {
        const { code, what, allowed } = values;
        return complain(context, new Complaint(code, what, allowed, ['empirical']));
      }
      return { kind: 'empirical', values };
    });

  return oneOf([constant, uniform, exponential, lognormal, pareto, choice, empirical], {
    text: `distribution of ${quantityText(kind, bounds)}`,
    pick: raw => pick(kind, raw),
  }).meta({
    id: [
      'distribution',
      'of',
      kind,
      bounds.positive === true ? 'above-0' : '',
      bounds.unlimited === true ? 'or-unlimited' : '',
    ]
      .filter(part => part !== '')
      .join('-'),
  });
}

const built = new Map<string, ReturnType<typeof build>>();

/** Whether a schema, without its wrappers, is one of these. */
export function isDistribution(schema: z.core.$ZodType): boolean {
  return [...built.values()].some(one => one._zod.def === schema._zod.def);
}

/** The schema of a distribution of one kind of quantity; one and the same for the same kind and bounds. */
export function distribution(kind: QuantityKind, bounds: QuantityBounds = {}) {
  const key = JSON.stringify([kind, bounds.positive === true, bounds.unlimited === true]);
  const known = built.get(key) ?? build(kind, bounds);
  built.set(key, known);
  return known;
}
