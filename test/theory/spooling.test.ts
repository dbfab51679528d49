/** Bodies on disk: computed by hand. Nothing is random, nothing but what is named costs anything. */
import { describe, expect, it } from 'vitest';
import { byHand, direction } from './by-hand.js';

const forever = Number.POSITIVE_INFINITY;
const disk = (space: number, bandwidth = forever) => ({ disk: { space, bandwidth } });

describe('space', () => {
  /** One body of 4 MB a second, 4 s in and 1 s out: each is on the disk for 5 s. */
  const site = (space: number) => ({
    server: { ...disk(space), network: { in: direction(forever), out: direction(forever), efficiency: 1 } },
    storage: { perConnection: 4e6 },
  });
  const uploads = Array.from({ length: 10 }, (_, i) => ({ start: i, size: 4e6, uplink: 1e6 }));

  it('of five bodies is enough: each leaves as the sixth comes', () => {
    const { recorder, uploads: ended, from, to } = byHand('proxy-spooled', site(20e6), { uploads });
    for (const { start, end } of ended) expect(end - start).toBeCloseTo(5, 9);
    const [space] = recorder.diskSpace!.servers;
    expect(space!.peak).toBe(20e6);
    // Full from the fifth head, at 4 s, to the last but four answers, at 10 s.
    expect(space!.saturatedAt).toBeCloseTo(4, 9);
    expect(space!.saturatedFor(to)).toBeCloseTo(6, 9);
    // 10 bodies of 4 MB for 5 s each.
    expect(space!.integral(to)).toBeCloseTo(200e6, 3);
    expect(to - from).toBeCloseTo(14, 9);
  });

  it('less than that refuses, at the head, the one that finds no room, and no byte of it is sent', () => {
    const { recorder, uploads: ended } = byHand('proxy-spooled', site(20e6 - 1), { uploads });
    // Four fit. The fifth comes at 4 s and is refused; the first leaves at 5 s, and so on: 4, then 9.
    expect(ended.map(({ reason }) => reason)).toEqual([
      ...[null, null, null, null, 'disk-full'],
      ...[null, null, null, null, 'disk-full'],
    ]);
    expect(ended[4]!.end).toBe(4);
    expect(recorder.wastedBytes).toBe(0);
    const [space] = recorder.diskSpace!.servers;
    expect(space!.peak).toBe(16e6);
    // Never full to the last byte, yet short of room at that instant.
    expect(space!.saturatedAt).toBe(4);
    expect(space!.saturatedFor(14)).toBe(0);
  });

  it('that is full is so from the last body that fits, not from the first that does not', () => {
    const { recorder } = byHand('proxy-spooled', site(8e6), { uploads: uploads.slice(0, 3) });
    expect(recorder.attemptFailures.toRecord()).toEqual({ 'disk-full': 1 });
    const [space] = recorder.diskSpace!.servers;
    expect(space!.saturatedAt).toBe(1);
    expect(space!.saturatedFor(6)).toBeCloseTo(4, 9);
  });

  it('refuses half a round trip after the head has come, and is asked again', () => {
    const retry = { attempts: 2, base: 3, cap: 60, jitter: 'none' as const };
    const own = { ...site(4e6), client: { retry } };
    const pair = [0, 0.5].map(start => ({ start, size: 4e6, uplink: 1e6, rttServer: 0.2 }));
    const { uploads: ended, recorder } = byHand('proxy-spooled', own, { uploads: pair });
    // TCP and half a round trip: heads come at 0.3 and 0.8 s. The first is gone at 0.3 + 5 s.
    expect(ended[0]!.end).toBeCloseTo(0.3 + 5 + 0.1, 9);
    // Refused at 0.8, known at 0.9, tried again at 3.9, with the head there at 4.2: still no room.
    expect(ended[1]).toMatchObject({ status: 'failed', reason: 'disk-full', attempts: 2 });
    expect(ended[1]!.end).toBeCloseTo(4.3, 9);
    expect(recorder.attemptFailures.toRecord()).toEqual({ 'disk-full': 2 });
    const patient = { ...own, client: { retry: { ...retry, base: 5 } } };
    // Tried again at 5.9 s, with the head there at 6.2.
    expect(byHand('proxy-spooled', patient, { uploads: pair }).uploads[1]!.end).toBeCloseTo(6.2 + 5.1, 9);
  });

  it('is free again at once when a client gives up, and when the server dies', () => {
    const late = { ...site(4e6), client: { timeout: 2 } };
    const two = [0, 2.5].map(start => ({ start, size: 4e6, uplink: 1e6 }));
    expect(byHand('proxy-spooled', late, { uploads: two }).recorder.attemptFailures.toRecord()).toEqual({
      timeout: 2,
    });
    // Memory for one head: the second kills the server, and both bodies go with it.
    const crashing = {
      ...site(8e6),
      server: { ...site(8e6).server, memory: 1.5e6, restart: 0.5 },
      options: { perRequest: 1e6 },
    };
    const three = [0, 1, 2].map(start => ({ start, size: 4e6, uplink: 1e6 }));
    const run = byHand('proxy-spooled', crashing, { uploads: three });
    expect(run.uploads.map(({ reason }) => reason)).toEqual(['server-crash', 'server-crash', null]);
    expect(run.recorder.diskSpace!.servers[0]!.peak).toBe(4e6);
  });
});

