import type { Fact, Profile } from '../profile.js';
import { instance, rate } from './instance.js';

const types = 'https://learn.microsoft.com/azure/virtual-machines/sizes/overview';
const network =
  'https://learn.microsoft.com/azure/virtual-machines/sizes/general-purpose/dsv5-series (and those of the other series)';
const burstable = 'https://learn.microsoft.com/azure/virtual-machines/sizes-b-series-burstable';
const prices =
  'https://github.com/Azure/karpenter-provider-azure/blob/main/pkg/providers/pricing/zz_generated.pricing.go (retail price API of Azure)';

type Row = readonly [name: string, vcpus: number, gib: number, egressGbps: number | null, usdPerHour: number];

const rows: readonly Row[] = [
  ['Standard_B2s', 2, 4, null, 0.0416],
  ['Standard_B2ms', 2, 8, null, 0.0832],
  ['Standard_D2s_v3', 2, 8, 1, 0.096],
  ['Standard_D2s_v5', 2, 8, 12.5, 0.096],
  ['Standard_D4s_v5', 4, 16, 12.5, 0.192],
  ['Standard_F2s_v2', 2, 4, 5, 0.0846],
  ['Standard_E2s_v5', 2, 16, 12.5, 0.126],
  ['Standard_D2s_v6', 2, 8, 12.5, 0.101],
];

/** Of one core, what credits pay for without end. */
const lasting: Readonly<Record<string, string>> = { Standard_B2s: '20%', Standard_B2ms: '30%' };

export const azureInstances: readonly Profile[] = rows.map(([name, vcpus, gib, egressGbps, usdPerHour]) => {
  const share = lasting[name];
  return instance(
    name,
    'Azure, eastus',
    {
      cores: {
        value: vcpus,
        kind: 'recalled',
        source: types,
        note: share === undefined ? 'vCPUs' : `vCPUs; only ${share} of each lasts, which is not simulated`,
      },
      memory: { value: `${gib}GiB`, kind: 'recalled', source: types },
      network:
        egressGbps === null
          ? undefined
          : {
              in: {
                value: rate(egressGbps * 1000),
                kind: 'estimate',
                source: network,
                note: 'only the direction out is metered; as fast as that',
              },
              out: { value: rate(egressGbps * 1000), kind: 'recalled', source: network },
            },
      price: {
        value: `${usdPerHour}/h`,
        kind: 'documented',
        source: prices,
        note: 'pay as you go, eastus, 2026-06-18',
      },
    },
    factsOf(share),
  );
});

function factsOf(share: string | undefined): Fact[] {
  if (share === undefined) return [];
  return [
    { name: 'share of each vCPU that lasts', value: share, kind: 'recalled', source: burstable },
    {
      name: 'network',
      value: 'not known',
      kind: 'estimate',
      source: 'no figure was found; the default of `server.network` holds',
    },
  ];
}
