import type { Fact, Profile, Sourced } from '../profile.js';
import { instance, rate } from './instance.js';

const types = 'https://aws.amazon.com/ec2/instance-types/';
const network = 'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-instance-network-bandwidth.html';
const baselines =
  'https://github.com/aws/karpenter-provider-aws/blob/main/pkg/providers/instancetype/zz_generated.bandwidth.go (made from the AWS documentation)';
const prices =
  'https://github.com/aws/karpenter-provider-aws/blob/main/pkg/providers/pricing/zz_generated.pricing_aws.go (price API of AWS)';
const credits =
  'https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/burstable-credits-baseline-concepts.html';
const observed = 'https://threadreaderapp.com/thread/1120171727399448576.html (2019, downloads from S3)';

type Row = readonly [
  name: string,
  vcpus: number,
  gib: number,
  baselineMbps: number,
  burstGbps: number,
  usdPerHour: number,
];

const rows: readonly Row[] = [
  ['t3.micro', 2, 1, 64, 5, 0.0104],
  ['t3.small', 2, 2, 128, 5, 0.0208],
  ['t3.medium', 2, 4, 256, 5, 0.0416],
  ['t3.large', 2, 8, 512, 5, 0.0832],
  ['t4g.medium', 2, 4, 256, 5, 0.0336],
  ['m5.large', 2, 8, 750, 10, 0.096],
  ['m5.xlarge', 4, 16, 1250, 10, 0.192],
  ['m6i.large', 2, 8, 781, 12.5, 0.096],
  ['m6i.xlarge', 4, 16, 1562, 12.5, 0.192],
  ['m6i.2xlarge', 8, 32, 3125, 12.5, 0.384],
  ['m7i.large', 2, 8, 781, 12.5, 0.1008],
  ['m7g.large', 2, 8, 937, 12.5, 0.0816],
  ['m8g.large', 2, 8, 937, 12.5, 0.08976],
  ['c5.large', 2, 4, 750, 10, 0.085],
  ['c6i.large', 2, 4, 781, 12.5, 0.085],
  ['c6i.xlarge', 4, 8, 1562, 12.5, 0.17],
  ['c6in.large', 2, 4, 3125, 25, 0.1134],
  ['c6in.xlarge', 4, 8, 6250, 30, 0.2268],
  ['c6in.2xlarge', 8, 16, 12500, 40, 0.4536],
  ['c7gn.medium', 1, 2, 3125, 25, 0.0624],
  ['c7gn.large', 2, 4, 6250, 30, 0.1248],
  ['c7gn.xlarge', 4, 8, 12500, 40, 0.2496],
  ['c8gn.large', 2, 4, 6250, 30, 0.1185],
  ['r6i.large', 2, 16, 781, 12.5, 0.126],
];

/** The share of each vCPU that credits pay for without end. */
const lasting: Readonly<Record<string, string>> = {
  't3.micro': '10%',
  't3.small': '20%',
  't3.medium': '20%',
  't3.large': '30%',
  't4g.medium': '20%',
};

const steady: readonly Profile[] = rows.map(([name, vcpus, gib, baselineMbps, burstGbps, usdPerHour]) => {
  const share = lasting[name];
  const direction: Sourced = {
    value: rate(baselineMbps),
    kind: 'documented',
    source: baselines,
    note: 'the baseline, which lasts, in each direction',
  };
  return instance(
    name,
    'AWS, us-east-1',
    {
      cores: {
        value: vcpus,
        kind: 'recalled',
        source: types,
        note:
          share === undefined
            ? 'vCPUs'
            : `vCPUs; only ${share} of each lasts without extra cost, which is neither simulated nor charged`,
      },
      memory: { value: `${gib}GiB`, kind: 'recalled', source: types },
      network: { in: direction, out: direction },
      price: {
        value: `${usdPerHour}/h`,
        kind: 'documented',
        source: prices,
        note: 'on demand, us-east-1, 2026-07-20',
      },
    },
    factsOf(name, burstGbps, share),
  );
});

/** What was seen of them: 6 Gbps for 7 minutes, then 0.6 Gbps. */
const seenBursting = ['m5.large', 'c5.large'];

/** Whoever wants the burst asks for it: all others last for as long as one likes. */
const bursting: readonly Profile[] = steady
  .filter(({ name }) => seenBursting.includes(name))
  .map(({ name, summary, values, facts }) => ({
    name: `${name}-burst`,
    summary: `${summary}, with its burst credit`,
    values: {
      ...values,
      'network.burst': {
        value: { rate: '6Gbps', credit: '283.5GB' },
        kind: 'published',
        source: observed,
        note: '6 Gbps for 7 minutes, then 0.6 Gbps: (6 - 0.6) Gbps x 420 s; full at launch, apart for in and out (documented); best effort',
      },
    },
    facts,
  }));

export const awsInstances: readonly Profile[] = [...steady, ...bursting];

function factsOf(name: string, burstGbps: number, share: string | undefined): Fact[] {
  const facts: Fact[] = [
    {
      name: 'network burst, up to',
      value: `${burstGbps}Gbps`,
      kind: 'recalled',
      source: types,
      note: 'best effort, for 5 to 60 minutes (documented) from credits that are full at launch, apart for in and out: a short test overstates what lasts',
    },
    {
      name: 'to and from the internet',
      value: '5Gbps',
      kind: 'documented',
      source: network,
      note: 'in all, below 32 vCPUs; within the region, S3 included, there is no such limit',
    },
    { name: 'one flow', value: '5Gbps', kind: 'documented', source: network },
  ];
  if (name === 'm5.large' || name === 'c5.large') {
    facts.push({
      name: 'observed',
      value: '6 Gbps for 7 minutes, then 0.6 Gbps',
      kind: 'published',
      source: observed,
    });
  }
  if (share !== undefined)
    facts.push({ name: 'share of each vCPU that lasts', value: share, kind: 'recalled', source: credits });
  return facts;
}
