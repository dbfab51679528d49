/** Links at a fraction and a slow storage, computed by hand: a direction of 10 MB/s, everything else 0 or unlimited. */
import { describe, expect, it } from 'vitest';
import type { Burst, Fault, LinkName, NetworkDirection } from '../../src/scenario/types.js';
import { always } from '../reference/hand-made.js';
import { byHand, type HandRun } from './by-hand.js';

const MB = 1e6;
const none = Number.POSITIVE_INFINITY;

const direction = (rate: number, burst: Burst | null = null): NetworkDirection => ({
  rate,
  queue: 0,
  queueInBytes: false,
  burst,
});
const free = direction(none);

const fault = (link: LinkName, at: number, lasts: number, factor: number): Fault => ({
  kind: 'link',
  links: [link],
  server: 'all',
  at,
  for: lasts,
  factor,
});

const slow = (at: number, lasts: number, factor: number): Fault => ({
  kind: 'storage-slow',
  at,
  for: lasts,
  factor,
});

const site = (into: NetworkDirection, ...faults: readonly Fault[]) => ({
  server: { network: { in: into, out: free } },
  faults,
});

const upload = (start: number, size: number, more: object = {}) => ({ start, size: size * MB, ...more });

const ends = ({ uploads }: HandRun): number[] => uploads.map(({ end }) => end);

describe('a link at a fraction', () => {
  const whole = direction(10 * MB);

  it('at 50% for 10 s in the middle of a transfer: 20 + 50 + 30 MB', () => {
    const run = byHand('proxy-streaming', site(whole, fault('server.in', 2, 10, 0.5)), {
      uploads: [upload(0, 100)],
    });
    expect(ends(run)).toEqual([15]);
    // What it could carry: 10 MB/s, and 5 MB/s for 10 of 15 s.
    expect(run.recorder.changing.networkIn!.capacity.fleet.mean(run.to)).toBeCloseTo(100e6 / 15, 6);
    expect(run.recorder.networkIn.fleet.saturatedFor(run.to)).toBeCloseTo(15, 12);
  });

  it('at 0 nothing moves until it is over', () => {
    const run = byHand('proxy-streaming', site(whole, fault('server.in', 2, 10, 0)), {
      uploads: [upload(0, 100)],
    });
    expect(ends(run)).toEqual([20]);
  });

  it('has the product of all factors that hold', () => {
    // 20, then 10 in 2 s, 5 in 2 s, 30 in 6 s, 35 in 3.5 s.
    const faults = [fault('server.in', 2, 10, 0.5), fault('server.in', 4, 2, 0.5)];
    expect(ends(byHand('proxy-streaming', site(whole, ...faults), { uploads: [upload(0, 100)] }))).toEqual([
      15.5,
    ]);
  });

  it('follows one another without a gap, and may have begun before the first arrival', () => {
    // On the clock of the scenario: 1 MB/s until 103 s, nothing until 105 s, then 10 MB/s.
    const faults = [fault('server.in', 1, 102, 0.1), fault('server.in', 103, 2, 0)];
    const run = byHand('proxy-streaming', site(whole, ...faults), { uploads: [upload(100, 13)] });
    expect(ends(run)).toEqual([106]);
  });

  it('of one server leaves the others alone', () => {
    const struck: Fault = { kind: 'link', links: ['server.in'], server: 1, at: 0, for: 100, factor: 0.5 };
    const spec = { server: { count: 2, network: { in: whole, out: free } }, faults: [struck] };
    const run = byHand('proxy-streaming', spec, { uploads: [upload(0, 10), upload(0, 10)] });
    expect(ends(run)).toEqual([1, 2]);
  });

  it('stops what is unlimited, too', () => {
    const spec = { faults: [fault('storage.in', 2, 5, 0)] };
    expect(ends(byHand('valet-key', spec, { uploads: [upload(0, 10, { uplink: MB })] }))).toEqual([15]);
    expect(ends(byHand('valet-key', spec, { uploads: [upload(3, 10)] }))).toEqual([7]);
  });

  it('keeps packets waiting, too', () => {
    // The first packet waits for 10 s; then half round trips of 0.5 s: connect 2, head 1, and the answer; 1 s of body.
    const run = byHand('proxy-streaming', site(whole, fault('server.in', 0, 10, 0)), {
      uploads: [upload(0, 10, { rttServer: 1 })],
    });
    expect(ends(run)).toEqual([10 + 1.5 + 1 + 0.5]);
    // Half of the body, which goes out as it comes in, waits from 2 s to 20 s; 0.5 s of body, 0.5 s of answer.
    const out = byHand('proxy-streaming', site(whole, fault('server.out', 2, 18, 0)), {
      uploads: [upload(0, 10, { rttServer: 1 })],
    });
    expect(ends(out)).toEqual([20 + 0.5 + 0.5]);
  });
});

