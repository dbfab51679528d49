/**
 * Queues with a known answer, as background requests that wait for threads: Erlang B and C, Pollaczek-Khinchine.
 * Means of 20 independent replications (seeds fixed) and their 99% intervals: each comparison is a false alarm for one
 * set of seeds in a hundred. Runs begin empty; the first 20 s, at least 100 relaxation times
 * 1 / (c mu (1 - sqrt(rho))^2) of the stable exponential cases, stay out of the means, so no initial bias is left.
 */
import { describe, expect, it } from 'vitest';
import type { BackgroundResult, TopologyResult } from '../../src/result.js';
import {
  erlangB,
  finiteQueue,
  meanSojourn,
  meanWaitMG1,
  sojournQuantile,
  waitQuantile,
} from './formulas/queueing.js';
import { agree } from './replications.js';
import { fluidWith, runText } from './scenario-text.js';

interface Queue {
  readonly rate: number;
  readonly seconds: number;
  readonly service: unknown;
  readonly threads: number;
  readonly backlog?: number;
}

interface Observed {
  readonly requests: BackgroundResult;
  readonly topology: TopologyResult;
}

/** One upload of a byte, which takes no time, since a scenario has some. */
function observe({ rate, seconds, service, threads, backlog }: Queue): Observed[] {
  const arrivals = { rate: `${rate}/s`, for: `${seconds}s` };
  const requests = { name: 'request', arrivals, service, request: '0B', response: '0B' };
  const scenario = fluidWith({
    warmup: '20s',
    workload: { uploads: { arrivals: { count: 1, at: '0s' }, size: '1B' }, background: [requests] },
    server: { threads, backlog: backlog ?? 'unlimited' },
    topologies: ['valet-key'],
  });
  return Array.from({ length: 20 }, (_, replication) => {
    const { result } = runText(scenario, {}, `queue ${replication}`);
    const [topology] = result.topologies;
    return { requests: topology!.background[0]!, topology: topology! };
  });
}

const means = (observed: Observed[]) => observed.map(({ requests }) => requests.latency.mean!);

describe('M/M/c', () => {
  it.each([
    [1, 60],
    [4, 300],
  ])('%d threads, %d requests a second of 10 ms', (threads, rate) => {
    const queue = { arrivalRate: rate, serviceRate: 100, servers: threads };
    const observed = observe({
      rate,
      seconds: 24_000 / rate + 20,
      service: { exponential: '10ms' },
      threads,
    });
    agree(means(observed), meanSojourn(queue), 0.03);
    const quantile = (q: 'p50' | 'p95') => observed.map(({ requests }) => requests.latency[q]!);
    // An order statistic of 24,000 values is biased by about 1 / 24,000.
    agree(quantile('p50'), sojournQuantile(queue, 0.5), 0.03);
    agree(quantile('p95'), sojournQuantile(queue, 0.95), 0.04);
    agree(
      observed.map(({ topology }) => topology.server.threads.utilization!),
      rate / (100 * threads),
      0.01,
    );
  });

  it('constant service waits less: M/D/c against M/M/c', () => {
    const queue = { arrivalRate: 300, serviceRate: 100, servers: 4 };
    const observed = observe({ rate: 300, seconds: 60, service: '10ms', threads: 4 });
    for (const mean of means(observed)) {
      expect(mean).toBeGreaterThan(0.01);
      expect(mean).toBeLessThan(meanSojourn(queue));
    }
    expect(waitQuantile(queue, 0.99)).toBeGreaterThan(observed[0]!.requests.latency.p99! - 0.01);
  });
});

describe('M/M/c/K', () => {
  it.each([
    [1, 0, 80],
    [1, 4, 90],
    [3, 2, 270],
    [3, 5, 360],
  ])('%d threads, a backlog of %d, %d requests a second of 10 ms', (threads, backlog, rate) => {
    const queue = { arrivalRate: rate, serviceRate: 100, servers: threads };
    const expected = finiteQueue(queue, threads + backlog);
    const observed = observe({
      rate,
      seconds: 24_000 / rate + 20,
      service: { exponential: '10ms' },
      threads,
      backlog,
    });
    // Failures count from the beginning: the emptiness of the first tenth of a second hides 1 in 3,000 of them.
    agree(
      observed.map(({ requests }) => requests.failed / requests.offered),
      expected.blocking,
      0.03,
    );
    agree(means(observed), expected.meanSojourn, 0.01);
    agree(
      observed.map(({ topology }) => topology.server.threads.mean),
      expected.meanBusy,
      0.01,
    );
    for (const { requests } of observed) expect(requests.failures).toEqual({ overloaded: requests.failed });
  });
});

it.each([
  ['constant', '10ms'],
  ['exponential', { exponential: '10ms' }],
  ['lognormal', { lognormal: { mean: '10ms', cv: 2 } }],
])('M/G/c/c: Erlang B holds for any distribution (%s)', (_, service) => {
  const observed = observe({ rate: 300, seconds: 100, service, threads: 4, backlog: 0 });
  agree(
    observed.map(({ requests }) => requests.failed / requests.offered),
    erlangB(4, 3),
    0.03,
  );
});

/** Second moments, E[S^2] / E[S]^2 = 1 + cv^2. */
describe('M/G/1, first come, first served', () => {
  it.each([
    ['constant', '10ms', 1, 0.02],
    ['uniform', { uniform: ['0ms', '20ms'] }, 4 / 3, 0.02],
    ['exponential', { exponential: '10ms' }, 2, 0.03],
    ['lognormal', { lognormal: { mean: '10ms', cv: 1.5 } }, 1 + 1.5 ** 2, 0.08],
  ])('%s', (_, service, moment, precision) => {
    const observed = observe({ rate: 60, seconds: 420, service, threads: 1 });
    agree(means(observed), 0.01 + meanWaitMG1(60, 0.01, moment * 0.01 ** 2), precision);
  });
});
