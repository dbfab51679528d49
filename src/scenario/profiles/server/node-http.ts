import type { Fact, Profile } from '../profile.js';
import { backlog, baseMemory, measuredCpu, threads } from './node.js';

const http = 'https://nodejs.org/docs/latest-v20.x/api/http.html';

/** Of every server that Node's http module makes. */
export const httpFacts: readonly Fact[] = [
  {
    name: 'requestTimeout',
    value: '300s',
    kind: 'documented',
    source: http,
    note: 'the whole request has to arrive in this time, else 408; checked every 30 s; a file of 187 MB over 5 Mbps meets it; not simulated',
  },
  { name: 'headersTimeout', value: '60s', kind: 'documented', source: http },
  {
    name: 'keepAliveTimeout',
    value: '5s',
    kind: 'documented',
    source: http,
    note: 'shorter than the 60 s of an AWS load balancer, which leads to 502',
  },
  {
    name: 'processes',
    value: 'one for each core',
    kind: 'recalled',
    source: http,
    note: 'a process uses one core; cluster or PM2 start one for each',
  },
];

export const nodeHttp: Profile = {
  name: 'node-http',
  summary: 'Node 20, http module, piping bodies',
  values: {
    threads,
    backlog,
    baseMemory,
    ...measuredCpu('1.36ms', '4.95ms', 'a body piped to storage'),
  },
  facts: [
    ...httpFacts,
    {
      name: 'connections to storage',
      value: 'unlimited',
      kind: 'documented',
      source: http,
      note: 'maxSockets of the global agent; `upstreamConnections` of proxy-buffered',
    },
    {
      name: 'buffer of a stream',
      value: '16KiB',
      kind: 'measured',
      source: 'measured for this project on Node 20',
    },
  ],
};
