import type { Profile } from '../profile.js';
import { nodesCpu } from './node.js';

const core = 'https://nginx.org/en/docs/http/ngx_http_core_module.html';
const proxy = 'https://nginx.org/en/docs/http/ngx_http_proxy_module.html';
const events = 'https://nginx.org/en/docs/ngx_core_module.html';

const spools =
  'nginx writes a body to disk before it passes it on, unless proxy_request_buffering is off; no topology models that yet';

export const nginx: Profile = {
  name: 'nginx',
  summary: 'nginx as the reverse proxy, one worker',
  values: {
    threads: {
      value: 256,
      kind: 'derived',
      source: events,
      note: 'worker_connections is 512, and a proxied request takes two; worker_processes is 1 by default, but auto (one for each core) in most packages',
    },
    backlog: { value: 511, kind: 'recalled', source: core, note: 'of listen, on Linux' },
    baseMemory: {
      value: '20MB',
      kind: 'estimate',
      source: 'no figure was found; a few processes without large buffers',
    },
    ...nodesCpu('nginx'),
  },
  facts: [
    {
      name: 'proxy_request_buffering',
      value: 'on',
      kind: 'documented',
      source: proxy,
      note: 'a body is received as a whole before the application sees it',
    },
    {
      name: 'client_max_body_size',
      value: '1MB',
      kind: 'documented',
      source: core,
      note: '413 above it until it is raised; not simulated',
    },
    {
      name: 'client_body_buffer_size',
      value: '16KB',
      kind: 'documented',
      source: core,
      note: 'larger bodies go to a temporary file; 8 KB on 32-bit platforms',
    },
    {
      name: 'client_body_timeout',
      value: '60s',
      kind: 'documented',
      source: core,
      note: 'between two reads; not simulated',
    },
    { name: 'proxy_connect_timeout', value: '60s', kind: 'documented', source: proxy },
    {
      name: 'proxy_send_timeout',
      value: '60s',
      kind: 'documented',
      source: proxy,
      note: 'between two writes',
    },
    {
      name: 'proxy_read_timeout',
      value: '60s',
      kind: 'documented',
      source: proxy,
      note: '504 after it; not simulated',
    },
    { name: 'keepalive_timeout', value: '75s', kind: 'documented', source: core },
    { name: 'keepalive_requests', value: 1000, kind: 'documented', source: core },
  ],
  cautions: { 'proxy-buffered': spools, 'proxy-streaming': `${spools} (off is meant here)` },
};
