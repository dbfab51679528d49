/** How long the connections of a class of clients last. */
import { z } from 'zod';
import { readQuantity } from '../../units.js';
import { quoted } from '../text.js';
import type { ConnectionLife } from '../types.js';
import { Complaint, field, leaf, notOneValue } from './form.js';

const needed = 'a time (2m) or a size (1GB) above 0 is needed, or unlimited';
const forever = Number.POSITIVE_INFINITY;

const every = leaf(
  (raw): ConnectionLife | Complaint => {
    const wrong = notOneValue(raw, needed);
    if (wrong !== undefined) return wrong;
    const text = String(raw);
    if (text === 'unlimited') return { seconds: forever, bytes: forever };
    const time = readQuantity('time', text);
    const size = readQuantity('size', text);
    if ((time.ok && time.value === 0) || (size.ok && size.value === 0)) {
      return new Complaint('range', `${quoted(text)} is 0`, needed);
    }
    if (time.ok) return { seconds: time.value, bytes: forever };
    if (size.ok) return { seconds: forever, bytes: size.value };
    // Whichever reading recognised the unit knows better what is wrong.
    const { code, what } = time.code === 'other-kind' || time.code === 'unknown-unit' ? size : time;
    return new Complaint(code, what.startsWith('"') ? what : quoted(text), needed);
  },
  {
    text: 'time > 0 or size > 0, or `unlimited`',
    amount: {},
    json: { type: 'string', examples: ['2m', '1GB', 'unlimited'] },
  },
);

export const drops = z
  .strictObject({
    every: field(every, 'unlimited', {
      description:
        'Mean between two breaks, exponential: a time for which a connection of an upload is open, or bytes of the file that it carries.',
      kind: 'convention',
      source: 'connections last',
    }),
  })
  .transform(({ every: life }) => life);
