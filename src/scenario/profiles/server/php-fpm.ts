import type { Profile } from '../profile.js';
import { nodesCpu } from './node.js';

const pool = 'https://www.php.net/manual/en/install.fpm.configuration.php';
const ini = 'https://www.php.net/manual/en/ini.core.php';

const receivesFirst =
  'the web server in front of PHP-FPM receives a body as a whole before it takes a process: slow clients hold none of them; here they do, so that the proxy looks worse than it is';

export const phpFpm: Profile = {
  name: 'php-fpm',
  summary: 'PHP-FPM with the sample pool, 5 processes',
  values: {
    threads: {
      value: 5,
      kind: 'recalled',
      source: pool,
      note: 'pm.max_children of the www.conf that is shipped',
    },
    backlog: { value: 511, kind: 'recalled', source: pool },
    baseMemory: {
      value: '150MB',
      kind: 'estimate',
      source: 'no figure was found; 5 processes of 30 MB',
    },
    ...nodesCpu('PHP'),
  },
  facts: [
    {
      name: 'upload_max_filesize',
      value: '2MB',
      kind: 'recalled',
      source: ini,
      note: 'larger files are refused until it is raised; not simulated',
    },
    { name: 'post_max_size', value: '8MB', kind: 'recalled', source: ini },
    {
      name: 'memory_limit',
      value: '128MB',
      kind: 'recalled',
      source: ini,
      note: 'of one request; uploads go to disk',
    },
    {
      name: 'max_execution_time',
      value: '30s',
      kind: 'recalled',
      source: 'https://www.php.net/manual/en/info.configuration.php',
      note: 'receiving the upload does not count',
    },
  ],
  cautions: { 'proxy-buffered': receivesFirst, 'proxy-streaming': receivesFirst },
};
