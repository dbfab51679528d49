/** When servers are added and taken away, and what becomes of those that leave. Computed by hand. */
import { describe, expect, it } from 'vitest';
import type { Autoscaling } from '../../src/scenario/types.js';
import { summarise } from '../../src/study/summary.js';
import { specOf } from '../reference/hand-made.js';
import { byHand, direction, type HandRun } from './by-hand.js';

const rule: Autoscaling = {
  min: 1,
  max: 3,
  metric: 'threads',
  above: 0.25,
  below: 0.1,
  step: 1,
  period: 10,
  startup: 7,
  cooldown: 25,
};
const steps = ({ recorder, epoch }: HandRun) =>
  recorder.fleet!.steps.map(({ at, from, to }) => [at + epoch, from, to]);

/** Each keeps its thread for 100 s. */
const slow = (start: number) => ({ start, size: 1e6, uplink: 1e4 });

describe('a ramp: one upload more every 5 s, each for 100 s, 20 threads on a server', () => {
  const uploads = Array.from({ length: 20 }, (_, i) => slow(5 * i));
  const site = { server: { threads: 20, autoscale: rule, price: 3600 } };
  const run = byHand('proxy-streaming', site, { uploads });

  it('adds a server after each period whose mean is above the threshold, but for the cooldown', () => {
    // In [10 j, 10 j + 10) 2 j + 1.5 threads are busy in the mean.
    //  30 s: 5.5 of 20 = 0.275, the first above 0.25: a second server, there at 37 s.
    //  60 s, the first time after the cooldown: 11.5 of 40 = 0.2875: a third, there at 67 s.
    //  90 s: 17.5 of 60 = 0.29, 100 s: 19.5, 110 s: 18.5, 120 s: 16.5: more were wanted, four times.
    // 180 s: 4.5 of 60 = 0.075, the first below 0.1 (170 s: 6.5 of 60 = 0.108): one leaves.
    expect(steps(run)).toEqual([
      [30, 1, 2],
      [60, 2, 3],
      [180, 3, 2],
    ]);
    const { steps: log, heldBack, highest } = run.recorder.fleet!;
    expect(log.map(({ value }) => value)).toEqual([
      expect.closeTo(0.275, 12),
      expect.closeTo(0.2875, 12),
      expect.closeTo(0.075, 12),
    ]);
    expect(log.map(({ ready }) => ready)).toEqual([37, 67, null]);
    expect(heldBack).toBe(4);
    expect(highest).toBeCloseTo(19.5 / 60, 12);
  });

  it('sends to servers from the instant at which they are there', () => {
    // 0 until 37 s; then 0 and 1 in turn; from 67 s on 0, 1 and 2.
    const servers = [0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 1, 0, 1, 0, 1, 2, 0, 1, 2];
    expect(run.uploads.map(({ server }) => server)).toEqual(servers);
    for (const [i, { end, status }] of run.uploads.entries()) {
      expect([status, end]).toEqual(['succeeded', 5 * i + 100]);
    }
  });

  it('counts what is there, what is in the rotation, and what is paid for', () => {
    const { billed, inRotation, serving } = run.recorder.fleet!;
    expect(run.to).toBe(195);
    // The third leaves the rotation at 180 s, and ends at 195 s with its last upload, that of 95 s.
    expect(serving.servers.map(server => server.integral(run.to))).toEqual([195, 195 - 37, 195 - 67]);
    expect(inRotation.integral(run.to)).toBeCloseTo(195 + (195 - 37) + (180 - 67), 9);
    expect(inRotation.peak).toBe(3);
    // From the decision on.
    expect(billed.integral(run.to)).toBeCloseTo(195 + (195 - 30) + (195 - 60), 9);
  });

  it('capacities are means over time, and use is a share of what was there', () => {
    const { server, cost, series } = summarise(specOf('proxy-streaming', site), run, [], [], null);
    const there = 195 + 158 + 128;
    expect(server.threads.capacity).toBeCloseTo((20 * there) / 195, 9);
    expect(server.threads.utilization).toBeCloseTo((20 * 100) / (20 * there), 12);
    expect(server.servers.map(one => one.threads.capacity)).toEqual([
      20,
      expect.closeTo((20 * 158) / 195, 9),
      expect.closeTo((20 * 128) / 195, 9),
    ]);
    // 4 uploads of 100 s on the third server.
    expect(server.servers[2]!.threads.utilization).toBeCloseTo((2 * 100) / (20 * 128), 12);
    expect(server.hours).toBeCloseTo(495 / 3600, 12);
    expect(cost.servers).toBeCloseTo(495, 9);
    expect(server.autoscale).toMatchObject({ initial: 1, peak: 3, added: 2, removed: 1, heldBack: 4 });
    // 8 of 20 uploads had arrived at 37 s, 14 at 67 s.
    expect(server.autoscale!.steps.map(({ arrived }) => arrived)).toEqual([0.4, 0.7, null]);
    const total = series.servers!.reduce((sum, mean, bin) => {
      const width = Math.min(series.binWidth, 195 - bin * series.binWidth);
      return sum + mean * width;
    }, 0);
    expect(total).toBeCloseTo(466, 6);
  });

  it("on any clock: periods end at multiples on the scenario's", () => {
    const later = byHand('proxy-streaming', site, {
      uploads: uploads.map(u => ({ ...u, start: u.start + 1e6 })),
    });
    expect(steps(later)).toEqual(steps(run).map(([at, from, to]) => [at! + 1e6, from, to]));
    // The first upload 5 s into a period, half of which there was no load: 5 j + 7.5 s of threads in each.
    const half = byHand('proxy-streaming', site, {
      uploads: uploads.map(u => ({ ...u, start: u.start + 5 })),
    });
    // Means of 0.5, 2.5, 4.5, 6.5 of 20.
    expect(steps(half)[0]).toEqual([40, 1, 2]);
  });
});

