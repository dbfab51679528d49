/** Objectives judged against the result they are about, through the scenario. */
import { describe, expect, it } from 'vitest';
import { fluidWith, type Part, runText } from '../theory/scenario-text.js';

/** 10 uploads of 10 MB over 10 MB/s at once: all end at 10 s, streamed; at 20 s, buffered. */
function judged(slo: readonly Part[], more: Part = {}) {
  const link = { in: '80Mbps', out: '80Mbps', efficiency: 1, queue: '0ms' };
  const options = { copies: 1, completeCopies: 1, perRequest: '0B', upstreamConnections: 'unlimited' };
  const scenario = fluidWith({
    workload: { uploads: { arrivals: { count: 10, at: '0s' }, size: '10MB' } },
    server: { network: link },
    topologies: [
      { name: 'naive', ...options },
      { name: 'streamed', kind: 'proxy-streaming' },
    ],
    slo,
    ...more,
  });
  return runText(scenario).result.topologies.map(topology => topology.slo);
}

describe('a time', () => {
  it.each([
    ['completion.p99 < 10.001s', true],
    ['completion.p99 < 9.999s', false],
    ['completion.p99 > 9.999s', true],
    ['completion.p99 >= 10.001s', false],
    ['latency.mean <= 10.001s', true],
    ['makespan <= 9s', false],
    // At the limit itself: nothing failed, no server was down.
    ['server.down <= 0s', true],
    ['server.down < 0s', false],
    ['server.down >= 0s', true],
    ['server.down > 0s', false],
    ['failed < 0%', false],
  ])('%s: %s', (expr, ok) => {
    const [naive, streamed] = judged([{ streamed: expr }]);
    expect(naive).toEqual([]);
    expect(streamed).toMatchObject([{ expr, ok }]);
  });
});

it('all concerns every topology, in the order of the scenario', () => {
  const [naive, streamed] = judged([{ all: 'makespan < 15s' }, { naive: 'failed <= 0%' }]);
  expect(naive!.map(({ ok }) => ok)).toEqual([false, true]);
  expect(streamed!.map(({ ok }) => ok)).toEqual([true]);
  expect(naive![0]!.value).toBeCloseTo(20, 6);
});

it('shares, utilisations, bytes, rates and counts', () => {
  const [, streamed] = judged([
    { all: 'succeeded >= 100%' },
    { all: 'failed < 0.1%' },
    { all: 'unfinished <= 0%' },
    { streamed: 'server.networkIn.utilization > 99%' },
    { streamed: 'server.memory.peak < 3MB' },
    { streamed: 'goodput >= 9.99MB/s' },
    { streamed: 'server.crashes < 1' },
  ]);
  expect(streamed!.map(({ expr, ok }) => [expr, ok])).toEqual(streamed!.map(({ expr }) => [expr, true]));
  expect(streamed).toHaveLength(7);
});

it('no data is missed: nothing succeeded, no token, an unlimited resource', () => {
  const [, streamed] = judged(
    [
      { all: 'latency.p50 < 100h' },
      { all: 'completion.p50 < 100h' },
      { all: 'timeToToken.p99 < 100h' },
      { all: 'server.threads.utilization < 100%' },
    ],
    { client: { timeout: '1s', retry: { attempts: 1 } } },
  );
  expect(streamed!.map(({ ok, value }) => [ok, value])).toEqual(new Array(4).fill([false, null]));
});

it('a background class by its name, dots included', () => {
  const get = {
    name: 'GET /a.b',
    arrivals: { count: 4, over: '1s' },
    request: '0B',
    response: '0B',
    service: '100ms',
  };
  const uploads = { arrivals: { count: 1, at: '0s' }, size: '1MB' };
  const [, streamed] = judged(
    [
      { all: 'background.GET /a.b.latency.p99 < 101ms' },
      { all: 'background.GET /a.b.latency.max > 99ms' },
      { all: 'background.GET /a.b.failed <= 0%' },
      { all: 'background.GET /a.b.slowdown.p50 < 1.01' },
    ],
    { workload: { uploads, background: [get] } },
  );
  expect(streamed!.map(({ ok }) => ok)).toEqual([true, true, true, true]);
});

describe('the disk of a spooling proxy', () => {
  // 10 x 10 MB written at 20 MB/s in 5 s, then read: 10 s, with room for all from the beginning to the end.
  const spooling = (expr: string, kind = 'proxy-spooled') =>
    judged([{ spooled: expr }], {
      server: { disk: { space: '200MB', bandwidth: '20MB/s' } },
      topologies: [{ name: 'spooled', kind }],
    })[0]![0]!;

  it.each([
    ['server.disk.utilization > 99.9%', 1],
    ['server.diskSpace.utilization <= 50.1%', 0.5],
    ['server.diskSpace.peak < 101MB', 100e6],
  ])('%s', (expr, value) => {
    expect(spooling(expr).ok).toBe(true);
    expect(spooling(expr).value).toBeCloseTo(value, 9);
  });

  it('is missed where nothing is spooled', () => {
    expect(spooling('server.disk.utilization < 99%', 'proxy-streaming')).toMatchObject({
      ok: false,
      value: null,
    });
  });
});

describe('why uploads fail', () => {
  // All need 10 s: 3 s are not enough for anyone.
  const impatient = { client: { patience: '3s' } };

  it.each([
    ['failures.abandoned <= 100%', true, 1],
    ['failures.abandoned < 100%', false, 1],
    ['failures.timeout <= 0%', true, 0],
  ])('%s: %s', (expr, ok, value) => {
    const [, streamed] = judged([{ streamed: expr }], impatient);
    expect(streamed).toMatchObject([{ expr, ok, value }]);
  });

  it('retries that are denied are counted where there is a budget', () => {
    const client = { timeout: '900ms', retry: { attempts: 9, budget: { ratio: '10%', window: '1h' } } };
    // One of ten may try again, and 10 MB over 10 MB/s are 1 s again: nine are denied at once, that one in the end.
    const [, streamed] = judged([{ streamed: 'retriesDenied <= 10' }], { client });
    expect(streamed).toMatchObject([{ expr: 'retriesDenied <= 10', ok: true, value: 10 }]);
    const [, without] = judged([{ streamed: 'retriesDenied <= 10' }]);
    expect(without).toMatchObject([{ expr: 'retriesDenied <= 10', ok: false, value: null }]);
  });
});
