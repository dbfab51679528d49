/** Users who think, upload, and think again: two of them by hand, then many against mean value analysis. */
import { describe, expect, it } from 'vitest';
import { byHand, network } from './by-hand.js';
import { meanValueAnalysis } from './formulas/mva.js';
import { agree } from './replications.js';
import { fluidWith, runText } from './scenario-text.js';

describe('by hand', () => {
  const turn = (think: number, size: number) => ({ think, size });
  const site = { server: network(1e6) };

  it('a user thinks first, and again after each upload', () => {
    const turns = [[turn(1, 1e6), turn(0.5, 2e6)], [turn(1.5, 1e6)]];
    const { uploads } = byHand('proxy-streaming', site, { uploads: { until: 100, turns } });
    // From 1.5 s on both share: the first has 0.5 MB left, until 2.5 s; then the second is alone until 3 s.
    // The first thinks until 3 s and has 2 MB for itself.
    const expected = [
      [1, 2.5],
      [1.5, 3],
      [3, 5],
    ];
    expect(uploads).toHaveLength(3);
    for (const [i, [start, end]] of expected.entries()) {
      expect(uploads[i]!.start).toBeCloseTo(start!, 9);
      expect(uploads[i]!.end).toBeCloseTo(end!, 9);
    }
  });

  it('no turn begins after the end; one that began with thinking goes on', () => {
    const turns = [[turn(1, 1e6), turn(1, 1e6), turn(1, 1e6)]];
    const starts = (until: number) =>
      byHand('proxy-streaming', site, { uploads: { until, turns } }).uploads.map(({ start }) => start);
    // Turns begin at 0, 2 and 4.
    expect(starts(4)).toEqual([1, 3, 5]);
    expect(starts(3.999)).toEqual([1, 3]);
    expect(starts(0)).toEqual([1]);
  });

  it('one that fails has ended, too', () => {
    const turns = [[turn(1, 1e9), turn(1, 1e6)]];
    const run = byHand(
      'proxy-streaming',
      { ...site, client: { timeout: 2 } },
      { uploads: { until: 9, turns } },
    );
    expect(run.uploads.map(({ start, end, reason }) => [start, end, reason])).toEqual([
      [1, 3, 'timeout'],
      [4, 5, null],
    ]);
  });
});

/**
 * 99% intervals over 20 replications: each comparison is a false alarm for one seed in a hundred. The first 60 s, over
 * 100 times the relaxation time of about a second, are cut off. 1,940 s hold some 10,000 cycles, so a bias of what
 * runs on after the end is below 0.1% while the intervals are 0.5% to 1% wide.
 */
describe('a population, against exact mean value analysis', () => {
  const span = '2000s';
  const seeds = Array.from({ length: 20 }, (_, index) => `population ${index}`);

  it.each([
    [5, 1],
    [20, 2],
  ])('%d users who upload over one shared link after thinking for %d s', (users, think) => {
    const scenario = fluidWith({
      warmup: '60s',
      horizon: span,
      workload: {
        uploads: {
          arrivals: { users, think: { exponential: `${think}s` }, for: span },
          size: { exponential: '1MB' },
        },
      },
      server: { network: { in: '100Mbps', out: '100Mbps', efficiency: 1, queue: '0ms' } },
      topologies: ['proxy-streaming'],
    });
    const expected = meanValueAnalysis({ population: users, think, service: 0.08, servers: 1 });
    const runs = seeds.map(seed => runText(scenario, {}, seed).result.topologies[0]!);
    agree(
      runs.map(run => run.latency.mean!),
      expected.residence,
      0.015,
    );
    agree(
      runs.map(run => run.server.networkIn.utilization!),
      expected.utilization,
      0.015,
    );
  });

  it('12 users whose requests need one of 3 threads for 0.4 s', () => {
    const get = {
      name: 'get',
      arrivals: { users: 12, think: { exponential: '1s' }, for: span },
      service: { exponential: '400ms' },
      request: '0B',
      response: '0B',
    };
    const scenario = fluidWith({
      warmup: '60s',
      horizon: span,
      workload: { uploads: { arrivals: { count: 1, at: '0s' }, size: '1B' }, background: [get] },
      server: { threads: 3 },
      topologies: ['valet-key'],
    });
    const expected = meanValueAnalysis({ population: 12, think: 1, service: 0.4, servers: 3 });
    const runs = seeds.map(seed => runText(scenario, {}, seed).result.topologies[0]!);
    agree(
      runs.map(run => run.background[0]!.latency.mean!),
      expected.residence,
      0.015,
    );
    agree(
      runs.map(run => run.server.threads.utilization!),
      expected.utilization,
      0.015,
    );
  });
});
