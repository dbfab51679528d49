import type { Profile } from '../profile.js';

const rates = 'https://cloud.google.com/storage/docs/request-rate';

export const gcsStandard: Profile = {
  name: 'gcs-standard',
  summary: 'Google Cloud Storage, Standard, a new bucket',
  values: {
    network: { value: 'unlimited', kind: 'estimate', source: 'no limit of a bucket was found' },
    perConnection: { value: '90MB/s', kind: 'estimate', source: 'no figure was found; that of Amazon S3' },
    rtt: {
      value: '0s',
      kind: 'convention',
      source: 'the round trip within a region is contained in firstByte',
    },
    firstByte: {
      value: { lognormal: { median: '50ms', cv: 0.6583 } },
      kind: 'estimate',
      source: 'no figure was found; small writes are somewhat slower than on Amazon S3',
    },
    requestRate: {
      value: { rate: '1000/s', burst: 1000 },
      kind: 'documented',
      source: rates,
      note: 'writes per second of a new bucket; it may double every 20 minutes (which is not simulated); the burst is an assumption: one second',
    },
    price: {
      value: '5/million',
      kind: 'recalled',
      source: 'https://cloud.google.com/storage/pricing',
      note: '0.005 for 1,000 class A operations',
    },
  },
  facts: [
    {
      name: 'longest life of a signed URL',
      value: '7d',
      kind: 'recalled',
      source: 'https://cloud.google.com/storage/docs/access-control/signed-urls',
    },
    {
      name: 'writes to one object',
      value: '1/s',
      kind: 'published',
      source: 'https://github.com/nteract/papermill/issues/312 (quotes the vendor)',
    },
    {
      name: 'largest object',
      value: '5TiB',
      kind: 'recalled',
      source: 'https://cloud.google.com/storage/quotas',
    },
  ],
};
