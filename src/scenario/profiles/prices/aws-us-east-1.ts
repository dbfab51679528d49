import type { Profile } from '../profile.js';

const network = 'https://aws.amazon.com/vpc/pricing/ (from a secondary page)';
const bucket = 'https://aws.amazon.com/s3/pricing/ (from a secondary page)';
const balancers = 'https://aws.amazon.com/elasticloadbalancing/pricing/';

export const awsUsEast1: Profile = {
  name: 'aws-us-east-1',
  summary: 'Amazon, us-east-1: servers in private subnets of two zones, behind a load balancer and NAT',
  values: {
    ingress: { value: '0/GB', kind: 'published', source: bucket },
    nat: {
      value: '0.045/GB',
      kind: 'published',
      source: network,
      note: 'a gateway endpoint for S3 costs nothing: 0/GB',
    },
    'crossZone.price': { value: '0.01/GB', kind: 'published', source: network, note: 'each way' },
    'crossZone.share': {
      value: '50%',
      kind: 'estimate',
      source: 'of two zones, half of the bytes come in by the other one; 0% if routing stays within a zone',
    },
    'loadBalancer.hour': { value: '0.0225/h', kind: 'recalled', source: balancers },
    'loadBalancer.processed': {
      value: '0.008/GB',
      kind: 'recalled',
      source: balancers,
      note: 'an LCU-hour, of which 1 GB is one; 25 new connections a second and 3,000 open ones are one, too, and count where they need more',
    },
  },
  facts: [
    {
      name: 'price of an hour of a NAT gateway, US dollars',
      value: 0.045,
      kind: 'published',
      source: network,
      note: 'not counted: it is there for other traffic as well',
    },
    {
      name: 'price of transfer acceleration, US dollars per GB in',
      value: '0.04 to 0.08',
      kind: 'published',
      source: bucket,
      note: 'prices.acceleration, where it is used',
    },
  ],
};
