/**
 * Connections that break: exponential in bytes or in time. Closed forms are compared with means over many uploads that
 * do not meet each other (fixed seeds; 5 standard errors, one seed in 1.7 million for each comparison); instants are
 * exact, given how long a connection lasts.
 */
import { describe, expect, it } from 'vitest';
import { Simulation } from '../../src/kernel/simulation.js';
import { Drops } from '../../src/replay/drops.js';
import type { ConnectionLife, TopologyKind } from '../../src/scenario/types.js';
import { topologies } from '../../src/topologies/registry.js';
import { byHand, direction, network } from './by-hand.js';

const forever = Number.POSITIVE_INFINITY;
const every = (life: Partial<ConnectionLife>): ConnectionLife => ({
  seconds: forever,
  bytes: forever,
  ...life,
});
const lasts = every({});
const all = topologies.map(({ kind }) => kind as TopologyKind);
const patient = { retry: { attempts: 1000, base: 0, cap: 0, jitter: 'none' as const } };

const n = 4000;
/** 3 MB at 1 MB/s. */
const uploads = Array.from({ length: n }, () => ({ start: 0, size: 3e6, uplink: 1e6 }));

function meanOf(values: readonly number[]): { readonly mean: number; readonly error: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  return { mean, error: Math.sqrt(variance / values.length) };
}

function expectMean(values: readonly number[], expected: number): void {
  const { mean, error } = meanOf(values);
  expect(Math.abs(mean - expected)).toBeLessThan(5 * error);
}

describe.each(all)('%s', kind => {
  describe.each([
    ['2 MB', every({ bytes: 2e6 })],
    ['2 s', every({ seconds: 2 })],
  ])('a break every %s', (_, life) => {
    const run = byHand(kind, { client: patient }, { uploads, drops: [life] });

    it('exp(s / every) attempts for each upload: 3 MB at 1 MB/s come through with probability exp(-1.5)', () => {
      expectMean(
        run.uploads.map(({ attempts }) => attempts),
        Math.exp(1.5),
      );
    });

    it('2 s x (exp(1.5) - 1) in all: the renewal argument of a server that breaks down and starts again', () => {
      expectMean(
        run.uploads.map(({ end }) => end),
        2 * (Math.exp(1.5) - 1),
      );
    });

    it('every byte that left a client is wasted or in storage', () => {
      const seconds = run.uploads.reduce((sum, { end }) => sum + end, 0);
      expect(run.recorder.wastedBytes / (1e6 * seconds - n * 3e6)).toBeCloseTo(1, 9);
      expect(run.recorder.succeededBytes).toBe(n * 3e6);
    });
  });

  it('with n attempts, (1 - exp(-s / every))^n of the uploads are lost', () => {
    const client = { retry: { ...patient.retry, attempts: 3 } };
    const run = byHand(kind, { client }, { uploads, drops: [every({ bytes: 2e6 })] });
    const lost = (1 - Math.exp(-1.5)) ** 3;
    const error = Math.sqrt((lost * (1 - lost)) / n);
    expect(Math.abs(run.recorder.failed / n - lost)).toBeLessThan(5 * error);
    expect(run.recorder.failures.toRecord()).toEqual({ 'connection-lost': run.recorder.failed });
  });

  it('one class that breaks leaves the others as they were', () => {
    const mixed = uploads.slice(0, 100).map((upload, i) => ({ ...upload, client: i % 2 }));
    const life = every({ bytes: 2e6 });
    const both = byHand(kind, { client: patient }, { uploads: mixed, drops: [life, life] });
    const one = byHand(kind, { client: patient }, { uploads: mixed, drops: [lasts, life] });
    for (const [i, ended] of one.uploads.entries()) {
      expect(ended).toEqual(i % 2 === 0 ? { ...both.uploads[i], attempts: 1, end: 3 } : both.uploads[i]);
    }
  });

  // The parts of a file draw apart.
  if (kind === 'valet-key-multipart') return;

  it('the body breaks at the same byte in every topology', () => {
    const ends = (of: TopologyKind) =>
      byHand(of, { client: patient }, { uploads: uploads.slice(0, 50), drops: [every({ bytes: 2e6 })] });
    const [mine, other] = [ends(kind), ends('proxy-streaming')];
    expect(mine.uploads.map(({ attempts }) => attempts)).toEqual(
      other.uploads.map(({ attempts }) => attempts),
    );
  });
});

/** Where the draws of parts begin (src/replay/parts.ts). */
const FIRST_PART = 2 ** 30;

