/**
 * Steady states: M/M/1 as uploads of one byte that hold the only thread while storage takes an exponential time to
 * answer. It begins empty, and `warmup: auto` has to find out from when on it is what the closed form is about.
 */
import { describe, expect, it } from 'vitest';
import { runScenario } from '../../src/study/run.js';
import { meanSojourn } from './formulas/queueing.js';
import { fluidWith, type Part, parseText, runText } from './scenario-text.js';

/** Service of 100 ms in the mean: mu = 10/s. */
const queue = (rate: number, seconds: number, parts: Part = {}) =>
  fluidWith({
    warmup: 'auto',
    workload: { uploads: { arrivals: { rate: `${rate}/s`, for: `${seconds}s` }, size: '1B' } },
    server: { threads: 1 },
    storage: { firstByte: { exponential: '100ms' } },
    topologies: ['proxy-streaming', 'valet-key'],
    ...parts,
  });

const plan = (most: number) => ({ most, precision: null, untilDecided: false });

function replicated(scenario: Part, replications: number, seed?: string) {
  const loaded = { ...parseText(scenario, {}, seed), file: 'steady.yaml', sha256: '' };
  return runScenario(loaded, { uploads: false }, plan(replications)).result;
}

describe('M/M/1 at rho = 0.9, from empty', () => {
  const result = replicated(queue(9, 1500), 20, '5');
  const [proxy, direct] = result.topologies;

  it('a warm-up is found, the later of both designs, and it is that of all', () => {
    const { given, seconds, byTopology } = result.warmup!;
    expect(given).toBe('auto');
    expect(seconds).toBeGreaterThan(0);
    expect(seconds).toBeLessThan(1500 / 2 + 50);
    expect(seconds).toBe(Math.max(byTopology['proxy-streaming']!, byTopology['valet-key']!));
    for (const { window } of result.topologies) expect(window[0]).toBe(seconds);
    expect(result.scenario.resolved).toMatchObject({ warmup: 'auto' });
  });

  it('the mean over 20 replications has the closed form in its interval: 1 / (mu - lambda) = 1 s', () => {
    const expected = meanSojourn({ arrivalRate: 9, serviceRate: 10, servers: 1 });
    expect(expected).toBeCloseTo(1, 12);
    const [low, high] = proxy!.ci95!['latency.mean']!;
    expect((high - low) / 2 / proxy!.latency.mean!).toBeLessThan(0.1);
    expect(expected).toBeGreaterThanOrEqual(low);
    expect(expected).toBeLessThanOrEqual(high);
  });

  it('both are stable; nobody queues on the way to storage', () => {
    for (const { steady } of result.topologies) expect(steady).toMatchObject({ stable: true, reason: null });
    const [low, high] = direct!.ci95!['latency.mean']!;
    expect(0.1).toBeGreaterThanOrEqual(low);
    expect(0.1).toBeLessThanOrEqual(high);
  });
});

describe('M/M/1 at rho = 1.2', () => {
  const slo = [
    'proxy-streaming: latency.p99 < 1h',
    'proxy-streaming: failed < 1%',
    'valet-key: latency.p99 < 1h',
  ];

  it.each([['auto'], ['60s']])('warmup: %s gives lambda and mu in place of a mean', warmup => {
    const { topologies, comparison, warnings } = replicated(queue(12, 600, { warmup, slo }), 3);
    const [proxy, direct] = topologies;
    expect(proxy!.steady).toMatchObject({
      stable: false,
      reason: 'overload',
      resource: 'threads',
      offered: 12,
    });
    expect(proxy!.steady!.capacity).toBeCloseTo(10, 9);
    expect(proxy!.latency).toEqual({ mean: null, p50: null, p90: null, p95: null, p99: null, max: null });
    expect(proxy!.ci95).not.toHaveProperty('latency.mean');
    expect(proxy!.slo).toMatchObject([
      { outcome: 'fail', value: null, reason: 'no-steady-state' },
      { outcome: 'pass', value: 0, reason: null },
    ]);
    expect(direct!.steady).toMatchObject({ stable: true });
    expect(direct!.slo).toMatchObject([{ outcome: 'pass', reason: null }]);
    for (const { metric, difference } of comparison) {
      if (/^(latency|completion)/.test(metric)) expect(difference).toBeNull();
    }
    expect(warnings).toContainEqual(expect.stringMatching(/^proxy-streaming: 12 uploads a second arrive/));
  });

  it('a run without a warm-up is as it was: its latencies are those of the run', () => {
    const [proxy] = replicated(queue(12, 600, { warmup: 'none' }), 1).topologies;
    expect(proxy!.steady).toBeNull();
    expect(proxy!.latency.mean).toBeGreaterThan(10);
  });

  it('a horizon that cuts it off changes nothing', () => {
    const [proxy] = replicated(queue(12, 600, { warmup: '60s', horizon: '500s' }), 1).topologies;
    expect(proxy!.uploads.unfinished).toBeGreaterThan(0);
    expect(proxy!.steady).toMatchObject({ stable: false, resource: 'threads', offered: 12 });
    expect(proxy!.steady!.capacity).toBeCloseTo(10, 9);
  });
});

it('a link: 12 uploads of 1 MB a second through 10 MB/s', () => {
  const link = fluidWith({
    warmup: '60s',
    workload: { uploads: { arrivals: { rate: '12/s', for: '300s' }, size: '1MB' } },
    storage: { network: { in: '80Mbps' } },
    topologies: ['valet-key'],
  });
  const [direct] = runText(link).result.topologies;
  expect(direct!.steady).toMatchObject({ stable: false, resource: 'storage in', offered: 12 });
  expect(direct!.steady!.capacity).toBeCloseTo(10, 9);
});

it('too few uploads to say: no times, and a warning that names the design', () => {
  const few = queue(1, 20, { topologies: ['proxy-streaming'] });
  const { topologies, warmup, warnings } = replicated(few, 1);
  expect(warmup).toEqual({ given: 'auto', seconds: 0, byTopology: { 'proxy-streaming': null } });
  expect(topologies[0]!.steady).toMatchObject({ stable: false, reason: 'unsettled', capacity: null });
  expect(topologies[0]!.latency.mean).toBeNull();
  expect(warnings).toContainEqual(expect.stringMatching(/^proxy-streaming: the latencies of the pilot/));
});
