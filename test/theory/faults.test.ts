/** Scheduled faults, computed by hand: one server and one storage on links where only the uplink takes time. */
import { describe, expect, it } from 'vitest';
import { replay } from '../../src/replay/replay.js';
import { failureReasons, uploadStatus } from '../../src/result.js';
import type { Fault, TopologyKind } from '../../src/scenario/types.js';
import { type Deep, type fluid, handMade, specOf } from '../reference/hand-made.js';

const kinds = ['proxy-buffered', 'proxy-spooled', 'proxy-streaming', 'valet-key'] as const;

/** 1 MB at 1 MB/s from each of these instants; a round trip of 0.1 s to the server and of 0.2 s to storage. */
function run(
  kind: TopologyKind,
  starts: readonly number[],
  faults: readonly Fault[],
  overrides: Deep<typeof fluid> = {},
) {
  const uploads = starts.map(start => ({
    start,
    size: 1e6,
    uplink: 1e6,
    rttServer: 0.1,
    rttStorage: 0.2,
  }));
  const spec = { ...specOf(kind, overrides), faults };
  const horizon = Number.POSITIVE_INFINITY;
  const { recorder, epoch, to } = replay(spec, handMade({ uploads, background: [] }), {
    seed: '1',
    horizon,
    warmup: 0,
  });
  const { uploads: log } = recorder;
  const told = starts.map((_, i) => ({
    end: log.end[i]! + epoch,
    attempts: log.attempts[i],
    outcome:
      uploadStatus[log.status[i]!] === 'failed'
        ? failureReasons[log.reason[i]!]
        : uploadStatus[log.status[i]!],
  }));
  const down = Array.from({ length: spec.server.count }, (_, server) => recorder.downUntil(server, to));
  return { told, recorder, down, end: to + epoch };
}

const serverDown = (at: number, lasts: number, server: number | 'all' = 'all'): Fault => ({
  kind: 'server-down',
  at,
  for: lasts,
  server,
});
const storageDown = (at: number, lasts: number): Fault => ({ kind: 'storage-down', at, for: lasts });
const retries = (attempts: number, base: number) => ({
  client: { retry: { attempts, base, cap: 60, jitter: 'none' as const } },
});

