import type { Profile } from '../profile.js';

const limits = 'https://developers.cloudflare.com/r2/platform/limits/';
const pricing = 'https://developers.cloudflare.com/r2/pricing/';

export const r2: Profile = {
  name: 'r2',
  summary: 'Cloudflare R2; its speed is not documented',
  values: {
    network: { value: 'unlimited', kind: 'estimate', source: 'no limit of a bucket was found' },
    perConnection: { value: '90MB/s', kind: 'estimate', source: 'no figure was found; that of Amazon S3' },
    rtt: {
      value: '0s',
      kind: 'convention',
      source: 'the round trip within a region is contained in firstByte',
    },
    firstByte: {
      value: { lognormal: { median: '30ms', cv: 0.6583 } },
      kind: 'estimate',
      source: 'no figure was found; the estimate for Amazon S3',
    },
    requestRate: { value: 'unlimited', kind: 'estimate', source: 'no limit for different keys was found' },
    price: { value: '4.5/million', kind: 'documented', source: pricing, note: 'class A operations' },
  },
  facts: [
    { name: 'writes to one key', value: '1/s', kind: 'recalled', source: limits },
    { name: 'longest life of a signed URL', value: '7d', kind: 'recalled', source: limits },
    { name: 'price of data out, US dollars per GB', value: 0, kind: 'documented', source: pricing },
  ],
};
