/**
 * Out of memory: 50 uploads of 5 MB into a server with a limit of 200 MiB. It was killed at 11.3, 11.7 and 13.0 s;
 * that they differ by 15% among themselves, and what the kernel counts beside the process's own memory, is not in
 * the model, which kills early: within 25% of the middle one.
 */
import { expect, it } from 'vitest';
import { runText } from '../theory/scenario-text.js';
import { setUp } from './runs.js';

const scenario = {
  ...setUp,
  server: { ...(setUp.server as object), memory: '200MiB', baseMemory: '65MB' },
  client: { retry: { attempts: 1 } },
  workload: { uploads: { arrivals: { count: 50, over: '0.1s' }, size: '5MB' } },
  topologies: ['proxy-buffered', 'proxy-streaming'],
};

it('kills a buffering server with all its uploads, a streaming one never', () => {
  const [buffered, streaming] = runText(scenario).result.topologies;
  const { server, uploads } = buffered!;
  expect(server.crashes).toBe(1);
  expect(uploads.failures).toEqual({ 'server-crash': 50 });
  expect(Math.abs(server.memory.saturatedAt! / 11.7 - 1)).toBeLessThan(0.25);
  expect(Math.abs(server.bytes / 135e6 - 1)).toBeLessThan(0.25);
  expect(streaming!.uploads.succeeded).toBe(50);
});
