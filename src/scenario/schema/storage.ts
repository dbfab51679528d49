/** The object storage. */
import { z } from 'zod';
import { profileKinds } from '../profiles/registry.js';
import { distribution } from './distribution.js';
import { field, maybe } from './form.js';
import { mostNames } from './names.js';
import { network, requestRate } from './network.js';
import { profiled, profileField } from './profiled.js';
import { name, quantity } from './values.js';

const fields = z
  .strictObject({
    profile: profileField(
      profileKinds.storage,
      'A named set of sourced values (see "Profiles"); any field beside it overrides the profile\'s.',
    ),
    network: field(
      network({
        value: 'unlimited',
        kind: 'documented',
        source: 'Amazon S3 documents no limit of a bucket in bytes per second',
      }),
      {},
      { description: 'Network of the storage: a rate for both directions, or a mapping.' },
    ),
    perConnection: field(quantity('rate', { positive: true, unlimited: true }), '90MB/s', {
      description: 'Payload rate of one connection to storage.',
      kind: 'documented',
      source: 'Amazon S3: 85-90 MB/s, stated for GET; for PUT an assumption',
    }),
    rtt: field(quantity('time'), '0s', {
      description: 'Round trip between server and storage.',
      kind: 'convention',
      source: 'contained in firstByte',
    }),
    firstByte: field(distribution('time'), '30ms', {
      description: 'From the last byte received to the answer.',
      kind: 'estimate',
      source: 'Amazon S3: "tens of milliseconds" in the median',
    }),
    requestRate: field(
      requestRate,
      {},
      {
        description: 'Requests that storage takes; above it, 503 slow-down.',
        kind: 'documented',
        source:
          'Amazon S3: 3,500 PUT per second and partitioned prefix; a burst of one second is an assumption',
      },
    ),
    price: maybe(
      quantity('price-of-requests'),
      'US dollars per request to storage that is not answered with a 503; costs are unknown without it.',
    ),
    buckets: maybe(
      z.array(name('a bucket name')).max(mostNames),
      'Buckets that exist. Default: those that uploads name.',
    ),
  })
  .meta({ id: 'storage' });

export const storage = profiled(fields, { profile: profileKinds.storage });
