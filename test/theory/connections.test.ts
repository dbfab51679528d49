/** Connections that clients keep open: what the next request saves. Powers of two, so that equal is equal. */
import { describe, expect, it } from 'vitest';
import { always, type Deep, type fluid } from '../reference/hand-made.js';
import { byHand } from './by-hand.js';

type Site = Deep<typeof fluid>;
const keeping = (keepAlive: number, more: Site['transport'] = {}) => ({ transport: { keepAlive, ...more } });
const retry = (attempts: number, base: number) => ({
  retry: { attempts, base, cap: 60, jitter: 'none' as const },
});

describe('a retry', () => {
  // One thread: the second upload is refused, and comes back 1 s after it has learnt of it.
  const uploads = [
    { start: 0, size: 1e6, uplink: 1e6, rttServer: 0.125 },
    { start: 0.25, size: 1e6, uplink: 1e6, rttServer: 0.125 },
  ];
  const site = { server: { threads: 1, backlog: 0 }, client: retry(2, 1) };
  const second = (keepAlive: number, more: Site = {}) =>
    byHand('proxy-streaming', { ...site, ...keeping(keepAlive), ...more }, { uploads });
  // TCP, half a round trip; refused, half a trip back, the pause, half a trip, the body, half a trip back.
  const over = 0.25 + 0.125 + 0.0625 + 0.0625 + 1 + 0.0625 + 1 + 0.0625;

  it('goes over the connection on which it was refused', () => {
    const { uploads: ended, connections } = second(1);
    expect(ended[1]).toMatchObject({ status: 'succeeded', attempts: 2, end: over });
    expect(connections).toMatchObject({ opened: 2, reused: 1 });
  });

  it('opens another one where that has been idle for too long', () => {
    expect(second(1 - 2 ** -20).uploads[1]!.end).toBe(over + 0.125);
    const without = second(0);
    expect(without.uploads[1]!.end).toBe(over + 0.125);
    expect(without.connections).toBeNull();
  });

  it('opens another one where the client had given up', () => {
    // The timer runs out with half of the body on its way, and the pause of 1 s follows.
    const timeout = 0.125 + 0.0625 + 0.5;
    const lone = { uploads: [uploads[0]!] };
    const client = { ...retry(2, 1), timeout };
    const { connections } = byHand('proxy-streaming', { client, ...keeping(60) }, lone);
    expect(connections).toMatchObject({ opened: 2, reused: 0 });
  });

  it('goes to the server that has refused it: connections are what is balanced', () => {
    const two = { ...site, server: { count: 2, threads: 1, backlog: 0 } };
    const three = [{ ...uploads[0]!, size: 3e6 }, { ...uploads[0]!, start: 0.0625 }, { ...uploads[1]! }];
    const end = (keepAlive: number) =>
      byHand('proxy-streaming', { ...two, ...keeping(keepAlive) }, { uploads: three }).uploads[2]!;
    // The third comes to the first server, which is busy for 3 s; without its connection it is the other's turn.
    expect(end(60)).toMatchObject({ server: 0, reason: 'overloaded' });
    expect(end(0)).toMatchObject({ server: 1, status: 'succeeded' });
  });
});

describe('a retry of the valet key', () => {
  it('saves the handshake with storage, and begins slowly: only its head had gone over', () => {
    const upload = { start: 0, size: 1e6, uplink: 1e6, rttStorage: 0.25 };
    const storage = { requestRate: { rate: 0.25, burst: 1 } };
    const run = (keepAlive: number, slowStart: boolean) =>
      byHand(
        'valet-key',
        { storage, client: retry(2, 4), ...keeping(keepAlive, { slowStart }) },
        { uploads: [{ ...upload, size: 1 }, upload] },
      ).uploads[1]!.end;
    // Head at 0.375, refused; the pause of 4 s; half a trip; the body; half a trip.
    const end = 0.25 + 0.125 + 0.125 + 4 + 0.125 + 1 + 0.125;
    expect(run(4, false)).toBe(end);
    expect(run(0, false)).toBe(end + 0.25);
    // Windows of 14,600 B and twice that: five rounds, in which 31 of them are sent, until 1 MB/s fill 0.25 s.
    const slow = 5 * 0.25 - (31 * 14_600) / 1e6;
    expect(run(4, true)).toBeCloseTo(end + slow, 12);
    expect(run(0, true)).toBeCloseTo(end + 0.25 + slow, 12);
  });
});

