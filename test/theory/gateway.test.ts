/** What a gateway before the servers refuses and cuts off, computed by hand. Nothing is random. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay } from '../../src/replay/replay.js';
import type { GatewayParameters, TopologyKind } from '../../src/scenario/types.js';
import { summarise } from '../../src/study/summary.js';
import { always, handMade } from '../reference/hand-made.js';
import { randomScenario } from '../reference/random-scenario.js';
import { byHand, direction } from './by-hand.js';

const forever = Number.POSITIVE_INFINITY;
const gateway = (limits: Partial<GatewayParameters>): GatewayParameters => ({
  profile: null,
  maxBody: forever,
  timeout: forever,
  idle: forever,
  buffers: false,
  ...limits,
});
const proxies: readonly TopologyKind[] = ['proxy-buffered', 'proxy-spooled', 'proxy-streaming'];
const retry = { attempts: 3, base: 1, cap: 60, jitter: 'none' as const };
/** 10 MB: 5 s into the server, 10 s out of it. */
const server = { network: { in: direction(2e6), out: direction(1e6), efficiency: 1 } };

describe('maxBody', () => {
  const site = { gateway: gateway({ maxBody: 10e6 }), client: { retry } };

  it.each(proxies)('%s: a body of that size passes, one byte more is refused by its head', kind => {
    const upload = { start: 0, uplink: 1e6, rttServer: 0.1 };
    const run = byHand(kind, site, {
      uploads: [
        { ...upload, size: 10e6 },
        { ...upload, size: 10e6 + 1 },
      ],
    });
    const [at, over] = run.uploads;
    expect(at).toMatchObject({ status: 'succeeded', attempts: 1 });
    // Connection 0.1 s, then half a round trip there and half back; it is not tried again.
    expect(over).toMatchObject({ reason: 'payload-too-large', attempts: 1 });
    expect(over!.end).toBeCloseTo(0.2, 12);
    expect(run.recorder.wastedBytes).toBe(0);
    expect(run.recorder.storageRequests).toBe(1);
  });

  it('the valet key sends its file past it, and only asks through it', () => {
    const upload = { start: 0, size: 500e6, uplink: 1e6 };
    expect(byHand('valet-key', site, { uploads: [upload] }).uploads[0]).toMatchObject({
      status: 'succeeded',
      end: 500,
    });
    const narrow = { gateway: gateway({ maxBody: 999 }), valetKey: { request: 1000 } };
    expect(byHand('valet-key', narrow, { uploads: [upload] }).uploads[0]).toMatchObject({
      reason: 'payload-too-large',
      end: 0,
    });
  });

  it('other requests have bodies, too', () => {
    const requests = [
      { start: 0, request: 10e6 },
      { start: 0, request: 10e6 + 1 },
    ];
    const { recorder } = byHand('valet-key', site, { uploads: [], background: [{ name: 'post', requests }] });
    expect(recorder.background[0]).toMatchObject({ succeeded: 1, failed: 1 });
    expect(recorder.background[0]!.failures.toRecord()).toEqual({ 'payload-too-large': 1 });
  });
});

