/** How uploads come through faults, computed by hand on deliveries that are a second apart. */
import { describe, expect, it } from 'vitest';
import { replay } from '../../src/replay/replay.js';
import type { Fault, TopologySpec } from '../../src/scenario/types.js';
import { recoveryOf, withoutFaults } from '../../src/study/recovery.js';
import { handMade, specOf } from '../reference/hand-made.js';

/** 1 MB every second, on its way for half a second, with no second attempt unless `attempts` says so. */
function recoveryFrom(
  faults: readonly Fault[],
  { count = 100, attempts = 1, base = 1, starts = Array.from({ length: count }, (_, i) => i) } = {},
) {
  const uploads = starts.map(start => ({ start, size: 1e6, uplink: 2e6, rttServer: 0, rttStorage: 0 }));
  const retry = { attempts, base, cap: 60, jitter: 'none' as const };
  const spec = { ...specOf('proxy-streaming', { client: { retry } }), faults };
  const options = { seed: '1', horizon: Number.POSITIVE_INFINITY, warmup: 0 };
  const run = (its: TopologySpec) => replay(its, handMade({ uploads, background: [] }), options);
  return recoveryOf(faults, run(spec), run(withoutFaults(spec)));
}

const down = (at: number, lasts: number): Fault => ({ kind: 'server-down', at, for: lasts, server: 'all' });

describe('a fault from 20.25 to 30.25 s', () => {
  it('is over with the first upload that comes through', () => {
    // Uploads 20 to 30 are lost; upload 31 is delivered at 31.5 s.
    const { time, metastable, incidents, undisturbed } = recoveryFrom([down(20.25, 10)]);
    expect(time).toBeCloseTo(31.5 - 20.25, 9);
    expect(metastable).toBe(false);
    expect(incidents).toEqual([
      { from: 20.25, until: 30.25, share: 0, time: expect.closeTo(11.25, 9), outcome: 'recovered' },
    ]);
    expect(undisturbed).toMatchObject({ offered: 100, succeeded: 100, failed: 0, amplification: 1 });
    expect(undisturbed.completion.p99).toBeCloseTo(0.5, 9);
  });

  it('counts what is tried again where it is delivered', () => {
    // Each tries again after 10.6 s. Upload 20 breaks at 20.25 and is delivered at 20.25 + 10.6 + 0.5 = 31.35 s.
    const { time } = recoveryFrom([down(20.25, 10)], { attempts: 2, base: 10.6 });
    expect(time).toBeCloseTo(31.35 - 20.25, 9);
  });

  it('is none where nothing of it is noticed', () => {
    // Between two uploads: nothing is on the server from 20.5 to 21 s.
    const { time, metastable, incidents } = recoveryFrom([down(20.6, 0.3)]);
    expect(time).toBe(0);
    expect(metastable).toBe(false);
    // Nothing would have been delivered meanwhile, either.
    expect(incidents[0]!.share).toBeNull();
  });
});

describe('a load that comes and goes', () => {
  it('is no failure', () => {
    // From 50 s on an upload comes every other second only: half of what goodput was before the fault.
    const starts = [
      ...Array.from({ length: 50 }, (_, i) => i),
      ...Array.from({ length: 25 }, (_, i) => 50 + 2 * i),
    ];
    expect(recoveryFrom([down(40.25, 8)], { starts }).time).toBeCloseTo(49.5 - 40.25, 9);
  });
});

describe('several faults', () => {
  it('are followed each to the next', () => {
    const { time, incidents } = recoveryFrom([down(60.25, 5), down(20.25, 10)]);
    expect(incidents.map(incident => incident.time)).toEqual([
      expect.closeTo(11.25, 9),
      expect.closeTo(66.5 - 60.25, 9),
    ]);
    expect(time).toBeCloseTo(11.25, 9);
  });

  it('are one where they overlap or follow each other at once', () => {
    const { incidents } = recoveryFrom([down(20, 5), down(24, 4), down(28, 2)]);
    expect(incidents.map(({ from, until }) => [from, until])).toEqual([[20, 30]]);
  });

  it('may begin before the last one is overcome', () => {
    const { time, metastable, incidents } = recoveryFrom([down(20.25, 10), down(30.35, 10)]);
    expect(incidents.map(({ outcome }) => outcome)).toEqual(['overtaken', 'recovered']);
    expect([time, metastable]).toEqual([null, false]);
  });
});

describe('what cannot be told', () => {
  it('with nothing that arrives any more', () => {
    const { time, metastable, incidents } = recoveryFrom([down(0.25, 10)], {
      starts: [0, 0, 0],
      attempts: 5,
    });
    expect(incidents[0]!.outcome).toBe('no-load');
    expect([time, metastable]).toEqual([null, null]);
  });

  it('with too little of the load after it', () => {
    // Of the ten uploads after the fault's start one comes after its end: neither a tenth of 10.5 nor a fifth.
    const { time, metastable, incidents } = recoveryFrom([down(89.25, 9)]);
    expect(incidents[0]!.outcome).toBe('cut-short');
    expect([time, metastable]).toEqual([null, null]);
  });
});

describe('metastable', () => {
  it('is a fault that has ended and left a state in which nothing gets through', () => {
    // 0.9 of the server's 1 MB/s; nobody waits for more than 3 s, and all try again at once, 50 times. In the 10 s of
    // the fault 9 uploads pile up, which share it with those that come: none of them is done in time ever again.
    const starts = Array.from({ length: 200 }, (_, i) => i / 0.9);
    const uploads = starts.map(start => ({ start, size: 1e6, rttServer: 0, rttStorage: 0 }));
    const faults = [down(50, 10)];
    const network = { in: { rate: 1e6, queue: 0 }, out: { rate: Number.POSITIVE_INFINITY, queue: 0 } };
    const retry = { attempts: 50, base: 0.1, cap: 0.1, jitter: 'none' as const };
    const spec = {
      ...specOf('proxy-streaming', { client: { timeout: 3, retry }, server: { network } }),
      faults,
    };
    const options = { seed: '1', horizon: 400, warmup: 0 };
    const run = (its: TopologySpec) => replay(its, handMade({ uploads, background: [] }), options);
    const { time, metastable, undisturbed } = recoveryOf(faults, run(spec), run(withoutFaults(spec)));
    expect([time, metastable]).toEqual([null, true]);
    expect(undisturbed.failed).toBe(0);
  });
});

it('the run without faults is the same until the first one', () => {
  const uploads = [0, 1, 2, 30].map(start => ({ start, size: 1e6, uplink: 3e5, rttServer: 0.037 }));
  const spec = { ...specOf('proxy-streaming'), faults: [down(20, 5)] };
  const options = { seed: '1', horizon: Number.POSITIVE_INFINITY, warmup: 0 };
  const ends = (its: TopologySpec) =>
    replay(its, handMade({ uploads, background: [] }), options).recorder.uploads.end.slice(0, 3);
  expect(ends(spec)).toEqual(ends(withoutFaults(spec)));
});
