/** Each topology against the first, as long as both keep their work. Nothing is random. */
import { describe, expect, it } from 'vitest';
import { fluidWith, type Part, plainBuffers, runText } from '../theory/scenario-text.js';

const link = { in: '80Mbps', out: '80Mbps', efficiency: 1, queue: '0ms' };

const compare = (topologies: readonly (Part | string)[], more: Part = {}) =>
  runText(
    fluidWith({
      workload: { uploads: { arrivals: { count: 100, at: '0s' }, size: '1MB' } },
      server: { network: link },
      topologies,
      ...more,
    }),
  ).result.comparison;

describe('topologies that keep all work', () => {
  const comparison = compare([plainBuffers, 'proxy-streaming', 'valet-key']);
  const of = (topology: string, metric: string) =>
    comparison.find(one => one.topology === topology && one.metric === metric)!;

  it('are compared with the first', () => {
    for (const { baseline } of comparison) expect(baseline).toBe('proxy-buffered');
    expect(new Set(comparison.map(({ topology }) => topology))).toEqual(
      new Set(['proxy-streaming', 'valet-key']),
    );
  });

  it('by their completions, makespan and the bytes through servers', () => {
    // 100 MB over 10 MB/s: 10 s streamed, 20 s one way after the other.
    expect(of('proxy-streaming', 'completion.p50').ratio).toBeCloseTo(0.5, 6);
    expect(of('proxy-streaming', 'completion.p99').difference).toBeCloseTo(-10, 6);
    expect(of('proxy-streaming', 'makespan').difference).toBeCloseTo(-10, 6);
    expect(of('proxy-streaming', 'server.bytes')).toMatchObject({ ratio: 1, difference: 0 });
    expect(of('valet-key', 'server.bytes').ratio).toBe(0);
    // Nothing limits a direct upload here: no time at all.
    expect(of('valet-key', 'makespan').ratio).toBe(0);
  });
});

it('one topology alone is compared with nobody', () => {
  expect(compare(['valet-key'])).toEqual([]);
});

describe('a topology that loses work', () => {
  /** 1,000 uploads at 1 MB/s, of which `slow` are too large for the 10 s that their clients wait. */
  const losing = (slow: number) => {
    const fast = 1000 - slow;
    const clients = [{ name: 'c', rtt: '0s', uplink: '8Mbps' }];
    const rows = [...new Array(fast).fill('0,1000'), ...new Array(slow).fill('0,100000000')];
    const scenario = fluidWith({
      workload: { uploads: { arrivals: { trace: 't.csv' } } },
      clients,
      client: { timeout: '10s', retry: { attempts: 1 } },
      topologies: ['proxy-streaming', 'valet-key'],
    });
    return runText(scenario, { 't.csv': `start,size\n${rows.join('\n')}\n` }).result;
  };

  it('under 1% of failures its latencies are compared', () => {
    const { comparison, topologies } = losing(9);
    expect(topologies.map(({ uploads }) => uploads.failed)).toEqual([9, 9]);
    expect(comparison.find(({ metric }) => metric === 'latency.p99')!.ratio).toBeCloseTo(1, 9);
    // The rank of p99 is 990 of 1,000: the last that succeeded but one.
    expect(topologies[0]!.completion.p99).not.toBeNull();
    expect(topologies[0]!.completion.max).toBeNull();
  });

  it('from 1% on they are not, but what counts the lost work is', () => {
    const { comparison, topologies } = losing(10);
    expect(topologies.map(({ uploads }) => uploads.failed)).toEqual([10, 10]);
    const of = (name: string) => comparison.find(({ metric }) => metric === name)!;
    expect(of('latency.p99')).toMatchObject({ ratio: null, difference: null });
    expect(of('makespan')).toMatchObject({ ratio: null, difference: null });
    expect(of('succeeded').ratio).toBe(1);
    expect(of('completion.p50').ratio).toBeCloseTo(1, 9);
  });
});