/** How long the connection of the first upload's first attempt lasts; of parts, that of the first break. */
function drawn(
  life: ConnectionLife,
  stream = 0,
  turn = 1,
): { readonly bytes: number; readonly seconds: number } {
  const nobody = { linkChanged: () => {}, routeChanged: () => {} };
  const simulation = new Simulation(nobody, { instantSettled: () => {} });
  const drops = new Drops(simulation, [life], 'by hand');
  const first = { stream, item: 0, turn, clientClass: 0, connectionLost: () => {} };
  return { bytes: drops.bytesToBreak(first, 'body'), seconds: drops.secondsToBreak(first, 'body') };
}

describe('exact instants', () => {
  const life = every({ bytes: 5e6 });
  const { bytes } = drawn(life);

  it('is drawn as its mean says, and never where nothing breaks', () => {
    expect(drawn(every({ bytes: 10e6 })).bytes).toBeCloseTo(2 * bytes, 3);
    expect(drawn(lasts)).toEqual({ bytes: forever, seconds: forever });
  });

  it('the bytes pass at a rate that changes on the way', () => {
    // 2 MB/s alone until 1 s, from then on half of it.
    const slow = bytes / 2;
    const run = byHand(
      'proxy-streaming',
      { server: { network: { in: direction(slow), out: direction(forever), efficiency: 1 } } },
      {
        uploads: [
          { start: 0, size: 10 * bytes },
          { start: 1, size: 10 * bytes, client: 1 },
        ],
        drops: [life, lasts],
      },
    );
    // Half of its bytes in the first second; the other half at a quarter of them per second: 2 s.
    expect(run.uploads[0]).toMatchObject({ reason: 'connection-lost', attempts: 1 });
    expect(run.uploads[0]!.end).toBeCloseTo(3, 9);
    expect(run.recorder.wastedBytes).toBeCloseTo(bytes, 3);
    // The other one has moved half as much by then, and has the link for itself.
    expect(run.uploads[1]!.end).toBeCloseTo(3 + (10 * bytes - bytes / 2) / slow, 6);
  });

  it('a buffering server gives the memory and the thread back at the break', () => {
    const run = byHand(
      'proxy-buffered',
      { server: network(bytes) },
      {
        uploads: [{ start: 1, size: 2 * bytes }],
        drops: [life],
      },
    );
    expect(run.uploads[0]).toMatchObject({ reason: 'connection-lost', server: 0 });
    expect(run.uploads[0]!.end).toBeCloseTo(2, 9);
    const { recorder, hosts, to } = run;
    expect(recorder.threads.servers[0]!.integral(to)).toBeCloseTo(1, 9);
    // It grows from nothing to all bytes of the second.
    expect(recorder.memory.servers[0]!.integral(to)).toBeCloseTo(bytes / 2, 3);
    expect(hosts.servers[0]!.memory.at(to)).toBe(0);
    expect(recorder.storageRequests).toBe(0);
  });

  it('a body that is through is not broken by its bytes', () => {
    const run = byHand('proxy-buffered', {}, { uploads: [{ start: 0, size: bytes }], drops: [life] });
    expect(run.uploads[0]).toMatchObject({ status: 'succeeded', attempts: 1 });
  });

  it('where nothing limits the flow it breaks at once, all the same', () => {
    const run = byHand('proxy-buffered', {}, { uploads: [{ start: 7, size: 2 * bytes }], drops: [life] });
    expect(run.uploads[0]).toMatchObject({ reason: 'connection-lost', end: 7 });
    expect(run.recorder.wastedBytes).toBeCloseTo(bytes, 6);
    expect(run.hosts.servers[0]!.memory.at(run.to)).toBe(0);
  });
});