describe('a server that is down', () => {
  it.each(['proxy-buffered', 'proxy-streaming', 'proxy-spooled'] as const)(
    'takes all that is on it with it, and refuses what comes: %s',
    kind => {
      // The first is at its 0.35th second of bytes when the server dies at 0.5: it knows 0.05 s later.
      // The second's first packet comes at 1.05, while it is down, the third's at 1.5, when it is just back.
      const { told, recorder, down, end } = run(kind, [0, 1, 1.45], [serverDown(0.5, 1)]);
      expect(told[0]).toMatchObject({ outcome: 'server-crash', attempts: 1 });
      expect(told[0]!.end).toBeCloseTo(0.55, 12);
      expect(told[1]).toMatchObject({ outcome: 'refused' });
      expect(told[1]!.end).toBeCloseTo(1.1, 12);
      // Connection and head 0.2 s, the body 1 s, nothing else takes time.
      expect(told[2]).toMatchObject({ outcome: 'succeeded' });
      expect(told[2]!.end).toBeCloseTo(1.45 + 0.2 + 1, 9);
      expect(end).toBeCloseTo(2.65, 9);
      // Bytes from 0.15 (one round trip and a half) to 0.5.
      expect(recorder.wastedBytes).toBeCloseTo(0.35e6, 3);
      expect(recorder.crashes[0]).toBe(0);
      expect(down[0]).toBeCloseTo(1, 12);
    },
  );

  it('does not touch what a valet-key client sends to storage', () => {
    // The URL comes after two round trips, 0.2 s; the put lasts from there to 0.2 + 0.4 + 1 s.
    const { told } = run('valet-key', [0], [serverDown(0.3, 10)]);
    expect(told[0]).toMatchObject({ outcome: 'succeeded', attempts: 1 });
    expect(told[0]!.end).toBeCloseTo(1.6, 9);
  });

  it('comes back when the last thing that keeps it down has passed', () => {
    // Two faults that overlap, and two that follow each other: down from 1 to 4, and from 10 to 12.
    const { down, recorder } = run(
      'proxy-streaming',
      [0, 3.7, 3.96, 11.45, 20],
      [serverDown(1, 2), serverDown(2, 2, 0), serverDown(11, 1), serverDown(10, 1)],
    );
    expect(down[0]).toBeCloseTo(5, 12);
    // The first broke, the second and fourth were refused; 3.96 + 0.05 is after the end.
    expect(recorder.attemptFailures.toRecord()).toEqual({ refused: 2, 'server-crash': 1 });
    expect(recorder.succeeded).toBe(2);
  });

  it('is one of several', () => {
    // Round-robin over two: the first and third upload meet server 1, which is down.
    const { told, down } = run('proxy-streaming', [0, 1, 2, 3], [serverDown(0, 10, 0)], {
      server: { count: 2 },
    });
    expect(told.map(({ outcome }) => outcome)).toEqual(['refused', 'succeeded', 'refused', 'succeeded']);
    // The window ends with the last upload, at 3 + 0.2 + 1.
    expect(down[0]).toBeCloseTo(4.2, 9);
    expect(down[1]).toBe(0);
  });

  it('is tried again', () => {
    // Refused at 0.1 s, 0.1 + 1 + 0.1 = 1.2 s, and 1.2 + 2 + 0.1 = 3.3 s; the next begins at 3.3 + 4 = 7.3 s.
    const { told } = run('proxy-streaming', [0], [serverDown(0, 5)], retries(9, 1));
    expect(told[0]).toMatchObject({ outcome: 'succeeded', attempts: 4 });
    expect(told[0]!.end).toBeCloseTo(7.3 + 1.2, 9);
  });

  it('that ran out of memory before is away until both have passed', () => {
    // Memory of 0.5 MB is full 0.5 s after the body began at 0.15 s; it would be back at 10.65 s.
    const memory = { server: { memory: 0.5e6, restart: 10 } };
    const longer = run('proxy-buffered', [0, 12], [serverDown(5, 10)], memory);
    expect(longer.recorder.crashes[0]).toBe(1);
    expect(longer.told[1]!.outcome).toBe('refused');
    const shorter = run('proxy-buffered', [0, 9, 10.61], [serverDown(5, 1)], memory);
    expect(shorter.told.map(({ outcome }) => outcome)).toEqual(['server-crash', 'refused', 'server-crash']);
  });
});