describe('bandwidth', () => {
  it('is shared by the two hops', () => {
    const server = disk(forever, 2e6);
    const two = [
      { start: 0, size: 2e6 },
      { start: 1, size: 2e6 },
    ];
    const run = byHand('proxy-spooled', { server }, { uploads: two });
    // 0-1 s: A is written. 1-3 s: A is read and B written, 1 MB/s each. 3-4 s: B is read.
    expect(run.uploads[0]!.end).toBeCloseTo(3, 9);
    expect(run.uploads[1]!.end).toBeCloseTo(4, 9);
    const [usage] = run.recorder.disk!.servers;
    expect(usage!.integral(run.to)).toBeCloseTo(8e6, 3);
    expect(usage!.saturatedFor(run.to)).toBeCloseTo(4, 9);
  });

  it('is what a lone upload passes twice, with CPU for half of each passage', () => {
    const server = { ...disk(forever, 1e6), cpu: { perMiB: 0.5 }, cores: 1 };
    const run = byHand('proxy-spooled', { server }, { uploads: [{ start: 0, size: 2 ** 20 }] });
    expect(run.uploads[0]!.end).toBeCloseTo(2 * 1.048576, 9);
    expect(run.simulation.network.linkCarried(run.hosts.servers[0]!.cores)).toBeCloseTo(0.5, 9);
  });
});

describe('threads', () => {
  /** 4 s in, 1 s out. */
  const network = { in: direction(forever), out: direction(1e6), efficiency: 1 };
  const server = { network, threads: 1 };

  it('are held while forwarding, not while receiving', () => {
    const three = [0, 0.1, 0.2].map(start => ({ start, size: 1e6, uplink: 0.25e6 }));
    const run = byHand('proxy-spooled', { server }, { uploads: three });
    // In at 4, 4.1 and 4.2 s, all on the disk together; then out, one after the other.
    for (const [i, expected] of [5, 6, 7].entries()) expect(run.uploads[i]!.end).toBeCloseTo(expected, 9);
    const [threads] = run.recorder.threads.servers;
    expect(threads!.integral(run.to)).toBeCloseTo(3, 9);
    expect(run.recorder.threadHold.mean).toBeCloseTo(1, 9);
    expect(run.recorder.backlog.servers[0]!.peak).toBe(2);
  });

  it('that are all taken, and no room to wait for one: refused, after all bytes have come', () => {
    const two = [0, 0.1].map(start => ({ start, size: 1e6, uplink: 0.25e6 }));
    const run = byHand('proxy-spooled', { server: { ...server, backlog: 0 } }, { uploads: two });
    expect(run.uploads[1]).toMatchObject({ status: 'failed', reason: 'overloaded' });
    expect(run.uploads[1]!.end).toBeCloseTo(4.1, 9);
    expect(run.recorder.wastedBytes).toBeCloseTo(1e6, 3);
  });

  it('work on for a client who has gone, once the whole body is there', () => {
    const upload = { start: 0, size: 1e6, uplink: 0.25e6 };
    const run = byHand('proxy-spooled', { server, client: { timeout: 4.5 } }, { uploads: [upload] });
    expect(run.uploads[0]).toMatchObject({ reason: 'timeout', end: 4.5 });
    expect(run.to).toBeCloseTo(5, 9);
    expect(run.recorder.wastedBytes).toBeCloseTo(1e6, 3);
    expect(run.recorder.storageRequests).toBe(1);
  });

  it('pass on a 404 after all bytes have come and gone', () => {
    const upload = { start: 0, size: 1e6, uplink: 0.25e6, bucket: 1 };
    const run = byHand('proxy-spooled', { server }, { uploads: [upload] });
    expect(run.uploads[0]).toMatchObject({ reason: 'no-such-bucket' });
    expect(run.uploads[0]!.end).toBeCloseTo(5, 9);
  });
});

it('memory is that of each request alone, from its head to its answer', () => {
  const options = { copies: 2, completeCopies: 3, perRequest: 1e3 };
  const upload = { start: 0, size: 1e6, uplink: 0.5e6 };
  const run = byHand('proxy-spooled', { options, storage: { perConnection: 1e6 } }, { uploads: [upload] });
  const [memory] = run.recorder.memory.servers;
  expect(memory!.peak).toBe(1e3);
  expect(memory!.integral(run.to)).toBeCloseTo(3e3, 6);
});
