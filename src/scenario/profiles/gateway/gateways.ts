/** What gateways on the way to a server refuse or cut off. */
import type { Profile, Sourced } from '../profile.js';

const apiGateway = 'https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html';
const apiGatewayPrice = 'https://aws.amazon.com/api-gateway/pricing/';
const balancers =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html';
const idleOfBalancers =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/edit-load-balancer-attributes.html';
const lambdaTargets =
  'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html';
const lambda = 'https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html';
const payloads = 'https://www.devopsn.cloud/en/blogs/upload-files-to-s3-using-api-gateway';
const cloudflare413 =
  'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/4xx-client-error/error-413/';
const cloudflare524 =
  'https://developers.cloudflare.com/support/troubleshooting/http-status-codes/cloudflare-5xx-errors/error-524/';
const nginxCore = 'https://nginx.org/en/docs/http/ngx_http_core_module.html';
const nginxProxy = 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html';
const googleBackends = 'https://cloud.google.com/load-balancing/docs/backend-service';

const wholeBody: Sourced = {
  value: true,
  kind: 'recalled',
  source: apiGateway,
  note: 'the integration is called with the whole request',
};

const largestForApis: Sourced = {
  value: '10MB',
  kind: 'documented',
  source: apiGateway,
  note: '413 above it; cannot be raised',
};

const largestForFunctions: Sourced = {
  value: '4.5MB',
  kind: 'derived',
  source: payloads,
  note: '6 MB for a synchronous call, which carries a file in base64: 3 bytes in 4',
};

const forRestApis: Sourced = {
  value: '29s',
  kind: 'documented',
  source: apiGateway,
  note: 'the default maximum; may be raised for regional and private APIs since June 2024',
};

const priceOfBalancers = [
  { name: 'price of an hour, US dollars', value: 0.0225, kind: 'recalled', source: balancers },
  {
    name: 'price of a capacity unit and hour, US dollars',
    value: 0.008,
    kind: 'recalled',
    source: balancers,
    note: 'a unit is 1 GB per hour',
  },
] as const;

const priceOfRestApis = {
  name: 'price of a million requests, US dollars',
  value: 3.5,
  kind: 'recalled',
  source: apiGatewayPrice,
} as const;

const priceOfCalls = {
  name: 'price of a million calls, US dollars',
  value: 0.2,
  kind: 'published',
  source: 'https://webdevelop-pro.pages.dev/posts/02-serverless-upload-api (May 2026)',
} as const;

export const gateways: readonly Profile[] = [
  {
    name: 'aws-api-gateway-rest',
    summary: 'Amazon API Gateway, REST API',
    values: { maxBody: largestForApis, timeout: forRestApis, buffers: wholeBody },
    facts: [priceOfRestApis],
  },
  {
    name: 'aws-api-gateway-http',
    summary: 'Amazon API Gateway, HTTP API',
    values: {
      maxBody: largestForApis,
      timeout: { value: '30s', kind: 'documented', source: apiGateway, note: 'cannot be raised' },
      buffers: wholeBody,
    },
    facts: [
      {
        name: 'price of a million requests, US dollars',
        value: 1,
        kind: 'recalled',
        source: apiGatewayPrice,
      },
    ],
  },
  {
    name: 'aws-api-gateway-lambda',
    summary: 'AWS Lambda behind an Amazon API Gateway REST API',
    values: { maxBody: largestForFunctions, timeout: forRestApis, buffers: wholeBody },
    facts: [
      { name: 'largest body of a synchronous call', value: '6MB', kind: 'published', source: payloads },
      priceOfRestApis,
      priceOfCalls,
    ],
  },
  {
    name: 'aws-lambda',
    summary: 'AWS Lambda behind a function URL',
    values: {
      maxBody: largestForFunctions,
      timeout: {
        value: '15m',
        kind: 'recalled',
        source: lambda,
        note: 'the most that a function may run; its own timeout is 3 s until it is raised',
      },
      buffers: { ...wholeBody, source: lambda, note: 'a function is called with the whole request' },
    },
    facts: [
      { name: 'largest body of a synchronous call', value: '6MB', kind: 'published', source: payloads },
      priceOfCalls,
    ],
  },
  {
    name: 'aws-alb',
    summary: 'AWS Application Load Balancer',
    values: {
      idle: {
        value: '60s',
        kind: 'documented',
        source: idleOfBalancers,
        note: 'the default; 1 s to 4,000 s (recalled)',
      },
    },
    facts: priceOfBalancers,
  },
  {
    name: 'aws-alb-lambda',
    summary: 'AWS Lambda behind an Application Load Balancer',
    values: {
      maxBody: { value: '1MB', kind: 'documented', source: lambdaTargets, note: '413 above it' },
      idle: { value: '60s', kind: 'documented', source: idleOfBalancers },
      buffers: { ...wholeBody, source: lambdaTargets, note: 'a function is called with the whole request' },
    },
    facts: [...priceOfBalancers, priceOfCalls],
  },
  {
    name: 'aws-nlb',
    summary: 'AWS Network Load Balancer',
    values: {
      idle: {
        value: '350s',
        kind: 'recalled',
        source: 'https://docs.aws.amazon.com/elasticloadbalancing/latest/network/network-load-balancers.html',
        note: 'it forgets the connection instead of answering',
      },
    },
    facts: [],
  },
  {
    name: 'gcp-alb',
    summary: 'Google Cloud Application Load Balancer',
    values: {
      timeout: {
        value: '30s',
        kind: 'documented',
        source: googleBackends,
        note: 'of a backend service, the default: the whole request with its body and the answer (recalled)',
      },
    },
    facts: [],
  },
  {
    name: 'nginx-proxy',
    summary: 'nginx as a reverse proxy, as it is installed',
    values: {
      maxBody: {
        value: '1MiB',
        kind: 'documented',
        source: nginxCore,
        note: 'client_max_body_size: 413 above it until it is raised',
      },
      timeout: {
        value: '60s',
        kind: 'documented',
        source: nginxProxy,
        note: 'proxy_read_timeout: between two reads from the server, which answers in one piece here',
      },
      buffers: { value: true, kind: 'documented', source: nginxProxy, note: 'proxy_request_buffering' },
    },
    facts: [
      {
        name: 'client_body_timeout',
        value: '60s',
        kind: 'documented',
        source: nginxCore,
        note: 'between two reads; clients of a fluid network never stop sending',
      },
    ],
  },
  ...(
    [
      ['cloudflare', 'Cloudflare, Free and Pro', '100MB', 'cannot be raised'],
      ['cloudflare-business', 'Cloudflare, Business', '200MB', 'cannot be raised'],
      ['cloudflare-enterprise', 'Cloudflare, Enterprise', '500MB', 'the default; may be raised'],
    ] as const
  ).map(
    ([name, summary, value, note]): Profile => ({
      name,
      summary,
      values: {
        maxBody: { value, kind: 'documented', source: cloudflare413, note },
        timeout: {
          value: '100s',
          kind: 'recalled',
          source: cloudflare524,
          note: 'until the server answers; its code is 524',
        },
        buffers: {
          value: true,
          kind: 'recalled',
          source: 'https://developers.cloudflare.com/',
          note: 'requests are passed on whole by default',
        },
      },
      facts: [],
    }),
  ),
];
