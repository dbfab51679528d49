/** Crossings that are worked out here from the latencies of an upload alone (model reference, "Round trips"). */
import { expect, it } from 'vitest';
import type { BreakEven } from '../../src/result.js';
import { fluidWith, type Part, plainBuffers, runText } from '../theory/scenario-text.js';

function breakEvenOf(proxy: unknown, parts: Part): BreakEven {
  const { result } = runText(
    fluidWith({
      workload: { uploads: { arrivals: { count: 2, at: '0s' }, size: '1MB' } },
      clients: [{ name: 'far', uplink: '1MB/s', rtt: '50ms' }],
      ...parts,
      topologies: [proxy, 'valet-key'],
    }),
  );
  expect(result.breakEven).toHaveLength(1);
  return result.breakEven[0]!;
}

/** Sizes are found to 0.2%. */
function near(actual: number | null, expected: number): void {
  expect(Math.abs(actual! / expected - 1)).toBeLessThan(0.003);
}

it("a buffered body's second hop against the round trips to storage", () => {
  const found = breakEvenOf(plainBuffers, {
    server: { network: { in: 'unlimited', out: '10MB/s', efficiency: 1, queue: '0ms' } },
    valetKey: { authorise: '20ms' },
  });
  // Opening and exchange with storage, and 20 ms: 120 ms more, for which the second hop moves 1.2 MB.
  expect(found).toMatchObject({
    proxy: 'proxy-buffered',
    valetKey: 'valet-key',
    client: 'far',
    below: 'proxy-buffered',
    above: 'valet-key',
  });
  near(found.size, 1.2e6);
  expect(found.overhead).toBeCloseTo(0.12, 6);
});

it('with TLS and efficiency: a round trip more to each, and 94.15% of the rate', () => {
  const found = breakEvenOf(plainBuffers, {
    transport: { tls: '1.3' },
    server: { network: { in: 'unlimited', out: '10MB/s', efficiency: 0.9415, queue: '0ms' } },
  });
  near(found.size, 0.15 * 9.415e6);
});

it('streaming costs no byte more: no size turns it', () => {
  const found = breakEvenOf('proxy-streaming', {});
  expect(found).toMatchObject({ size: null, below: 'proxy-streaming', above: 'proxy-streaming' });
  expect(found.overhead).toBeCloseTo(0.1, 9);
});

it('a fast uplink, and a server whose network is slower', () => {
  const found = breakEvenOf('proxy-streaming', {
    clients: [{ name: 'office', uplink: '100MB/s', rtt: '10ms' }],
    server: { network: { in: '10MB/s', out: 'unlimited', efficiency: 1, queue: '0ms' } },
  });
  // 20 ms = s (1 / 10 MB/s - 1 / 100 MB/s).
  near(found.size, 0.02 / (1 / 10e6 - 1 / 100e6));
});

it('one core carries so much, and half as much is asked of each hop', () => {
  const clients = [{ name: 'office', uplink: '100MB/s', rtt: '10ms' }];
  const cpu = { cores: 1, cpu: { perRequest: '0s', perMiB: '50ms' } };
  const core = 2 ** 20 / 0.05;
  near(breakEvenOf('proxy-streaming', { clients, server: cpu }).size, 0.02 / (1 / core - 1 / 100e6));
  // Each hop of one flow: its cap is what one core carries, though it pays but half of that.
  near(breakEvenOf(plainBuffers, { clients, server: cpu }).size, 0.02 / (2 / core - 1 / 100e6));
});

it('loss on the way to storage may turn it round', () => {
  const found = breakEvenOf(
    { name: 'near', kind: 'proxy-streaming', storage: { rtt: '1s' } },
    { clients: [{ name: 'far', rtt: { server: '10ms', storage: '100ms' }, loss: '1%' }] },
  );
  // Mathis: 1,781,200 B/s at 10 ms, a tenth of that at 100 ms. The proxy pays 1 s more, the other 200 ms.
  const [toServer, toStorage] = [0.01, 0.1].map(rtt => (1.22 * 1460) / (rtt * Math.sqrt(0.01)));
  expect(found).toMatchObject({ below: 'valet-key', above: 'near' });
  near(found.size, 0.8 / (1 / toStorage! - 1 / toServer!));
  expect(found.overhead).toBeLessThan(0);
});

it('where nothing takes time, both are alike', () => {
  const clients = [{ name: 'ideal', rtt: '0s' }];
  expect(breakEvenOf(plainBuffers, { clients })).toMatchObject({ size: null, below: null, above: null });
});

it('takes the median of what varies, of the commonest class', () => {
  const found = breakEvenOf(plainBuffers, {
    clients: [
      { name: 'rare', uplink: '1KB/s', rtt: '1s' },
      { name: 'common', weight: 5, uplink: { uniform: ['1MB/s', '3MB/s'] }, rtt: { exponential: '100ms' } },
    ],
    server: { network: { in: 'unlimited', out: '10MB/s', efficiency: 1, queue: '0ms' } },
    valetKey: { authorise: { lognormal: { median: '20ms', cv: 2 } }, useAfter: '1h' },
  });
  expect(found.client).toBe('common');
  near(found.size, (2 * 0.1 * Math.LN2 + 0.02) * 10e6);
});

it('a body that does not fit into memory is no question of speed', () => {
  const found = breakEvenOf(plainBuffers, {
    server: { memory: '1GB', network: { in: 'unlimited', out: '100GB/s', efficiency: 1, queue: '0ms' } },
  });
  // 100 ms would be 10 GB.
  expect(found).toMatchObject({ size: null, below: 'proxy-buffered', above: 'proxy-buffered' });
});

it('each proxy against each design with signed URLs', () => {
  const { result } = runText(
    fluidWith({
      workload: { uploads: { arrivals: { count: 2, at: '0s' }, size: '1MB' } },
      clients: [{ name: 'far', uplink: '1MB/s', rtt: '50ms' }],
      topologies: ['proxy-buffered', 'valet-key', 'proxy-streaming', { name: 'other', kind: 'valet-key' }],
    }),
  );
  expect(result.breakEven.map(({ proxy, valetKey }) => [proxy, valetKey])).toEqual([
    ['proxy-buffered', 'valet-key'],
    ['proxy-streaming', 'valet-key'],
    ['proxy-buffered', 'other'],
    ['proxy-streaming', 'other'],
  ]);
});
