import { describe, expect, it } from 'vitest';
import { figureOf, intervalOf, type TopologyResult } from '../../src/result.js';
import { metricKinds } from '../../src/scenario/objectives.js';
import { combine } from '../../src/study/replications/combine.js';
import { times, topology } from '../present/fixtures.js';

const classOf = (name: string, offered: number, failed: number) => ({
  name,
  ...{ offered, failed, succeeded: offered - failed, unfinished: 0, failures: {} },
  ...{ latency: times(offered), baseline: times(1), slowdown: { p50: 2, p99: 3 } },
});

function run(offered: number, failed: number, requests: number): TopologyResult {
  const base = topology('a');
  return {
    ...base,
    uploads: {
      ...base.uploads,
      ...{ offered, failed, succeeded: offered - failed, attempts: 2 * offered },
      ...{ amplification: 1 + failed / 10, failures: { overloaded: failed }, retriesDenied: failed },
    },
    background: [classOf('GET /a', requests, 0), classOf('GET /a.b', requests, requests / 4)],
  };
}

describe('a figure by its name in objectives', () => {
  it('is a share of what was offered, a figure of the uploads, or its path', () => {
    const one = run(40, 10, 100);
    expect(figureOf(one, 'failed')).toBe(0.25);
    expect(figureOf(one, 'succeeded')).toBe(0.75);
    expect(figureOf(one, 'failures.overloaded')).toBe(0.25);
    expect(figureOf(one, 'failures.timeout')).toBe(0);
    expect(figureOf(one, 'amplification')).toBe(2);
    expect(figureOf(one, 'retriesDenied')).toBe(10);
    expect(figureOf(one, 'latency.p99')).toBe(one.latency.p99);
    expect(figureOf(one, 'latency.nothing')).toBeNull();
    expect(figureOf(run(0, 0, 0), 'failed')).toBeNull();
  });

  it('finds a class of requests whose name continues that of another', () => {
    const one = run(40, 10, 100);
    expect(figureOf(one, 'background.GET /a.failed')).toBe(0);
    expect(figureOf(one, 'background.GET /a.b.failed')).toBe(0.25);
    expect(figureOf(one, 'background.GET /a.b.slowdown.p99')).toBe(3);
  });

  it('exists for whatever an objective can name and a run has', () => {
    const names = metricKinds().map(([name]) => name.replace('NAME', 'GET /a'));
    const shared = /^(timeToToken|tokens|recovery|cost)\.|disk|autoscale|health|abandoned|orphan/;
    for (const name of names.filter(each => !shared.test(each)))
      expect(figureOf(run(40, 10, 100), name), name).not.toBeNull();
  });
});

describe('its interval over replications', () => {
  // Shares of 1/10 and 3/10: t(97.5%, 1) = 12.7062, times a standard error of (0.3 - 0.1) / 2.
  const both = combine([run(20, 2, 8), run(40, 12, 16)], []);
  const [low, high] = [0.2 - 1.27062, 0.2 + 1.27062];

  it.each(['failed', 'failures.overloaded'])('is that of the shares: %s', name => {
    const interval = intervalOf(both, name)!;
    expect(interval[0]).toBeCloseTo(low, 5);
    expect(interval[1]).toBeCloseTo(high, 5);
  });

  it('is none of the number of requests where the share of them is asked for', () => {
    expect(intervalOf(both, 'background.GET /a.b.failed')).toEqual([0.25, 0.25]);
    expect(intervalOf({ ...both, shares: null }, 'background.GET /a.b.failed')).toBeNull();
  });

  it("is found for the uploads' figures, too", () => {
    // 1.2 and 2.2, 2 and 12: means of 1.7 and 7.
    for (const [name, mean] of [
      ['amplification', 1.7],
      ['retriesDenied', 7],
    ] as const) {
      const [from, to] = intervalOf(both, name)!;
      expect((from + to) / 2).toBeCloseTo(mean, 9);
    }
    expect(intervalOf(both, 'latency.p99')).not.toBeNull();
    expect(intervalOf(run(20, 2, 8), 'failed')).toBeNull();
  });
});
