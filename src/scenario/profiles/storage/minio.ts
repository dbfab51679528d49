import type { Profile } from '../profile.js';

const thresholds = 'https://min.io/docs/minio/linux/operations/concepts/thresholds.html';

export const minio: Profile = {
  name: 'minio',
  summary: 'MinIO on a host of your own, without quotas',
  values: {
    network: {
      value: { in: '10Gbps', out: '10Gbps', queue: '50ms' },
      kind: 'estimate',
      source: 'a host with a 10 Gbit/s interface and ordinary buffers; put your own here',
    },
    perConnection: {
      value: 'unlimited',
      kind: 'estimate',
      source: 'no quota; one connection can fill the interface',
    },
    rtt: {
      value: '0s',
      kind: 'convention',
      source: 'the round trip within a data centre is contained in firstByte',
    },
    firstByte: {
      value: { lognormal: { median: '10ms', cv: 0.6583 } },
      kind: 'estimate',
      source: 'no figure was found; writing to a disk in the same data centre',
    },
    requestRate: { value: 'unlimited', kind: 'estimate', source: 'no quota' },
    price: {
      value: '0/million',
      kind: 'convention',
      source: 'nobody bills requests to a host of your own; what the host costs is not counted',
    },
  },
  facts: [
    {
      name: 'largest object',
      value: '5TiB',
      kind: 'recalled',
      source: thresholds,
      note: '50 TiB in newer versions',
    },
    { name: 'longest life of a signed URL', value: '7d', kind: 'recalled', source: thresholds },
  ],
};