describe('what is watched', () => {
  const first = (
    metric: Autoscaling['metric'],
    above: number,
    server: object,
    uploads: { start: number }[],
  ) => {
    const autoscale = { ...rule, metric, above, below: 0 };
    // The last one keeps the run going until the second period has ended.
    const work = { uploads: [...uploads, { start: 30, size: 1 }] };
    const run = byHand('proxy-buffered', { server: { ...server, autoscale } }, work);
    return run.recorder.fleet!.steps[0];
  };
  // 6 MB at 0.6 MB/s in [2, 12).
  const upload = { start: 2, size: 6e6, uplink: 0.6e6 };

  it('network: bytes carried over a period, of those that fit', () => {
    const network = { network: { in: direction(1e6), out: direction(2e6), efficiency: 1 } };
    // 8 s of 10 s at 0.6 MB/s.
    expect(first('networkIn', 0.4, network, [upload])).toMatchObject({
      at: 10 - 2,
      value: expect.closeTo(0.48, 12),
    });
    // Out at 2 MB/s from 12 s to 15 s: 3 s of the second period.
    expect(first('networkOut', 0.2, network, [upload])).toMatchObject({
      at: 20 - 2,
      value: expect.closeTo(0.3, 12),
    });
  });

  it('cpu: half of the work on each hop', () => {
    // 1 s for each MiB, half of it on the way in: 0.6e6 / 2^20 / 2 cores of 2, for 8 s of 10.
    const cpu = { cores: 2, cpu: { perMiB: 1 } };
    const value = (0.8 * 0.6e6) / 2 ** 20 / 2 / 2;
    expect(first('cpu', 0.1, cpu, [upload])).toMatchObject({ at: 8, value: expect.closeTo(value, 12) });
  });

  it('memory: with what a server takes by itself', () => {
    // 1 MB of 10 MB, and a body that grows by 0.6 MB/s: 4.8 MB after 8 s.
    const memory = { memory: 10e6, baseMemory: 1e6 };
    const value = (10 * 1e6 + (8 * 4.8e6) / 2) / (10 * 10e6);
    expect(first('memory', 0.2, memory, [upload])).toMatchObject({ at: 8, value: expect.closeTo(value, 12) });
  });

  it('requests: at work or waiting for a thread', () => {
    // One thread: one at work from 2 s on, one waits from 4 s on, one from 5 s on.
    const three = [upload, { ...upload, start: 4 }, { ...upload, start: 5 }];
    expect(first('requests', 1.8, { threads: 1 }, three)).toMatchObject({ at: 8, value: (8 + 6 + 5) / 10 });
  });
});

