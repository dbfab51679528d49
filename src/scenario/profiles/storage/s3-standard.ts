import type { Profile } from '../profile.js';

const performance = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance.html';
const patterns =
  'https://docs.aws.amazon.com/AmazonS3/latest/userguide/optimizing-performance-design-patterns.html';
const quotas = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html';
const presigned = 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html';

export const s3Standard: Profile = {
  name: 's3-standard',
  summary: 'Amazon S3 Standard, within one region',
  values: {
    network: {
      value: 'unlimited',
      kind: 'estimate',
      source: performance,
      note: 'S3 documents no limit of a bucket in bytes per second, only of requests and connections',
    },
    perConnection: {
      value: '90MB/s',
      kind: 'documented',
      source: patterns,
      note: '85-90 MB/s, stated for GET within a region; that a PUT reaches the same is an assumption',
    },
    rtt: {
      value: '0s',
      kind: 'convention',
      source: 'the round trip within a region is contained in firstByte',
    },
    firstByte: {
      // A lognormal of sigma 0.6 has this coefficient of variation: sqrt(exp(0.6^2) - 1).
      value: { lognormal: { median: '30ms', cv: 0.6583 } },
      kind: 'estimate',
      source:
        'https://docs.aws.amazon.com/whitepapers/latest/s3-optimizing-performance-best-practices/timeouts-and-retries-for-latency-sensitive-applications.html',
      note: 'chosen to satisfy both statements of the vendor: tens of ms in the median, 100-200 ms for consistent first bytes; p99 is 121 ms',
    },
    requestRate: {
      value: { rate: '3500/s', burst: 3500 },
      kind: 'documented',
      source: performance,
      note: 'PUT, COPY, POST and DELETE per partitioned prefix; above it 503 SlowDown until the prefix is split (30-60 min); the burst is an assumption: one second',
    },
    price: {
      value: '5/million',
      kind: 'published',
      source: 'https://aws.amazon.com/s3/pricing/ (us-east-1, from a secondary page)',
      note: '0.005 for 1,000 PUT, COPY, POST or LIST requests',
    },
  },
  facts: [
    {
      name: 'largest single PUT',
      value: '5GB',
      kind: 'recalled',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_PutObject.html',
    },
    {
      name: 'longest life of a signed URL',
      value: '7d',
      kind: 'documented',
      source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/PresignedUrlUploadObject.html',
    },
    {
      name: 'expiry is checked',
      value: 'when the request arrives',
      kind: 'documented',
      source: presigned,
      note: 'stated for downloads; uploads by analogy',
    },
    { name: 'smallest part of a multipart upload', value: '5MiB', kind: 'documented', source: quotas },
    { name: 'most parts of a multipart upload', value: 10_000, kind: 'documented', source: quotas },
    {
      name: 'price of data in, US dollars per GB',
      value: 0,
      kind: 'published',
      source: 'https://aws.amazon.com/s3/pricing/ (from a secondary page)',
    },
  ],
};