describe('storage that is down', () => {
  it('breaks what it receives and refuses what comes: valet-key', () => {
    // The URL at 0.2 s, the first packet at storage at 0.3 s; the body from 0.2 + 0.3 = 0.5 s on, cut at 1 s.
    const { told, recorder } = run('valet-key', [0, 0.9, 2], [storageDown(1, 1)]);
    expect(told[0]).toMatchObject({ outcome: 'connection-lost', attempts: 1 });
    expect(told[0]!.end).toBeCloseTo(1.1, 12);
    expect(recorder.wastedBytes).toBeCloseTo(0.5e6, 3);
    // The second's first packet is there at 0.9 + 0.3 = 1.2 s, and the client knows at 1.3 s.
    expect(told[1]).toMatchObject({ outcome: 'storage-down' });
    expect(told[1]!.end).toBeCloseTo(1.3, 12);
    expect(told[2]).toMatchObject({ outcome: 'succeeded' });
    // A request that was refused is none that storage had.
    expect(recorder.storageRequests).toBe(2);
  });

  it('is relayed by a streaming server', () => {
    // Head at the server at 0.15 s, at storage at 0.25 s; the body is cut at 1 s. The server knows at 1.1 s.
    const far = { storage: { rtt: 0.2 } };
    const { told, recorder, down } = run('proxy-streaming', [0, 1], [storageDown(1, 1)], far);
    expect(told[0]).toMatchObject({ outcome: 'connection-lost' });
    expect(told[0]!.end).toBeCloseTo(1 + 0.1 + 0.05, 12);
    expect(recorder.wastedBytes).toBeCloseTo(0.75e6, 3);
    // The second's head is at storage at 1 + 0.15 + 0.1, refused, back at the server 0.1 s later.
    expect(told[1]).toMatchObject({ outcome: 'storage-down' });
    expect(told[1]!.end).toBeCloseTo(1.25 + 0.1 + 0.05, 12);
    // Threads are held until the server knows: from 0.15 to 1.1 and from 1.15 to 1.35.
    expect(recorder.ledger.threadTime).toBeCloseTo(0.95 + 0.2, 9);
    expect(down[0]).toBe(0);
  });

  it.each(['proxy-buffered', 'proxy-spooled'] as const)(
    'lets the client send all its bytes first: %s',
    kind => {
      // The whole body is there at 1.15 s and finds storage down.
      const { told, recorder } = run(kind, [0], [storageDown(0, 2)]);
      expect(told[0]).toMatchObject({ outcome: 'storage-down' });
      expect(told[0]!.end).toBeCloseTo(1.2, 9);
      expect(recorder.wastedBytes).toBeCloseTo(1e6, 3);
    },
  );

  it('loses what it has not made durable yet', () => {
    // The whole body at 1.5 s, then a first byte of 1 s: it dies at 2 s with it.
    const { told } = run('valet-key', [0], [storageDown(2, 1)], {
      storage: { firstByte: { kind: 'constant', value: 1 } },
    });
    expect(told[0]).toMatchObject({ outcome: 'connection-lost' });
    expect(told[0]!.end).toBeCloseTo(2.1, 12);
  });

  it('does not touch an answer that is on its way', () => {
    const { told } = run('valet-key', [0], [storageDown(1.55, 1)]);
    expect(told[0]).toMatchObject({ outcome: 'succeeded' });
  });

  it('keeps a valet-key client at the put, with the URL that it has', () => {
    // Refused at 0.4 s; again from 0.4 + 5 s on: half a round trip more than three to the first byte, 1 s, back.
    const { told, recorder } = run('valet-key', [0], [storageDown(0, 4)], retries(2, 5));
    expect(told[0]).toMatchObject({ outcome: 'succeeded', attempts: 2 });
    expect(told[0]!.end).toBeCloseTo(5.4 + 0.4 + 1, 9);
    expect(recorder.timeToToken.count).toBe(1);
  });
});

describe('a run with faults', () => {
  it.each(kinds)('is not made longer by what comes after its end: %s', kind => {
    const calm = run(kind, [0, 1], []);
    const later = run(kind, [0, 1], [serverDown(100, 10), storageDown(200, 1)]);
    expect(later.end).toBeCloseTo(calm.end, 12);
    expect(later.told).toHaveLength(2);
    for (const [i, { end }] of later.told.entries()) expect(end).toBeCloseTo(calm.told[i]!.end, 12);
    expect(later.down).toEqual([0]);
  });

  it.each(kinds)('begins with a fault that is already there: %s', kind => {
    // Down from 5 s on, the first arrival at 10 s: it is refused, and the window begins with it.
    const { told, down, end } = run(kind, [10], [serverDown(5, 100)]);
    expect(told[0]!.outcome).toBe('refused');
    expect(down[0]).toBeCloseTo(end - 10, 12);
  });

  it.each(kinds)('is over before the first arrival: %s', kind => {
    const { told, down } = run(kind, [10], [serverDown(5, 5), storageDown(1, 9)]);
    expect(told[0]!.outcome).toBe('succeeded');
    expect(down[0]).toBe(0);
  });
});