describe('timeout', () => {
  it.each(proxies)('%s: 50 MB at 10 Mbps take 40 s; after 29 s of them there is a 504', kind => {
    const upload = { start: 2, size: 50e6, uplink: 1.25e6, rttServer: 0.02 };
    const run = byHand(kind, { gateway: gateway({ timeout: 29 }) }, { uploads: [upload] });
    expect(run.uploads[0]).toMatchObject({ reason: 'gateway-timeout', attempts: 1 });
    // From the head, which comes after 0.02 + 0.01 s; the answer takes 0.01 s.
    expect(run.uploads[0]!.end).toBeCloseTo(2 + 0.03 + 29 + 0.01, 9);
    expect(run.recorder.wastedBytes).toBeCloseTo(29 * 1.25e6, 3);
    // Whoever has not the whole body gives up at that instant.
    expect(run.hosts.servers[0]!.threads.inUse).toBe(0);
    expect(run.epoch + run.to).toBeCloseTo(31.04, 9);
  });

  it('what is answered within it passes', () => {
    const sized = (size: number) =>
      byHand(
        'proxy-streaming',
        { gateway: gateway({ timeout: 29 }) },
        { uploads: [{ start: 0, size, uplink: 1.25e6 }] },
      ).uploads[0];
    // 36.25 MB take 29 s.
    expect(sized(36.2e6)).toMatchObject({ status: 'succeeded' });
    expect(sized(36.3e6)).toMatchObject({ reason: 'gateway-timeout', end: 29 });
  });

  it('a server that has the whole body finishes for nobody, and the client hears of the 504 all the same', () => {
    const run = byHand(
      'proxy-buffered',
      { server, gateway: gateway({ timeout: 7 }) },
      { uploads: [{ start: 1, size: 10e6, rttServer: 0.2 }] },
    );
    // Head after 0.2 + 0.1 s, body until 5 s later, cut off 7 s after the head, forwarded until 15 s after it.
    expect(run.uploads[0]).toMatchObject({ reason: 'gateway-timeout' });
    expect(run.uploads[0]!.end).toBeCloseTo(1.3 + 7 + 0.1, 9);
    expect(run.recorder.wastedBytes).toBeCloseTo(10e6, 3);
    expect(run.recorder.threads.servers[0]!.integral(run.to)).toBeCloseTo(15, 9);
    expect(run.recorder.storageRequests).toBe(1);
    expect(run.epoch + run.to).toBeCloseTo(16.3, 9);
  });

  it('a client who gives up before the 504 reaches him has given up', () => {
    const end = (timeout: number) =>
      byHand(
        'proxy-buffered',
        { server, gateway: gateway({ timeout: 7 }), client: { timeout } },
        { uploads: [{ start: 0, size: 10e6, rttServer: 2 }] },
      ).uploads[0];
    // Head after 3 s, cut off after 10 s, told after 11 s.
    expect(end(10.5)).toMatchObject({ reason: 'timeout', end: 10.5 });
    expect(end(11.5)).toMatchObject({ reason: 'gateway-timeout', end: 11 });
  });

  it('is tried again', () => {
    const run = byHand(
      'proxy-buffered',
      { server, gateway: gateway({ timeout: 12 }), client: { retry } },
      { uploads: [{ start: 1, size: 10e6 }] },
    );
    // Attempts at 1, 14 and 28 s; the first goes out until 16 s, so that the second is late, too (29 s), and so on.
    expect(run.uploads[0]).toMatchObject({ reason: 'gateway-timeout', attempts: 3 });
    expect(run.uploads[0]!.end).toBeCloseTo(28 + 12, 9);
    expect(run.recorder.wastedBytes).toBeCloseTo(30e6, 3);
  });

  it('is anew for each request of the valet key, and storage has none', () => {
    const site = {
      gateway: gateway({ timeout: 2 }),
      valetKey: { authorise: always(1.5), notify: 'client' as const },
      server: { cpu: { perRequest: always(0.4), perMiB: 0 }, cores: 1 },
    };
    const upload = { start: 0, size: 100e6, uplink: 1e6 };
    // 0.4 + 1.5 s, then 100 s past the gateway, then 0.4 s.
    const run = byHand('valet-key', site, { uploads: [upload] });
    expect(run.uploads[0]!.status).toBe('succeeded');
    expect(run.uploads[0]!.end).toBeCloseTo(102.3, 9);
    const slow = { ...site, valetKey: { authorise: always(1.7) } };
    expect(byHand('valet-key', slow, { uploads: [upload] }).uploads[0]).toMatchObject({
      reason: 'gateway-timeout',
      end: 2,
    });
  });

  it("counts until a request's answer has left, whole", () => {
    // Half a round trip of 0.05 s, 1 s of service, then 3 s for the answer over the downlink.
    const requests = [{ start: 0, service: 1, response: 3e6, downlink: 1e6, rttServer: 0.1 }];
    const work = { uploads: [], background: [{ name: 'get', requests }] };
    const late = byHand('valet-key', { gateway: gateway({ timeout: 3.9 }) }, work);
    expect(late.recorder.background[0]!.failures.toRecord()).toEqual({ 'gateway-timeout': 1 });
    expect(late.epoch + late.to).toBeCloseTo(0.05 + 3.9 + 0.05, 9);
    const timely = byHand('valet-key', { gateway: gateway({ timeout: 4.1 }) }, work);
    expect(timely.recorder.background[0]!.latency.max).toBeCloseTo(4.1, 9);
  });

  it('an event of storage goes through it and may be dropped, which the upload does not notice', () => {
    const run = byHand(
      'valet-key',
      {
        gateway: gateway({ timeout: 2 }),
        valetKey: { notify: 'storage' },
        server: { cores: 1, cpu: { perRequest: always(0.4) } },
      },
      {
        uploads: [{ start: 0.5, size: 1e6, uplink: 1e6 }],
        background: [{ name: 'get', requests: Array.from({ length: 20 }, () => ({ start: 1.8 })) }],
      },
    );
    // A URL after 0.4 s, stored 1 s later, at 1.9 s.
    expect(run.uploads[0]).toMatchObject({ status: 'succeeded' });
    expect(run.uploads[0]!.end).toBeCloseTo(1.9, 9);
    // 20 requests share the core until they are cut off at 3.8 s; with a 21st of it, the event is not done by 3.9 s.
    expect(run.recorder.background[0]!.failures.toRecord()).toEqual({ 'gateway-timeout': 20 });
    expect(run.epoch + run.to).toBeCloseTo(3.9, 9);
    expect(run.finished).toBe(true);
  });
});

