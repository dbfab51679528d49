/**
 * Burst credit, computed by hand: a direction of baseline 1 MB/s that carries 10 MB/s while it has any of 45 MB of
 * credit. Full on, it spends 9 MB/s: gone after 5 s, in which 50 MB pass. Everything else is 0 or unlimited.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Burst, NetworkDirection } from '../../src/scenario/types.js';
import { byHand, type HandRun } from './by-hand.js';

const MB = 1e6;
const none = Number.POSITIVE_INFINITY;

const bursting = (rate: number, burst: Burst | null): NetworkDirection => ({
  rate,
  queue: 0,
  queueInBytes: false,
  burst,
});
const bucket = bursting(1 * MB, { rate: 10 * MB, credit: 45 * MB });
const free = bursting(none, null);

const server = (into: NetworkDirection, out: NetworkDirection, efficiency = 1) => ({
  server: { network: { in: into, out, efficiency } },
});

const upload = (start: number, size: number, uplink = none) => ({ start, size: size * MB, uplink });

const ends = ({ uploads }: HandRun): number[] => uploads.map(({ end }) => end);

const creditLeft = ({ recorder, to }: HandRun, direction: 'networkIn' | 'networkOut'): number =>
  recorder.changing[direction]!.credit!.fleet.at(to);

const exhausted = ({ recorder, to }: HandRun, direction: 'networkIn' | 'networkOut') => {
  const gauge = recorder.changing[direction]!.exhausted!;
  const lasted = gauge.saturatedFor(to);
  return { at: gauge.saturatedAt(), for: lasted };
};

describe('credit that runs out', () => {
  it.each([1, 2, 7])('under %i uploads of 100 MB in all: 5 s at 10 MB/s, then 50 MB at 1 MB/s', n => {
    const uploads = Array.from({ length: n }, () => upload(0, 100 / n));
    const run = byHand('proxy-streaming', server(bucket, free), { uploads });
    for (const end of ends(run)) expect(end).toBeCloseTo(55, 9);
    expect(exhausted(run, 'networkIn').at).toBeCloseTo(5, 12);
    expect(exhausted(run, 'networkIn').for).toBeCloseTo(50, 9);
    expect(run.recorder.networkIn.fleet.saturatedFor(run.to)).toBeCloseTo(55, 9);
    // All that it could carry was carried.
    expect(run.recorder.changing.networkIn!.capacity.fleet.integral(run.to)).toBeCloseTo(100 * MB, 0);
  });

  it('is shared by those who come later', () => {
    // Alone A moves 20 MB until 2 s; 5 MB/s each until 5 s: A 35, B 15; then 0.5 MB/s each.
    // B's other 15 MB take 30 s, A's last 10 MB another 10 s at 1 MB/s.
    const run = byHand('proxy-streaming', server(bucket, free), { uploads: [upload(0, 60), upload(2, 30)] });
    expect(ends(run)[1]).toBeCloseTo(35, 9);
    expect(ends(run)[0]).toBeCloseTo(45, 9);
  });

  it('goes more slowly under a load between the baseline and the burst', () => {
    // 4 MB/s spend 3 MB/s: 15 s, 60 MB; then 20 MB at 1 MB/s. Before that the direction is not full.
    const run = byHand('proxy-streaming', server(bucket, free), { uploads: [upload(0, 80, 4 * MB)] });
    expect(ends(run)[0]).toBeCloseTo(35, 9);
    expect(exhausted(run, 'networkIn').at).toBeCloseTo(15, 9);
    run.recorder.networkIn.fleet.integral(run.to);
    expect(run.recorder.networkIn.saturatedAt()).toBeCloseTo(15, 9);
  });

  it('counts what is on the wire, of which half is payload here', () => {
    // 120 MB on the wire: 50 MB in 5 s, 70 MB in 70 s.
    const run = byHand('proxy-streaming', server(bucket, free, 0.5), { uploads: [upload(0, 60)] });
    expect(ends(run)[0]).toBeCloseTo(75, 9);
  });

  it('counts acknowledgements of a streaming proxy', () => {
    // 100 MB spend 102.5 MB: 50 MB in 5 s, 52.5 MB in 52.5 s.
    const run = byHand(
      'proxy-streaming',
      { ...server(bucket, free), transport: { ackLoad: 0.025 } },
      { uploads: [upload(0, 100)] },
    );
    expect(ends(run)[0]).toBeCloseTo(57.5, 9);
  });

  it('is not gone where the last byte passes as it would be', () => {
    const run = byHand('proxy-streaming', server(bucket, free), { uploads: [upload(0, 50)] });
    expect(ends(run)[0]).toBeCloseTo(5, 12);
    expect(creditLeft(run, 'networkIn')).toBeCloseTo(0, 3);
    expect(exhausted(run, 'networkIn')).toEqual({ at: null, for: 0 });
  });
});

describe('credit that is earned again', () => {
  it('while nothing is sent', () => {
    // A: 4.5 s, 4.5 MB are left. 10 s of rest earn 10 MB. B: (60 - 14.5) MB at the baseline, 14.5 MB above it.
    const run = byHand('proxy-streaming', server(bucket, free), {
      uploads: [upload(0, 45), upload(14.5, 60)],
    });
    expect(ends(run)[0]).toBeCloseTo(4.5, 12);
    expect(ends(run)[1]).toBeCloseTo(14.5 + (60 - 14.5), 9);
    expect(exhausted(run, 'networkIn').at).toBeCloseTo(14.5 + 14.5 / 9, 9);
  });

  it('up to what it was at first, and no further', () => {
    // 9 MB are spent in 1 s and earned in 9 s; B comes 100 s later and finds 45 MB.
    const run = byHand('proxy-streaming', server(bucket, free), {
      uploads: [upload(0, 10), upload(100, 100)],
    });
    expect(ends(run)[1]).toBeCloseTo(155, 9);
  });

  it('by a use below the baseline, from the instant on at which it falls there', () => {
    // A sends 0.5 MB/s throughout. With B the credit lasts 5 s: B 47.5 MB, then 0.5 MB/s for 8 MB: until 21 s. From
    // then on 0.5 MB/s are earned: 10 MB at 41 s, when C comes. They last 10/9 s, in which C moves 9.5 x 10/9 MB;
    // the others of its 20 MB go at 0.5 MB/s.
    const uploads = [upload(0, 100, 0.5 * MB), upload(0, 55.5), upload(41, 20)];
    const run = byHand('proxy-streaming', server(bucket, free), { uploads });
    const [a, b, c] = ends(run);
    expect(b).toBeCloseTo(21, 9);
    expect(c).toBeCloseTo(41 + 10 / 9 + (20 - 95 / 9) / 0.5, 9);
    expect(c).toBeCloseTo(61, 9);
    expect(a).toBeCloseTo(200, 9);
    expect(exhausted(run, 'networkIn').for).toBeCloseTo(21 - 5 + (61 - 41 - 10 / 9), 9);
  });
});

describe('in and out have credit of their own', () => {
  it('a buffering proxy spends one after the other', () => {
    const run = byHand('proxy-buffered', server(bucket, bucket), { uploads: [upload(0, 100)] });
    expect(ends(run)[0]).toBeCloseTo(110, 9);
    expect(exhausted(run, 'networkIn').at).toBeCloseTo(5, 9);
    expect(exhausted(run, 'networkOut').at).toBeCloseTo(60, 9);
    // 55 s of rest earned 45 MB of 55.
    expect(creditLeft(run, 'networkIn')).toBeCloseTo(45 * MB, 0);
    expect(creditLeft(run, 'networkOut')).toBe(0);
  });

  it('a streaming proxy spends both, and is as slow as the slower', () => {
    // Out (2, burst 8, 30 MB) holds the flow at 8 MB/s: it spends 6 MB/s, gone at 5 s; in spends 7 MB/s, 10 MB left.
    // At 2 MB/s in spends 1 MB/s, gone at 15 s. At 1 MB/s out earns 1 MB/s. 40 + 20 MB have passed; 20 s for 20 MB.
    const out = bursting(2 * MB, { rate: 8 * MB, credit: 30 * MB });
    const run = byHand('proxy-streaming', server(bucket, out), { uploads: [upload(0, 80)] });
    expect(ends(run)[0]).toBeCloseTo(35, 9);
    expect(exhausted(run, 'networkOut')).toEqual({ at: expect.closeTo(5, 9), for: expect.closeTo(10, 9) });
    expect(exhausted(run, 'networkIn')).toEqual({ at: expect.closeTo(15, 9), for: expect.closeTo(20, 9) });
    expect(creditLeft(run, 'networkOut')).toBeCloseTo(20 * MB, 0);
  });

  it('each server has its own', () => {
    const spec = { server: { count: 2, network: { in: bucket, out: free } } };
    const run = byHand('proxy-streaming', spec, { uploads: [upload(0, 100), upload(0, 10)] });
    expect(ends(run)[0]).toBeCloseTo(55, 9);
    expect(ends(run)[1]).toBeCloseTo(1, 12);
    const left = run.recorder.changing.networkIn!.credit!.servers.map(level => level.at(run.to));
    expect(left).toEqual([0, 45 * MB]);
  });
});

it('a queue in bytes takes longer to drain at the baseline, one in seconds does not', () => {
  // 100 kB are 0.1 s at 1 MB/s and 0.01 s at 10 MB/s. The packets of B pass a full direction in three times: to open
  // its connection, with its head, and with storage's answer; before 5 s at the burst, after it at the baseline.
  const passes = (start: number, queueInBytes: boolean): number => {
    const early = start < 2;
    const into = { ...bucket, queue: 0.1, queueInBytes };
    const uploads = [upload(0, 1000), { ...upload(start, early ? 1 : 0.001), rttServer: 1 }];
    return byHand('proxy-streaming', server(into, free), { uploads }).uploads[1]!.end;
  };
  expect(passes(1, false) - passes(1, true)).toBeCloseTo(3 * (0.1 - 0.01), 9);
  expect(passes(20, false)).toBeCloseTo(passes(20, true), 9);
});

it('no span of time carries more than its burst, or than credit and baseline together', () => {
  const jobs = fc.array(
    fc.record({
      start: fc.double({ min: 0, max: 60, noNaN: true }),
      size: fc.double({ min: 0.1 * MB, max: 40 * MB, noNaN: true }),
      uplink: fc.constantFrom(none, none, 0.4 * MB, 3 * MB, 20 * MB),
    }),
    { minLength: 1, maxLength: 25 },
  );
  fc.assert(
    fc.property(
      jobs,
      fc.constantFrom('proxy-streaming' as const, 'proxy-buffered' as const),
      (uploads, kind) => {
        const run = byHand(kind, server(bucket, bucket), { uploads });
        const total = uploads.reduce((sum, { size }) => sum + size, 0);
        const { simulation, hosts, recorder, to } = run;
        for (const [name, link] of [
          ['networkIn', hosts.servers[0]!.in.link],
          ['networkOut', hosts.servers[0]!.out.link],
        ] as const) {
          const carried = simulation.network.linkCarried(link);
          expect(carried).toBeCloseTo(total, -1);
          expect(carried).toBeLessThanOrEqual(Math.min(10 * MB * to, 45 * MB + MB * to) * (1 + 1e-9));
          const left = creditLeft(run, name);
          expect(left).toBeGreaterThanOrEqual(0);
          expect(left).toBeLessThanOrEqual(45 * MB);
          // Credit is never made: what is left is at most what was there, less what went above the baseline.
          expect(45 * MB + MB * to - carried).toBeGreaterThanOrEqual(left - 1);
        }
        expect(recorder.succeeded).toBe(uploads.length);
      },
    ),
    { seed: 20_261_124, numRuns: 150 },
  );
});

it('a machine that was seen to carry 6 Gbps for 7 minutes and then 0.6 Gbps does so', () => {
  // https://threadreaderapp.com/thread/1120171727399448576.html: (6 - 0.6) Gbps x 420 s = 283.5 GB of credit.
  const gbps = 1e9 / 8;
  const seen = bursting(0.6 * gbps, { rate: 6 * gbps, credit: 283.5e9 });
  // 315 GB pass in 7 minutes, the other 85 GB at 75 MB/s.
  const run = byHand('proxy-streaming', server(seen, free), { uploads: [upload(0, 400_000)] });
  expect(exhausted(run, 'networkIn').at).toBeCloseTo(7 * 60, 9);
  expect(ends(run)[0]).toBeCloseTo(420 + 85e9 / 75e6, 6);
});
