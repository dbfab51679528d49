import type { Profile } from '../profile.js';
import { backlog, baseMemory, measuredCpu, threads } from './node.js';
import { httpFacts } from './node-http.js';

const multer = 'https://github.com/expressjs/multer';

export const expressMulter: Profile = {
  name: 'express-multer',
  summary: 'Express and multer, memory storage',
  values: {
    threads,
    backlog,
    baseMemory,
    ...measuredCpu('1.84ms', '5.34ms', 'a body kept in memory by multer, then sent to storage'),
  },
  facts: [
    {
      name: 'memory storage keeps',
      value: 'the whole file',
      kind: 'documented',
      source: multer,
      note: 'without a limit of its size, unless limits.fileSize is set',
    },
    {
      name: 'bytes of memory per byte in flight',
      value: 1.22,
      kind: 'measured',
      source: 'measured for this project: 32 uploads of 20 MiB at once',
      note: '`copies` of proxy-buffered has 1.27, of more runs',
    },
    {
      name: 'bytes of memory per byte at completion',
      value: 2,
      kind: 'documented',
      source: `${multer}/issues/76`,
      note: 'its maintainers: "peak at twice the size of the file"; `completeCopies` of proxy-buffered',
    },
    {
      name: 'memory is given back',
      value: 'no',
      kind: 'measured',
      source: 'measured for this project: 1.5 GiB stay after 64 uploads of 20 MiB',
    },
    {
      name: 'disk storage, core time per MiB',
      value: '9.95ms',
      kind: 'measured',
      source: 'measured for this project: TLS 1.3 on both hops',
      note: 'and 4.21 ms per request: written to disk, read again, sent',
    },
    ...httpFacts,
  ],
};