describe('idle', () => {
  it('bytes that pass are no silence, however slowly', () => {
    const upload = { start: 0, size: 1e6, uplink: 1e3 };
    const site = { gateway: gateway({ idle: 0.5 }) };
    for (const kind of proxies)
      expect(byHand(kind, site, { uploads: [upload] }).uploads[0]).toMatchObject({ end: 1000 });
  });

  it('a buffering server that forwards what it has is silent to its client', () => {
    const upload = { start: 0, size: 10e6, rttServer: 0.2 };
    const run = byHand('proxy-buffered', { server, gateway: gateway({ idle: 7 }) }, { uploads: [upload] });
    // Head after 0.3 s, whole after 5.3 s, cut off after 12.3 s, told after 12.4 s; the PUT ends after 15.3 s.
    expect(run.uploads[0]).toMatchObject({ reason: 'gateway-idle' });
    expect(run.uploads[0]!.end).toBeCloseTo(12.4, 9);
    expect(run.epoch + run.to).toBeCloseTo(15.3, 9);
    const patient = byHand(
      'proxy-buffered',
      { server, gateway: gateway({ idle: 10.1 }) },
      { uploads: [upload] },
    );
    expect(patient.uploads[0]!.end).toBeCloseTo(15.4, 9);
    // A streaming one is as slow, and never silent.
    const streaming = byHand(
      'proxy-streaming',
      { server, gateway: gateway({ idle: 0.1 }) },
      { uploads: [upload] },
    );
    expect(streaming.uploads[0]!.end).toBeCloseTo(10.4, 9);
  });

  it('so is one who waits in the backlog, and leaves it', () => {
    const uploads = [
      { start: 0, size: 10e6, uplink: 1e6 },
      { start: 1, size: 1e6, uplink: 1e6 },
      { start: 6, size: 1e6, uplink: 1e6 },
    ];
    const site = { server: { threads: 1, backlog: 1 }, gateway: gateway({ idle: 4.5 }) };
    // The second is cut off after 1 + 4.5 s, so that the third finds its place free and has the thread from 10 s on.
    expect(
      byHand('proxy-streaming', site, { uploads }).uploads.map(({ end, reason }) => [end, reason]),
    ).toEqual([
      [10, null],
      [5.5, 'gateway-idle'],
      [11, null],
    ]);
  });

  it('starts anew where bytes have passed', () => {
    // A request of 5 s over the uplink, then 3 s of silence.
    const requests = [{ start: 0, request: 5e6, uplink: 1e6, service: 3 }];
    const failures = (idle: number) => {
      const run = byHand(
        'valet-key',
        { gateway: gateway({ idle }) },
        { uploads: [], background: [{ name: 'post', requests }] },
      );
      return [run.recorder.background[0]!.failures.toRecord(), run.epoch + run.to];
    };
    expect(failures(2)).toEqual([{ 'gateway-idle': 1 }, 7]);
    expect(failures(4)).toEqual([{}, 8]);
  });

  it('counts waiting for the identity provider, and not what goes directly to storage', () => {
    const site = (idle: number) => ({ gateway: gateway({ idle }), valetKey: { authorise: always(3) } });
    const upload = { start: 0, size: 1e6, uplink: 1e5 };
    const storage = { firstByte: always(9) };
    expect(byHand('valet-key', { ...site(4), storage }, { uploads: [upload] }).uploads[0]).toMatchObject({
      status: 'succeeded',
      end: 3 + 10 + 9,
    });
    expect(byHand('valet-key', { ...site(2), storage }, { uploads: [upload] }).uploads[0]).toMatchObject({
      reason: 'gateway-idle',
      end: 2,
    });
  });
});

