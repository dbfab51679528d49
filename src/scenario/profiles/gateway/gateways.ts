/** What gateways on the way to a server refuse or cut off: nothing simulates them yet, but it decides designs. */
import type { Profile } from '../profile.js';

const apiGateway = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html';
const balancers =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html';
const cloudflare413 =
  'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/4xx-client-error/error-413/';

export const gateways: readonly Profile[] = [
  {
    name: 'aws-api-gateway',
    summary: 'Amazon API Gateway',
    values: {},
    facts: [
      { name: 'largest body', value: '10MB', kind: 'documented', source: apiGateway, note: '413 above it' },
      {
        name: 'time for an answer, REST API',
        value: '29s',
        kind: 'documented',
        source: apiGateway,
        note: '504 after it; may be raised for regional and private APIs since 2024 (recalled)',
      },
      { name: 'time for an answer, HTTP API', value: '30s', kind: 'documented', source: apiGateway },
      {
        name: 'price of a million requests, REST API, US dollars',
        value: 3.5,
        kind: 'recalled',
        source: 'https://aws.amazon.com/api-gateway/pricing/',
      },
      {
        name: 'price of a million requests, HTTP API, US dollars',
        value: 1,
        kind: 'recalled',
        source: 'https://aws.amazon.com/api-gateway/pricing/',
      },
    ],
  },
  {
    name: 'aws-lambda',
    summary: 'AWS Lambda behind a URL or a gateway',
    values: {},
    facts: [
      {
        name: 'largest body of a synchronous call',
        value: '6MB',
        kind: 'published',
        source: 'https://www.devopsn.cloud/en/blogs/upload-files-to-s3-using-api-gateway',
        note: 'a body in base64 leaves about 4.5 MB for a file (derived)',
      },
      {
        name: 'price of a million calls, US dollars',
        value: 0.2,
        kind: 'published',
        source: 'https://webdevelop-pro.pages.dev/posts/02-serverless-upload-api (May 2026)',
      },
    ],
  },
  {
    name: 'aws-alb',
    summary: 'AWS Application Load Balancer',
    values: {},
    facts: [
      { name: 'longest silence', value: '60s', kind: 'recalled', source: balancers },
      { name: 'price of an hour, US dollars', value: 0.0225, kind: 'recalled', source: balancers },
      {
        name: 'price of a capacity unit and hour, US dollars',
        value: 0.008,
        kind: 'recalled',
        source: balancers,
        note: 'a unit is 1 GB per hour',
      },
    ],
  },
  {
    name: 'aws-nlb',
    summary: 'AWS Network Load Balancer',
    values: {},
    facts: [{ name: 'longest silence', value: '350s', kind: 'recalled', source: balancers }],
  },
  {
    name: 'cloudflare',
    summary: 'Cloudflare in front of a server',
    values: {},
    facts: [
      { name: 'largest upload, Free and Pro', value: '100MB', kind: 'documented', source: cloudflare413 },
      { name: 'largest upload, Business', value: '200MB', kind: 'documented', source: cloudflare413 },
      {
        name: 'largest upload, Enterprise',
        value: '500MB',
        kind: 'documented',
        source: cloudflare413,
        note: 'the default; may be raised',
      },
    ],
  },
];