describe('a burst on a link at a fraction', () => {
  const bucket = direction(1 * MB, { rate: 10 * MB, credit: 45 * MB });

  it('has that fraction of both', () => {
    // 5 MB/s, of which 4.5 are paid with credit: 10 s, 50 MB. Then 10 MB at 0.5 MB/s.
    const run = byHand('proxy-streaming', site(bucket, fault('server.in', 0, 100, 0.5)), {
      uploads: [upload(0, 60)],
    });
    expect(ends(run)[0]).toBeCloseTo(30, 9);
  });

  it('earns nothing by it', () => {
    // 50 MB in 5 s, 1 MB, 2 MB in 4 s at 0.5 MB/s, and 7 MB in 7 s.
    const run = byHand('proxy-streaming', site(bucket, fault('server.in', 6, 4, 0.5)), {
      uploads: [upload(0, 60)],
    });
    expect(ends(run)[0]).toBeCloseTo(17, 9);
    expect(run.recorder.changing.networkIn!.exhausted!.saturatedFor(run.to)).toBeCloseTo(12, 9);
  });

  it('spends less while nobody could send at the full rate', () => {
    // 20 MB in 2 s cost 18; nothing passes and nothing is earned for 3 s; 27 MB of credit are 3 s more, 30 MB.
    const run = byHand('proxy-streaming', site(bucket, fault('server.in', 2, 3, 0)), {
      uploads: [upload(0, 60)],
    });
    expect(ends(run)[0]).toBeCloseTo(8 + 10, 9);
  });
});

describe('a slow storage', () => {
  const storage = { perConnection: 5 * MB, firstByte: always(1) };

  it('takes a tenth on each connection, also of what is on its way', () => {
    // 20 MB in 4 s, 5 MB in 10 s, 75 MB in 15 s, and 1 s to answer.
    const run = byHand(
      'proxy-streaming',
      { storage, faults: [slow(4, 10, 0.1)] },
      { uploads: [upload(0, 100)] },
    );
    expect(ends(run)[0]).toBeCloseTo(30, 9);
  });

  it.each(['proxy-buffered', 'valet-key'] as const)('%s: the same', kind => {
    const run = byHand(kind, { storage, faults: [slow(4, 10, 0.1)] }, { uploads: [upload(0, 100)] });
    expect(ends(run)[0]).toBeCloseTo(30, 9);
  });

  it('each of the parts of a file on its connection', () => {
    // Two connections of 5 MB/s: 40 MB in 4 s, 10 MB in 10 s, 50 MB in 5 s.
    const spec = {
      storage: { perConnection: 5 * MB },
      options: { partSize: 50 * MB, parallel: 2 },
      faults: [slow(4, 10, 0.1)],
    };
    const run = byHand('valet-key-multipart', spec, { uploads: [upload(0, 100)] });
    expect(ends(run)[0]).toBeCloseTo(19, 9);
  });

  it('answers ten times as late when it begins to', () => {
    const run = byHand('valet-key', { storage, faults: [slow(1.5, 1, 0.1)] }, { uploads: [upload(0, 8)] });
    // 7.5 MB in 1.5 s, 0.5 MB in 1 s: whole at 2.5 s, when it is over.
    expect(ends(run)[0]).toBeCloseTo(3.5, 9);
    const late = byHand('valet-key', { storage, faults: [slow(1.5, 10, 0.1)] }, { uploads: [upload(0, 8)] });
    expect(ends(late)[0]).toBeCloseTo(2.5 + 10, 9);
  });

  it('has its network at the same fraction', () => {
    const spec = {
      storage: { network: { in: direction(10 * MB), out: free } },
      faults: [slow(2, 10, 0.5)],
    };
    expect(ends(byHand('valet-key', spec, { uploads: [upload(0, 100)] }))).toEqual([15]);
  });
});
