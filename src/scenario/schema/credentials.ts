/** When the credentials end with which URLs are signed: those of a role do, and no URL outlives them. */
import { z } from 'zod';
import type { CredentialsEnd } from '../types.js';
import { Complaint, completed, field, isMapping, maybe, oneOf } from './form.js';
import { quantity } from './values.js';

const renewed = completed(
  z.strictObject({
    every: quantity('time', { positive: true }).meta({
      description: 'New credentials end so long after those before them.',
    }),
    first: maybe(quantity('time'), 'When the first ones end, on the clock of the scenario; default `every`.'),
    ahead: field(quantity('time'), '0s', {
      description: 'The servers take the next ones so long before the end.',
      kind: 'convention',
      source: 'the hardest case; those of an EC2 instance are there 5 minutes before the end',
    }),
  }),
  raw => ({ ...raw, first: raw.first ?? raw.every }),
).transform(({ every, first = every, ahead }, context): CredentialsEnd => {
  if (ahead < every) return { first, every, ahead };
  const complaint = new Complaint('range', 'they are renewed before they begin', 'ahead < every', ['ahead']);
  context.issues.push({ code: 'custom', input: ahead, path: ['ahead'], params: { complaint } });
  return z.NEVER;
});

const once = quantity('time', { unlimited: true }).transform((first): CredentialsEnd | null =>
  first === Number.POSITIVE_INFINITY ? null : { first, every: Number.POSITIVE_INFINITY, ahead: 0 },
);

/** One instant at which they end for good, or a period in which they are renewed. */
export const credentialsEnd = oneOf([once, renewed], {
  text: 'time or `unlimited`, or `{every, first, ahead}`',
  pick: raw => (isMapping(raw) ? 1 : 0),
  expand: raw => raw,
});
