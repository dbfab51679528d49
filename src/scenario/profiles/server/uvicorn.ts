import type { Profile } from '../profile.js';
import { nodesCpu } from './node.js';

const config = 'uvicorn 0.54.0: uvicorn/config.py';
const forms = 'starlette 1.7.0: starlette/formparsers.py';

export const uvicorn: Profile = {
  name: 'uvicorn',
  summary: 'uvicorn, as under FastAPI',
  values: {
    threads: {
      value: 'unlimited',
      kind: 'documented',
      source: config,
      note: 'limit_concurrency is not set by default; one event loop in each process',
    },
    backlog: { value: 2048, kind: 'documented', source: config },
    baseMemory: {
      value: '80MB',
      kind: 'estimate',
      source: 'no figure was found; one process of Python with a framework',
    },
    ...nodesCpu('Python'),
  },
  facts: [
    {
      name: 'UploadFile keeps in memory up to',
      value: '1MiB',
      kind: 'documented',
      source: forms,
      note: 'a temporary file above it; the handler runs after the whole body is parsed',
    },
    { name: 'largest part that is no file', value: '1MiB', kind: 'documented', source: forms },
    { name: 'timeout_keep_alive', value: '5s', kind: 'documented', source: config },
    {
      name: 'high-water mark of a connection',
      value: '64KiB',
      kind: 'documented',
      source: 'uvicorn 0.54.0: protocols/http/flow_control.py',
    },
    {
      name: 'threads for handlers that are not async',
      value: 40,
      kind: 'recalled',
      source: 'https://anyio.readthedocs.io/en/stable/threads.html',
      note: 'in each process; write `threads: 40` for such an application',
    },
  ],
  cautions: {
    'proxy-buffered':
      'Starlette writes files above 1 MiB to temporary files; proxy-buffered keeps them in memory, as an application does that reads a file as a whole',
  },
};
