/** 1,000 uploads of 50 MB through one server of 1 Gbps each way, all at once: arithmetic that fits on a napkin. */
import { expect, it } from 'vitest';
import type { TopologyResult } from '../../src/result.js';
import { fluidWith, type Part, plainBuffers, runText } from './scenario-text.js';

const link = { in: '1Gbps', out: '1Gbps', efficiency: 1, queue: '0ms' };

function burst(topology: Part, server: Part = {}): { result: TopologyResult; ends: number[] } {
  const scenario = fluidWith({
    workload: { uploads: { arrivals: { count: 1000, at: '0s' }, size: '50MB' } },
    server: { network: link, ...server },
    topologies: [topology],
  });
  const { result, uploads } = runText(scenario);
  return { result: result.topologies[0]!, ends: [...uploads[0]!.end] };
}

/** 1,000 x 50e6 bytes at 125e6 bytes/s. */
const oneWay = (1000 * 50e6) / 125e6;

it('streamed, both directions are used at once: everybody ends at 400 s', () => {
  const { result, ends } = burst({ name: 'proxy-streaming' });
  expect(oneWay).toBe(400);
  for (const end of ends) expect(end).toBeCloseTo(400, 7);
  expect(result.makespan).toBeCloseTo(400, 7);
  expect(result.latency.mean).toBeCloseTo(400, 7);
  expect(result.goodput! / 125e6).toBeCloseTo(1, 9);
  expect(result.server.networkIn.saturatedAt).toBe(0);
  expect(result.server.networkIn.saturatedFor).toBeCloseTo(400, 7);
  expect(result.server.networkIn.utilization).toBeCloseTo(1, 9);
});

it('buffered with equal shares, one after the other: 800 s', () => {
  const { result, ends } = burst(plainBuffers);
  for (const end of ends) expect(end).toBeCloseTo(2 * oneWay, 6);
  const { server } = result;
  expect(server.networkIn.utilization).toBeCloseTo(0.5, 9);
  expect(server.networkOut.utilization).toBeCloseTo(0.5, 9);
  expect(server.networkOut.saturatedAt).toBeCloseTo(400, 7);
  // All bytes are there when the last one has come; they stay until all answers, at the end.
  expect(server.memory.peak / 50e9).toBeCloseTo(1, 9);
  // Up in 400 s, full for 400 s.
  expect(server.memory.mean / (0.75 * 50e9)).toBeCloseTo(1, 9);
});

it('acknowledgements take their part of both directions', () => {
  const scenario = fluidWith({
    workload: { uploads: { arrivals: { count: 1000, at: '0s' }, size: '50MB' } },
    transport: { ackLoad: '2.5%' },
    server: { network: { ...link, efficiency: 0.9415 } },
    topologies: ['proxy-streaming'],
  });
  const [topology] = runText(scenario).result.topologies;
  expect(topology!.makespan! / ((400 * 1.025) / 0.9415)).toBeCloseTo(1, 9);
});

it('memory is full at the very instant: (limit - base) / (copies x rate)', () => {
  const memory = { memory: '16GB', baseMemory: '500MB', restart: '30s' };
  const { result, ends } = burst(plainBuffers, memory);
  const full = (16e9 - 500e6) / 125e6;
  expect(full).toBe(124);
  expect(result.server.memory.saturatedAt).toBeCloseTo(full, 7);
  expect(result.server.memory.saturatedFor).toBe(0);
  expect(result.server.memory.peak).toBe(16e9);
  expect(result.server.crashes).toBe(1);
  for (const end of ends) expect(end).toBeCloseTo(full, 7);
  expect(result.uploads).toMatchObject({ succeeded: 0, failed: 1000, failures: { 'server-crash': 1000 } });
  expect(result.uploads.wastedBytes / (125e6 * full)).toBeCloseTo(1, 9);
  expect(result.completion.p50).toBeNull();
  expect(result.latency.mean).toBeNull();

  const copied = burst({ ...plainBuffers, copies: 1.27, completeCopies: 1.85 }, memory);
  expect(copied.result.server.memory.saturatedAt! / (full / 1.27)).toBeCloseTo(1, 9);
});

it('to fill the memory to its last byte is no crash', () => {
  const { result } = burst(plainBuffers, { memory: '50GB', baseMemory: '0B' });
  expect(result.server.crashes).toBe(0);
  expect(result.uploads.succeeded).toBe(1000);
  expect(burst(plainBuffers, { memory: '49.999GB' }).result.server.crashes).toBe(1);
});
