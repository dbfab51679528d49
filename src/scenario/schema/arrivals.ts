/** When jobs arrive: all at once, at random, at a rate, from users who think, or as a trace says. */
import { z } from 'zod';
import { nearest } from '../nearest.js';
import { either, quoted } from '../text.js';
import type { Arrivals } from '../types.js';
import { currentFiles } from './context.js';
import { distribution } from './distribution.js';
import { Complaint, field, isMapping, oneOf, typeName } from './form.js';
import { filePath, number, quantity, word } from './values.js';

/** Jobs of one class in one run. */
export const mostJobs = 1e8;

const forms = [
  '{count, at}',
  '{count, over}',
  '{rate, for}',
  '{rate: [{until, rate}, ...]}',
  '{users, think, for}',
  '{trace: FILE.csv}',
];

const keys = ['count', 'at', 'over', 'rate', 'for', 'process', 'users', 'think', 'trace'];

/** Which form was meant, as an index into `forms`. */
function pick(raw: unknown): number | Complaint {
  const allowed = `one of ${either(forms)}`;
  if (raw === undefined) return new Complaint('missing', 'missing', allowed);
  if (raw === null) return new Complaint('empty', 'has no value', allowed);
  if (!isMapping(raw)) return new Complaint('type', `${typeName(raw)} stands here`, allowed);
  const has = (key: string) => Object.hasOwn(raw, key);
  const leading = ['trace', 'users', 'rate', 'count'].filter(has);
  if (leading.length > 1)
    return new Complaint(
      'forms',
      `${either(leading).replace(' or ', ' and ')} cannot stand together`,
      allowed,
    );
  switch (leading[0]) {
    case 'trace':
      return 5;
    case 'users':
      return 4;
    case 'rate':
      return Array.isArray(raw.rate) ? 3 : 2;
    case 'count':
      if (has('at') && has('over'))
        return new Complaint('forms', 'at and over cannot stand together', '{count, at} or {count, over}');
      return has('over') ? 1 : 0;
    default: {
      const unknown = Object.keys(raw).find(key => !keys.includes(key));
      if (unknown === undefined)
        return new Complaint('forms', 'count, rate, users or trace is missing', allowed);
      const near = nearest(unknown, keys);
      const hint = near === undefined ? '' : ` (did you mean ${near}?)`;
      return new Complaint('unknown-key', `${quoted(unknown)} is not a key of arrivals${hint}`, allowed, [
        unknown,
      ]);
    }
  }
}

type Draft = { readonly arrivals: Arrivals; readonly expected: number; readonly at: readonly string[] };

/** Refuses more jobs than a run can hold, and none at all. */
function counted({ arrivals, expected, at }: Draft, context: z.core.$RefinementCtx): Arrivals {
  if (expected <= mostJobs && expected > 0) return arrivals;
  const complaint =
    expected > 0
      ? new Complaint(
          'range',
          `this makes ${expected.toPrecision(3)} arrivals`,
          `at most ${mostJobs} in all`,
          at,
        )
      : new Complaint('range', 'nothing ever arrives', 'a rate above 0/s in one piece at least', at);
  context.issues.push({ code: 'custom', input: context.value, path: [...at], params: { complaint } });
  return z.NEVER;
}

const count = number({ least: 1, most: mostJobs, integer: true }).meta({ description: 'How many.' });
const span = quantity('time', { positive: true });
const rate = quantity('frequency', { positive: true });

const burst = z
  .strictObject({
    count,
    at: field(quantity('time'), '0s', {
      description: 'The instant at which all arrive.',
      kind: 'convention',
      source: 'the start of the clock',
    }),
  })
  .transform(({ count, at }): Arrivals => ({ kind: 'burst', count, at }))
  .meta({ description: 'All at one instant.' });

const spread = z
  .strictObject({
    count,
    over: quantity('time').meta({
      description: 'They arrive within this time, each at a uniformly random instant.',
    }),
  })
  .transform(({ count, over }): Arrivals => ({ kind: 'spread', count, over }))
  .meta({ description: 'Uniform at random over a span.' });

const steady = z
  .strictObject({
    rate: rate.meta({ description: 'Mean number per time.' }),
    for: span.meta({ description: 'How long they keep coming.' }),
    process: field(word(['poisson', 'constant']), 'poisson', {
      description: '`poisson`: independent of each other; `constant`: evenly spaced.',
      kind: 'convention',
      source: 'many independent clients',
    }),
  })
  .transform((form, context) => {
    const expected = form.rate * form.for;
    const arrivals: Arrivals =
      form.process === 'constant'
        ? { kind: 'constant', rate: form.rate, for: form.for }
        : { kind: 'poisson', pieces: [{ until: form.for, rate: form.rate }] };
    return counted({ arrivals, expected, at: ['rate'] }, context);
  })
  .meta({ description: 'At a rate.' });

const piece = z.strictObject({
  until: span.meta({ description: 'The instant at which this piece ends.' }),
  rate: quantity('frequency').meta({ description: 'Mean number per time; may be `0/s`.' }),
});

const piecewise = z
  .strictObject({
    rate: z
      .array(piece)
      .min(1)
      .max(100_000)
      .meta({ description: 'Pieces in order; each begins where the one before ends, the first at 0s.' }),
  })
  .transform(({ rate: pieces }, context) => {
    let before = 0;
    let expected = 0;
    for (const [index, { until, rate }] of pieces.entries()) {
      if (until <= before) {
        const complaint = new Complaint(
          'range',
          'this piece does not end after the one before it',
          '`until` of each piece above the last',
        );
        context.issues.push({
          code: 'custom',
          input: pieces,
          path: ['rate', index, 'until'],
          params: { complaint },
        });
        return z.NEVER;
      }
      expected += (until - before) * rate;
      before = until;
    }
    return counted({ arrivals: { kind: 'poisson', pieces }, expected, at: ['rate'] }, context);
  })
  .meta({ description: 'At a rate that changes in steps (Poisson).' });

const closed = z
  .strictObject({
    users: number({ least: 1, most: mostJobs, integer: true }).meta({
      description: 'How many, each with one job at a time.',
    }),
    think: distribution('time').meta({ description: 'Pause before each job of a user.' }),
    for: span.meta({ description: 'No job begins after this.' }),
  })
  .transform(({ users, think, for: until }): Arrivals => ({ kind: 'closed', users, think, for: until }))
  .meta({ description: 'A closed loop of users who think, then act.' });

function trace(use: 'uploads' | 'background') {
  return z
    .strictObject({
      trace: filePath('a trace CSV').meta({ description: 'A CSV with one row per job, see "Trace CSV".' }),
    })
    .transform(({ trace: path }, context): Arrivals => {
      const read = currentFiles().trace(path, use);
      if (!(read instanceof Complaint)) return { kind: 'trace', trace: read };
      context.issues.push({ code: 'custom', input: path, path: ['trace'], params: { complaint: read } });
      return z.NEVER;
    })
    .meta({ description: 'As recorded.' });
}

/** The schema of arrivals; what columns a trace may have depends on the use. */
export function arrivals(use: 'uploads' | 'background') {
  return oneOf([burst, spread, steady, piecewise, closed, trace(use)], { text: 'arrivals', pick });
}
