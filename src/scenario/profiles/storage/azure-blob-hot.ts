import type { Profile } from '../profile.js';

const account =
  'https://learn.microsoft.com/azure/storage/common/scalability-targets-standard-account (text of May 2020)';
const blobs = 'https://learn.microsoft.com/azure/storage/blobs/scalability-targets';

export const azureBlobHot: Profile = {
  name: 'azure-blob-hot',
  summary: 'Azure Blob Storage, hot tier, one account',
  values: {
    network: {
      // A quota counts bytes of data and drops nothing: no framing, no standing queue.
      value: { in: '25Gbps', out: '50Gbps', efficiency: 1, queue: '0s' },
      kind: 'documented',
      source: account,
      note: 'of an account in the US or Europe; larger regions have 60 Gbps in and 200 Gbps out today (recalled)',
    },
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
    requestRate: {
      value: { rate: '20000/s', burst: 20000 },
      kind: 'documented',
      source: account,
      note: 'of an account; 40,000/s in larger regions today (recalled); the burst is an assumption: one second',
    },
    price: {
      value: '5/million',
      kind: 'recalled',
      source: 'https://azure.microsoft.com/pricing/details/storage/blobs/',
      note: '0.05 for 10,000 writes',
    },
  },
  facts: [
    { name: 'largest single PUT', value: '5000MiB', kind: 'documented', source: blobs },
    { name: 'largest block', value: '4000MiB', kind: 'documented', source: blobs },
    { name: 'most blocks', value: 50_000, kind: 'documented', source: blobs },
    {
      name: 'longest life of a user delegation SAS',
      value: '7d',
      kind: 'recalled',
      source: 'https://learn.microsoft.com/azure/storage/common/storage-sas-overview',
    },
  ],
};
