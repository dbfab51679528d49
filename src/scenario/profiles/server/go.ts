import type { Profile } from '../profile.js';
import { nodesCpu } from './node.js';

const http = 'https://pkg.go.dev/net/http';

export const go: Profile = {
  name: 'go',
  summary: 'Go, net/http',
  values: {
    threads: {
      value: 'unlimited',
      kind: 'recalled',
      source: http,
      note: 'each connection has a goroutine of its own; nothing limits them',
    },
    backlog: {
      value: 4096,
      kind: 'recalled',
      source: 'https://pkg.go.dev/net',
      note: 'somaxconn of the system: 4096 on Linux since 5.4',
    },
    baseMemory: {
      value: '20MB',
      kind: 'estimate',
      source: 'no figure was found; one process without a virtual machine',
    },
    ...nodesCpu('Go'),
  },
  facts: [
    {
      name: 'ReadTimeout',
      value: 'none',
      kind: 'recalled',
      source: http,
      note: 'by default',
    },
    { name: 'MaxHeaderBytes', value: '1MiB', kind: 'recalled', source: http },
    {
      name: 'multipart form kept in memory up to',
      value: '32MiB',
      kind: 'recalled',
      source: http,
      note: 'of FormFile; the rest goes to temporary files',
    },
    {
      name: 'stack of a goroutine, at first',
      value: '2KiB',
      kind: 'recalled',
      source: 'https://go.dev/doc/faq#goroutines',
    },
    {
      name: 'buffers of a connection',
      value: '8KiB',
      kind: 'recalled',
      source: http,
      note: '4 KiB to read, 4 KiB to write',
    },
  ],
};