it('servers that start are called off first, and cost what they have cost', () => {
  // 10 of 20 threads for 15 s: at 10 s one server is added, at 30 s (5 of 20, then none) taken away again.
  const uploads = Array.from({ length: 10 }, () => ({ start: 0, size: 1.5e5, uplink: 1e4 }));
  const autoscale = { ...rule, startup: 100, cooldown: 0 };
  const run = byHand(
    'proxy-streaming',
    { server: { threads: 20, autoscale } },
    {
      uploads: [...uploads, { start: 50, size: 1 }],
    },
  );
  // 20 s: 10 x 5 s of 10 s x 20 = 0.25, not above; 30 s: 0.
  expect(steps(run)).toEqual([
    [10, 1, 2],
    [30, 2, 1],
  ]);
  expect(run.recorder.fleet!.billed.integral(run.to)).toBeCloseTo(50 + 20, 9);
  expect(run.recorder.fleet!.inRotation.peak).toBe(1);
});

it('one that drains counts towards max, and its place is free when it has ended', () => {
  // 8 uploads of 100 s on two servers with 4 threads: all leave slowly; below 0.6 of 8 at 110 s.
  const uploads = [
    ...Array.from({ length: 4 }, () => slow(0)),
    ...Array.from({ length: 4 }, () => ({ ...slow(0), size: 1e5 })),
  ];
  const autoscale = { ...rule, max: 2, min: 1, above: 0.9, below: 0.6, cooldown: 0, startup: 0 };
  // In turn: servers 0 and 1 have two long ones and two short ones (10 s) each.
  const run = byHand(
    'proxy-streaming',
    { server: { count: 2, threads: 4, autoscale } },
    {
      uploads: [...uploads, ...[41, 41, 41].map(slow)],
    },
  );
  // 10 s: all busy, but there is no room. 20 s: half; server 1 drains until 100 s. 41 s: three more for server 0, of
  // which one waits: full, but there is no room while the other drains. 100 s: it has ended, so that there is. 110 s: 3
  // of 8, and it leaves again, at once.
  expect(steps(run).slice(0, 3)).toEqual([
    [20, 2, 1],
    [100, 1, 2],
    [110, 2, 1],
  ]);
  expect(run.recorder.fleet!.serving.servers[1]!.integral(run.to)).toBeCloseTo(100 + 10, 9);
  // At 10 s; at 50 s, for 3.8 of 4 in the mean; and from 60 s to 90 s.
  expect(run.recorder.fleet!.heldBack).toBe(1 + 1 + 4);
});

it('the kept connection of a server that has left is not used again', () => {
  // Permission on server 1; the body takes 100 s; server 1 has left at 10 s, since nothing happens.
  const valetKey = { notify: 'client' as const };
  const autoscale = { ...rule, max: 2, below: 0.2 };
  const site = { server: { count: 2, threads: 10, autoscale }, valetKey };
  const run = byHand('valet-key', site, { uploads: [slow(0), slow(0)] });
  expect(steps(run)[0]).toEqual([10, 2, 1]);
  expect(run.recorder.fleet!.serving.servers[1]!.integral(run.to)).toBe(10);
  expect(run.uploads.map(({ server, status }) => [server, status])).toEqual([
    [0, 'succeeded'],
    [0, 'succeeded'],
  ]);
});

it('a run in which everybody is stuck ends all the same', () => {
  const forever = { kind: 'constant' as const, value: Number.POSITIVE_INFINITY };
  const health = { interval: 10, timeout: 0, unhealthy: 2, healthy: 5 };
  const site = { server: { threads: 20, autoscale: rule, health }, storage: { firstByte: forever } };
  const run = byHand('proxy-streaming', site, { uploads: [slow(0)] });
  expect(run.finished).toBe(false);
});