describe('a wave of two parts', () => {
  // At 1 MB/s together, each of 0.6 of the bytes to the first break: at the break each has 0.5 of them.
  const life = every({ bytes: 5e6 });
  const { bytes } = drawn(life, FIRST_PART);
  const part = 0.6 * bytes;
  const lone = (attempts: number) =>
    byHand(
      'valet-key-multipart',
      {
        client: { retry: { ...patient.retry, attempts } },
        options: { partSize: part, parallel: 2 },
      },
      { uploads: [{ start: 0, size: 2 * part, uplink: 1e6 }], drops: [life] },
    );

  it('the one goes on when the other breaks, and storage keeps it', () => {
    // The next break is after more than the 0.1 that the other has to go.
    expect(drawn(life, FIRST_PART + 1).bytes).toBeGreaterThan(0.1 * bytes);
    const run = lone(1);
    expect(run.uploads[0]).toMatchObject({ reason: 'connection-lost', attempts: 1 });
    expect(run.uploads[0]!.end).toBeCloseTo((1.1 * bytes) / 1e6, 9);
    const { abandonedParts, abandonedBytes } = run.recorder.parts!;
    expect(abandonedParts).toBe(1);
    expect(abandonedBytes).toBeCloseTo(part, 6);
    // What broke, and what is left behind in storage.
    expect(run.recorder.wastedBytes).toBeCloseTo(1.1 * bytes, 3);
  });

  it('a retry sends the part that broke, and nothing else', () => {
    // The second attempt breaks as well, the third does not.
    const [second, third] = [2, 3].map(turn => drawn(life, FIRST_PART + 1, turn).bytes);
    expect(second).toBeLessThan(part);
    expect(third).toBeGreaterThan(part);
    const run = lone(3);
    expect(run.uploads[0]).toMatchObject({ status: 'succeeded', attempts: 3 });
    expect(run.uploads[0]!.end).toBeCloseTo((1.7 * bytes + second!) / 1e6, 9);
    expect(run.recorder.wastedBytes).toBeCloseTo(0.5 * bytes + second!, 3);
  });
});

describe('a time for which the connection is open', () => {
  const life = every({ seconds: 10 });
  const { seconds } = drawn(life);
  const server = { network: { in: direction(1e6), out: direction(1e6), efficiency: 1 } };
  const lose = (kind: TopologyKind, share: number) =>
    byHand(kind, { server }, { uploads: [{ start: 0, size: share * seconds * 1e6 }], drops: [life] });

  it('once it has the whole body, a buffering server finishes the PUT for nobody', () => {
    // In for 0.7 of the time, out for as long again: the client is lost before the answer.
    const run = lose('proxy-buffered', 0.7);
    expect(run.uploads[0]).toMatchObject({ reason: 'connection-lost', attempts: 1 });
    expect(run.uploads[0]!.end).toBeCloseTo(seconds, 9);
    expect(run.recorder.wastedBytes).toBeCloseTo(0.7 * seconds * 1e6, 3);
    expect(run.epoch + run.to).toBeCloseTo(1.4 * seconds, 9);
    expect(run.recorder.storageRequests).toBe(1);
  });

  it('so does a spooling one', () => {
    const run = lose('proxy-spooled', 0.7);
    expect(run.uploads[0]!.end).toBeCloseTo(seconds, 9);
    expect(run.epoch + run.to).toBeCloseTo(1.4 * seconds, 9);
  });

  it('a streaming one has its answer in time, or nothing at all', () => {
    expect(lose('proxy-streaming', 0.7).uploads[0]).toMatchObject({ status: 'succeeded' });
    const late = lose('proxy-streaming', 1.4);
    expect(late.uploads[0]!.end).toBeCloseTo(seconds, 9);
    expect(late.recorder.wastedBytes).toBeCloseTo(seconds * 1e6, 3);
    expect(late.epoch + late.to).toBeCloseTo(seconds, 9);
  });

  it('waiting in the backlog counts, too', () => {
    const stuck = { start: 0, size: 1e12, client: 1 };
    const run = byHand(
      'proxy-streaming',
      { server: { ...server, threads: 1 } },
      { uploads: [{ start: 0.5, size: 1 }, stuck], drops: [life, lasts] },
      { horizon: 0.5 + 2 * seconds },
    );
    // Keyed by the order of arrival: the one that waits is the second.
    const [waiting] = run.uploads;
    expect(waiting).toMatchObject({ reason: 'connection-lost', attempts: 1 });
    expect(waiting!.end).toBeGreaterThan(0.5);
    expect(run.recorder.backlog.servers[0]!.integral(run.to)).toBeCloseTo(waiting!.end - 0.5, 9);
  });

  it('not while a client keeps its signed URL', () => {
    const valetKey = { useAfter: { kind: 'constant' as const, value: 100 * seconds }, ttl: 1e6 };
    const site = { valetKey, storage: { network: server.network } };
    const run = byHand('valet-key', site, { uploads: [{ start: 0, size: seconds * 0.9e6 }], drops: [life] });
    expect(run.uploads[0]).toMatchObject({ status: 'succeeded', attempts: 1 });
    expect(run.uploads[0]!.end).toBeCloseTo(100.9 * seconds, 6);
  });

  it('an event that is never due keeps no run alive', () => {
    const run = lose('proxy-streaming', 0.5);
    expect(run.epoch + run.to).toBeCloseTo(0.5 * seconds, 9);
    expect(run.finished).toBe(true);
  });
});
