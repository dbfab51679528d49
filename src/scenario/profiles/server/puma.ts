import type { Profile } from '../profile.js';
import { nodesCpu } from './node.js';

const configuration = 'https://github.com/puma/puma/blob/ff2e2126/lib/puma/configuration.rb';

const receivesFirst =
  'Puma receives a body as a whole, into a temporary file, before it takes a thread: slow clients hold none of them; here they do, so that the proxy looks worse than it is';

export const puma: Profile = {
  name: 'puma',
  summary: 'Puma, as under Rails, one worker',
  values: {
    threads: {
      value: 5,
      kind: 'documented',
      source: configuration,
      note: 'of each worker on MRI; 16 on JRuby',
    },
    backlog: { value: 1024, kind: 'documented', source: configuration },
    baseMemory: {
      value: '200MB',
      kind: 'estimate',
      source: 'no figure was found; one process of a Rails application',
    },
    ...nodesCpu('Ruby'),
  },
  facts: [
    {
      name: 'queue_requests',
      value: 'true',
      kind: 'documented',
      source: configuration,
      note: 'a reactor receives the whole request before a thread is taken',
    },
    {
      name: 'body kept in memory up to',
      value: '112KiB',
      kind: 'documented',
      source: 'https://github.com/puma/puma/blob/ff2e2126/lib/puma/const.rb',
      note: 'a temporary file above it',
    },
    { name: 'min_threads', value: 0, kind: 'documented', source: configuration },
    {
      name: 'first_data_timeout',
      value: '30s',
      kind: 'documented',
      source: configuration,
      note: 'not simulated',
    },
    { name: 'persistent_timeout', value: '65s', kind: 'documented', source: configuration },
    { name: 'worker_timeout', value: '60s', kind: 'documented', source: configuration },
  ],
  cautions: { 'proxy-buffered': receivesFirst, 'proxy-streaming': receivesFirst },
};
