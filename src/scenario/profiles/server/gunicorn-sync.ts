import type { Profile } from '../profile.js';
import { nodesCpu } from './node.js';

const config = 'https://github.com/benoitc/gunicorn/blob/65ac1a3a/gunicorn/config.py';

/** Of whatever runs on sync workers. */
export const killed =
  'gunicorn kills a sync worker that is silent for 30 s, and its upload is lost; that is not simulated, so that the proxy looks better than it is where uploads take longer (client.timeout: 30s comes near to it)';

export const gunicornSync: Profile = {
  name: 'gunicorn-sync',
  summary: 'gunicorn, 8 sync workers, nothing before it',
  values: {
    threads: {
      value: 8,
      kind: 'derived',
      source: config,
      note: 'workers, each of which handles one request at a time; 2 to 4 for each core are recommended, which 8 is for 2 and for 4 cores; the default is 1',
    },
    backlog: { value: 2048, kind: 'documented', source: config },
    baseMemory: {
      value: '400MB',
      kind: 'estimate',
      source: 'no figure was found; 8 processes of 50 MB',
    },
    ...nodesCpu('Python'),
  },
  facts: [
    { name: 'workers', value: 1, kind: 'documented', source: config, note: 'by default' },
    {
      name: 'timeout',
      value: '30s',
      kind: 'documented',
      source: config,
      note: 'a worker that is silent for longer is killed, and its upload is lost: 18.75 MB over 5 Mbps; not simulated',
    },
    { name: 'graceful_timeout', value: '30s', kind: 'documented', source: config },
    { name: 'keepalive', value: '2s', kind: 'documented', source: config },
    {
      name: 'worker_connections',
      value: 1000,
      kind: 'documented',
      source: config,
      note: 'of workers that are not sync',
    },
    {
      name: 'Flask keeps a file in memory up to',
      value: '500KiB',
      kind: 'documented',
      source: 'werkzeug 3.1.9: werkzeug/formparser.py',
      note: 'a temporary file above it',
    },
  ],
  cautions: { 'proxy-buffered': killed, 'proxy-streaming': killed },
};