describe('buffers', () => {
  const upload = { start: 0, size: 10e6, uplink: 1e6, rttServer: 0.2 };

  it('the server gets the file at its own pace, and holds a thread for no longer', () => {
    const run = byHand(
      'proxy-streaming',
      { server, gateway: gateway({ buffers: true }) },
      { uploads: [upload] },
    );
    // Head after 0.3 s, 10 s to the gateway, 10 s through the server (1 MB/s out), 0.1 s back.
    expect(run.uploads[0]!.end).toBeCloseTo(20.4, 9);
    expect(run.recorder.threads.servers[0]!.integral(run.to)).toBeCloseTo(10, 9);
    const buffered = byHand(
      'proxy-buffered',
      { server, gateway: gateway({ buffers: true }) },
      { uploads: [upload] },
    );
    // 10 s to the gateway, 5 s into the server, 10 s out of it.
    expect(buffered.uploads[0]!.end).toBeCloseTo(25.4, 9);
    expect(buffered.recorder.threads.servers[0]!.integral(buffered.to)).toBeCloseTo(15, 9);
    expect(buffered.recorder.memory.servers[0]!.peak).toBeCloseTo(10e6, 3);
  });

  it('timeout counts from passing it on, so that a slow uplink is no reason', () => {
    const end = (buffers: boolean) =>
      byHand('proxy-streaming', { gateway: gateway({ buffers, timeout: 2 }) }, { uploads: [upload] })
        .uploads[0];
    expect(end(true)).toMatchObject({ status: 'succeeded' });
    expect(end(true)!.end).toBeCloseTo(10.4, 9);
    expect(end(false)).toMatchObject({ reason: 'gateway-timeout' });
    expect(end(false)!.end).toBeCloseTo(2.4, 9);
    // Slow servers are: 10 s through the server after 10 s to the gateway.
    const slow = byHand(
      'proxy-streaming',
      { server, gateway: gateway({ buffers: true, timeout: 4 }) },
      { uploads: [upload] },
    );
    expect(slow.uploads[0]).toMatchObject({ reason: 'gateway-timeout' });
    expect(slow.uploads[0]!.end).toBeCloseTo(0.3 + 10 + 4 + 0.1, 9);
    // The client has sent it all.
    expect(slow.recorder.wastedBytes).toBeCloseTo(10e6, 3);
  });

  it('a server that dies meanwhile knows nothing of it, and one that is dead then refuses it', () => {
    const dying = { memory: 4e6, restart: 3, onOutOfMemory: 'crash' as const };
    const crasher = { start: 0.5, size: 8e6, uplink: 8e6, rttServer: 0 };
    const site = (restart: number) => ({
      server: { ...dying, restart },
      options: { copies: 1 },
      gateway: gateway({ buffers: true }),
    });
    // The other is at the gateway for 1 s, then fills the memory at once, at 1.5 s.
    const file = { start: 0, size: 3e6, uplink: 1e6, rttServer: 0 };
    const back = byHand('proxy-buffered', site(1), { uploads: [file, crasher] });
    expect(back.recorder.crashes[0]).toBe(1);
    expect(back.uploads.map(({ reason }) => reason)).toEqual([null, 'server-crash']);
    expect(back.uploads[0]!.end).toBeCloseTo(3, 9);
    const away = byHand('proxy-buffered', site(5), { uploads: [file, crasher] });
    expect(away.uploads.map(({ reason }) => reason)).toEqual(['refused', 'server-crash']);
  });
});

it('a gateway whose limits nobody meets changes nothing, to the bit', () => {
  const resultOf = (
    scenario: Parameters<typeof replay>[0],
    work: Parameters<typeof handMade>[0],
    horizon: number,
  ) => {
    const run = replay(scenario, handMade(work), { seed: 'same', horizon, warmup: 0 });
    const { gateway: _, ...result } = summarise(scenario, run, run.recorder.background, [], null);
    return JSON.stringify(result);
  };
  fc.assert(
    fc.property(randomScenario(), fc.constantFrom(forever, 1e9), ({ spec, work, horizon }, limit) => {
      const without = { ...spec, gateway: null };
      const within = { ...spec, gateway: gateway({ maxBody: limit, timeout: limit, idle: limit }) };
      expect(resultOf(within, work, horizon)).toBe(resultOf(without, work, horizon));
    }),
    { numRuns: 100, seed: 7 },
  );
});
