import type { Fact, Profile } from '../profile.js';
import { instance, rate } from './instance.js';

const types = 'https://cloud.google.com/compute/docs/general-purpose-machines';
const network = 'https://cloud.google.com/compute/docs/network-bandwidth';
const prices =
  'https://github.com/cloudpilot-ai/karpenter-provider-gcp/blob/main/pkg/providers/pricing/initial-prices.json (list prices)';

type Row = readonly [name: string, cores: number, gib: number, egressGbps: number, usdPerHour: number];

const rows: readonly Row[] = [
  ['e2-medium', 1, 4, 2, 0.03350571],
  ['e2-standard-2', 2, 8, 4, 0.06701142],
  ['e2-standard-4', 4, 16, 8, 0.13402284],
  ['n2-standard-2', 2, 8, 10, 0.097118],
  ['n2-standard-4', 4, 16, 10, 0.194236],
  ['n2d-standard-2', 2, 8, 10, 0.084492],
  ['n4-standard-2', 2, 8, 10, 0.0907],
  ['c3-standard-4', 4, 16, 23, 0.201608],
];

const facts: readonly Fact[] = [
  { name: 'out to external addresses', value: '7Gbps', kind: 'recalled', source: network },
];

export const gcpInstances: readonly Profile[] = rows.map(([name, cores, gib, egressGbps, usdPerHour]) =>
  instance(
    name,
    'Google Cloud, us-central1',
    {
      cores: {
        value: cores,
        kind: 'recalled',
        source: types,
        note: name === 'e2-medium' ? 'two shared vCPUs, half of each' : 'vCPUs',
      },
      memory: { value: `${gib}GiB`, kind: 'recalled', source: types },
      network: {
        in: {
          value: rate(egressGbps * 1000),
          kind: 'estimate',
          source: network,
          note: 'no type limits it; as fast as the direction out',
        },
        out: {
          value: rate(egressGbps * 1000),
          kind: 'recalled',
          source: network,
          note: 'the limit of this type; it lasts, there are no credits',
        },
      },
      price: {
        value: `${usdPerHour}/h`,
        kind: 'documented',
        source: prices,
        note: 'on demand, us-central1, 2026-08-06',
      },
    },
    facts,
  ),
);