describe('the turns of a user', () => {
  const turn = { size: 1e6, uplink: 1e6, rttServer: 0.125, rttStorage: 0.25, think: 2 };
  const loop = { uploads: { until: 100, turns: [[turn, turn, turn]] } };
  const tls = { tls: '1.3' as const, slowStart: true };
  const slow = (rtt: number, rounds: number) => rounds * rtt - ((2 ** rounds - 1) * 14_600) / 1e6;

  it('open one connection to the server and one to storage', () => {
    const run = byHand('valet-key', { valetKey: { authorise: always(0.5) }, ...keeping(60, tls) }, loop);
    const latencies = run.uploads.map(({ start, end }) => end - start);
    const asking = 0.125 + 0.5;
    const sending = 0.25 + 1;
    expect(latencies[0]).toBeCloseTo(2 * 0.125 + asking + 2 * 0.25 + sending + slow(0.25, 5), 12);
    expect(latencies[1]).toBeCloseTo(asking + sending, 12);
    expect(latencies[2]).toBeCloseTo(asking + sending, 12);
    expect(run.connections).toMatchObject({ opened: 2, reused: 4 });
  });

  it('open them anew, each, where they have been idle for longer', () => {
    const latency = (keepAlive: number) => {
      const { uploads } = byHand('valet-key', keeping(keepAlive, tls), loop);
      return uploads[1]!.end - uploads[1]!.start;
    };
    // To storage it is idle while the user thinks and asks, over a new connection to the server: 2 + 3 x 0.125 s.
    const all = 3 * 0.125 + 3 * 0.25 + 1 + slow(0.25, 5);
    expect(latency(1)).toBeCloseTo(all, 12);
    expect(latency(2 + 3 * 0.125)).toBeCloseTo(3 * 0.125 + 0.25 + 1, 12);
    expect(latency(2 + 3 * 0.125 - 2 ** -20)).toBeCloseTo(all, 12);
  });

  it.each(['proxy-buffered', 'proxy-spooled', 'proxy-streaming'] as const)('of %s: the same', kind => {
    const run = byHand(kind, keeping(60, tls), loop);
    const [first, next] = run.uploads.map(({ start, end }) => end - start);
    // 1 MB/s x 0.125 s are 8.6 windows: four rounds.
    expect(first).toBeCloseTo(3 * 0.125 + 1 + slow(0.125, 4), 12);
    expect(next).toBeCloseTo(0.125 + 1, 12);
    expect(run.connections).toMatchObject({ opened: 1, reused: 2 });
  });

  it('lose their connection with the server that crashes', () => {
    // The second user's file is too much for the server, which dies between the first one's turns.
    const big = { ...turn, size: 3e6, uplink: Number.POSITIVE_INFINITY };
    const small = { ...turn, size: 1, think: 1 };
    const server = { memory: 1e6, restart: 0.25 };
    const users = [[small, small], [{ ...big, think: 2 }]];
    const run = byHand('proxy-buffered', { server, ...keeping(60) }, { uploads: { until: 9, turns: users } });
    // The first user's, the second's, and another one of the first's, whose packets find nobody yet.
    expect(run.recorder.crashes[0]).toBe(1);
    expect(run.connections).toMatchObject({ opened: 3, reused: 0 });
  });

  it('notify over the connection of the permission, while that lasts', () => {
    const once = { uploads: [{ start: 0, size: 1e6, uplink: 1e6, rttServer: 0.125, rttStorage: 0.25 }] };
    const end = (keepAlive: number) =>
      byHand('valet-key', { valetKey: { notify: 'client' }, ...keeping(keepAlive) }, once).uploads[0]!.end;
    const stored = 2 * 0.125 + 2 * 0.25 + 1;
    expect(end(60)).toBe(stored + 0.125);
    expect(end(0)).toBe(stored + 0.125);
    // It is idle while the file is uploaded, for 1.5 s.
    expect(end(1.5)).toBe(stored + 0.125);
    expect(end(1.25)).toBe(stored + 2 * 0.125);
  });
});

it('the longer connections are kept, the sooner all is done, where nothing is full', () => {
  const turns = (user: number) =>
    Array.from({ length: 4 }, (_, i) => ({
      size: 1e5 * (1 + ((user + i) % 5)),
      uplink: 1e6,
      rttServer: 0.125,
      think: 0.25 * (1 + i),
    }));
  const loop = { uploads: { until: 100, turns: Array.from({ length: 6 }, (_, user) => turns(user)) } };
  const last = (keepAlive: number) => byHand('proxy-streaming', keeping(keepAlive), loop).recorder.lastEnd;
  // Pauses of 0.5, 0.75 and 1 s lie between the turns.
  const ends = [0, 0.25, 0.5, 0.75, 1, 60].map(last);
  expect(ends[1]).toBe(ends[0]);
  for (const i of [2, 3, 4]) expect(ends[i]).toBeCloseTo(ends[i - 1]! - 0.125, 12);
  expect(ends[5]).toBe(ends[4]);
});
