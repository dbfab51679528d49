/** What is asked of the system: the uploads under study, and what else the servers have to do. */
import { z } from 'zod';
import { arrivals } from './arrivals.js';
import { distribution } from './distribution.js';
import { field, maybe } from './form.js';
import { nameChoice } from './names.js';
import { name } from './values.js';

const uploads = z.strictObject({
  arrivals: arrivals('uploads').meta({ description: 'When uploads begin.' }),
  size: maybe(
    distribution('size', { positive: true }),
    'Bytes of a file. Needed, unless a trace gives the sizes; where both stand, the trace holds.',
  ),
  bucket: field(nameChoice('a bucket name'), 'media-uploads', {
    description: 'The bucket that uploads ask for.',
    kind: 'convention',
    source: 'a name; one bucket for all uploads',
  }),
  file: field(nameChoice('a file name'), 'file.bin', {
    description: 'The name of the file in the bucket.',
    kind: 'convention',
    source: 'a name; nothing depends on it',
  }),
});

const background = z.strictObject({
  name: name('a name of these requests').meta({ description: 'Name of this class of requests, unique.' }),
  arrivals: arrivals('background').meta({ description: 'When requests arrive.' }),
  request: field(distribution('size'), '1KB', {
    description: 'Bytes of a request.',
    kind: 'estimate',
    source: 'a request line with its headers and cookies',
  }),
  response: field(distribution('size'), '20KB', {
    description: 'Bytes of an answer.',
    kind: 'estimate',
    source: 'a page of JSON',
  }),
  service: field(
    distribution('time'),
    { exponential: '5ms' },
    {
      description: 'Time that a request keeps its thread waiting (for a database, say); uses no CPU.',
      kind: 'estimate',
      source: 'one or two look-ups in a database of the same zone, about 3 ms each in the median',
    },
  ),
});

export const workload = z.strictObject({
  uploads: uploads.meta({ description: 'The uploads under study.' }),
  background: field(z.array(background).max(100), [], {
    description: 'Other requests that the same servers answer.',
    kind: 'convention',
    source: 'none unless asked for',
  }),
});
