/** One upload among others: what waits, what fails, what is tried again, and what cannot be told. */
import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.js';
import { type Journey, type Play, phases, type Trace } from '../../src/journey.js';
import { runScenario } from '../../src/study/run.js';
import { traceUpload } from '../../src/study/trace.js';
import { fluidWith, type Part, parseText, plainBuffers } from '../theory/scenario-text.js';

const loadedOf = (parts: Part) => ({ ...parseText(fluidWith(parts)), file: 'trace.yaml', sha256: '' });

function trace(parts: Part, upload = 0, play: Play | null = null): Promise<Trace> {
  return traceUpload(loadedOf(parts), { upload, play });
}

async function one(parts: Part, upload = 0, play: Play | null = null): Promise<Journey> {
  const { journeys } = await trace(parts, upload, play);
  expect(journeys).toHaveLength(1);
  return journeys[0]!;
}

const told = ({ steps }: Journey) => steps.map(({ action, start, end }) => [action, start, end]);
const burst = (count: number, more: Part = {}): Part => ({
  uploads: { arrivals: { count, at: '0s' }, size: '1MB', ...more },
});
const client8Mbps = [{ name: 'anyone', uplink: '8Mbps', rtt: '0s' }];

describe('under load', () => {
  it('an upload waits for its thread as long as the one before it keeps it', async () => {
    const parts = {
      workload: burst(3),
      clients: client8Mbps,
      server: { threads: 1 },
      topologies: ['proxy-streaming'],
    };
    for (const upload of [0, 1, 2]) {
      const journey = await one(parts, upload);
      const wait = journey.steps.find(({ action }) => action === 'takeThread')!;
      expect([wait.start, wait.end, wait.phase]).toEqual([0, upload, 'waiting']);
      expect(journey.phases.waiting).toBe(upload);
      expect(journey.phases.bytes).toBe(1);
      expect(journey.held.thread).toBe(1);
      expect(journey.latency).toBe(upload + 1);
    }
  });

  it('what others take of a link is said', async () => {
    const parts = {
      workload: burst(4),
      clients: client8Mbps,
      server: { network: '16Mbps' },
      topologies: ['proxy-streaming'],
    };
    const { steps } = await one(parts, 3);
    const body = steps.find(({ type }) => type === 'bytes')!;
    expect(body.bound).toBe('shared with others');
    expect(body.rate).toBeCloseTo((16e6 / 8) * 0.9415 * (1 / 4), 6);
  });

  it('a spooled body is told from its room on the disk on, and what the disk holds back', async () => {
    const parts = {
      workload: { uploads: { arrivals: { rate: '1/s', for: '2s', process: 'constant' }, size: '1MB' } },
      clients: client8Mbps,
      server: { disk: { space: '1MB', bandwidth: '500KB/s' } },
      topologies: ['proxy-spooled'],
    };
    const first = await one(parts, 0);
    const bodies = first.steps.filter(({ type }) => type === 'bytes');
    // Written for 2 s, then read for 2 s, with nobody else there.
    expect(bodies.map(({ to, duration, bound }) => [to, duration, bound])).toEqual([
      ['server 1', 2, "server's disk"],
      ['storage', 2, "server's disk"],
    ]);
    expect(first.steps.find(({ action }) => action === 'reserveDisk')!.bytes).toBe(1e6);
    expect(first.held).toEqual({ thread: 2, memory: 16_384 });
    const second = await one(parts, 1);
    expect(second).toMatchObject({ status: 'failed', reason: 'disk-full', latency: 0 });
    expect(second.steps.at(-1)).toMatchObject({ action: 'refusal', reason: 'disk-full', from: 'server 1' });
  });

  it('agrees with the uploads table, whichever upload it is', async () => {
    const parts = {
      seed: 5,
      workload: {
        uploads: { arrivals: { rate: '5/s', for: '10s' }, size: { lognormal: { median: '2MB', cv: 1 } } },
      },
      clients: [{ name: 'anyone', uplink: '20Mbps', rtt: '40ms' }],
      client: { timeout: '3s', retry: { attempts: 3, base: '1s', jitter: 'full' } },
      transport: { tls: '1.3', slowStart: true },
      server: { threads: 3, backlog: 2, network: '60Mbps', memory: '12MB' },
      topologies: ['proxy-buffered', 'proxy-spooled', 'proxy-streaming', 'valet-key'],
    };
    const { uploads, result } = runScenario(loadedOf(parts));
    const statuses = new Set<string>();
    for (let id = 0; id < uploads[0]!.count; id += 3) {
      const { journeys } = await trace(parts, id);
      for (const [t, journey] of journeys.entries()) {
        const table = uploads[t]!;
        expect(journey.start).toBe(table.start[id]);
        expect(journey.end).toBe(table.end[id]);
        expect(journey.attempts).toBe(table.attempts[id]);
        expect(journey.steps[0]!.start).toBe(journey.start);
        expect(Math.max(...journey.steps.filter(({ aside }) => !aside).map(({ end }) => end))).toBe(
          journey.end,
        );
        const sum = phases.reduce((total, phase) => total + journey.phases[phase], 0);
        expect(sum).toBeCloseTo(journey.latency!, 12);
        statuses.add(`${journey.status} ${journey.reason}`);
      }
    }
    // Otherwise little of it would have been seen.
    expect([...statuses].length).toBeGreaterThanOrEqual(3);
    expect(result.topologies[0]!.server.crashes).toBeGreaterThan(0);
  });
});

it('rows of a trace keep their numbers, in whatever order they arrive', async () => {
  const parts = fluidWith({
    workload: { uploads: { arrivals: { trace: 'log.csv' } } },
    topologies: ['proxy-streaming'],
  });
  const files = { 'log.csv': 'start,size,file\n1700000007.25,2000,late.bin\n1700000000.5,1000,early.bin\n' };
  const loaded = { ...parseText(parts, files), file: 'trace.yaml', sha256: '' };
  const journeys = await Promise.all(
    [0, 1].map(async upload => (await traceUpload(loaded, { upload, play: null })).journeys[0]!),
  );
  expect(journeys.map(({ start, size, file }) => [start, size, file])).toEqual([
    [1_700_000_007.25, 2000, 'late.bin'],
    [1_700_000_000.5, 1000, 'early.bin'],
  ]);
});

describe('what goes wrong', () => {
  it('crashes, and a server that is away: every attempt, and the waiting between them', async () => {
    // Two bodies, 1 MB/s each, fill 1.5 MB after 0.75 s. The server is away for 2 s.
    const crashed = await one({
      workload: burst(2),
      clients: client8Mbps,
      client: { retry: { attempts: 4, base: '1s', cap: '60s', jitter: 'none' } },
      server: { memory: '1.5MB', restart: '2s' },
      topologies: [{ name: 'proxy-buffered', copies: 1, completeCopies: 1, perRequest: '0B' }],
    });
    expect(told(crashed).filter(([action]) => action !== 'connect' && action !== 'takeThread')).toEqual([
      ['send', 0, 0],
      ['receiveIntoMemory', 0, 0.75],
      ['crash', 0.75, 0.75],
      ['connectionLost', 0.75, 0.75],
      // 1 s, then 2 s: at 1.75 s it is refused, at 3.75 s it is back, and full again after 0.75 s.
      ['backOff', 0.75, 1.75],
      ['refusal', 1.75, 1.75],
      ['backOff', 1.75, 3.75],
      ['send', 3.75, 3.75],
      ['receiveIntoMemory', 3.75, 4.5],
      ['crash', 4.5, 4.5],
      ['connectionLost', 4.5, 4.5],
      ['backOff', 4.5, 8.5],
      ['send', 8.5, 8.5],
      ['receiveIntoMemory', 8.5, 9.25],
      ['crash', 9.25, 9.25],
      ['connectionLost', 9.25, 9.25],
    ]);
    expect(crashed).toMatchObject({ status: 'failed', reason: 'server-crash', attempts: 4, latency: 9.25 });
    expect(crashed.steps.find(({ type }) => type === 'bytes')).toMatchObject({ bytes: 750_000, bound: null });
    expect(crashed.steps.find(({ action }) => action === 'refusal')!.reason).toBe('refused');
    expect(crashed.phases).toMatchObject({ bytes: 2.25, backOff: 7 });
    expect(crashed.held).toEqual({ thread: 2.25, memory: 750_000 });
  });

  it('a client that gives up, and the server that goes on without it', async () => {
    const journey = await one({
      workload: burst(1),
      clients: client8Mbps,
      client: { timeout: '1.5s' },
      storage: { perConnection: '8Mbps' },
      topologies: [{ name: 'proxy-buffered' }],
    });
    expect(journey).toMatchObject({ status: 'failed', reason: 'timeout', latency: 1.5 });
    const bodies = journey.steps.filter(({ type }) => type === 'bytes');
    expect(bodies.map(({ from, start, end, aside, bytes }) => [from, start, end, aside, bytes])).toEqual([
      ['client', 0, 1, false, 1e6],
      ['server 1', 1, 1.5, false, null],
      ['server 1', 1.5, 2, true, 1e6],
    ]);
    expect(journey.steps.find(({ action }) => action === 'timeout')).toMatchObject({ start: 1.5, end: 1.5 });
    expect(journey.phases.bytes).toBe(1.5);
    expect(journey.held.thread).toBe(2);
  });

  const breaking = {
    workload: burst(1),
    clients: [{ ...client8Mbps[0], drops: { every: '100ms' } }],
    client: { patience: '5s', retry: { attempts: 1000, base: '700ms', cap: '700ms', jitter: 'none' } },
    topologies: ['proxy-streaming'],
  };

  it('connections that break, the pauses between them, and a user who gives up in one', async () => {
    const journey = await one(breaking);
    expect(journey).toMatchObject({ status: 'failed', reason: 'abandoned', latency: 5 });
    const breaks = journey.steps.filter(({ action }) => action === 'connectionLost');
    expect(breaks).toHaveLength(journey.attempts);
    for (const broken of breaks) {
      expect(broken).toMatchObject({ reason: 'connection-lost', type: 'note', duration: 0, from: 'client' });
    }
    // Each breaks where its bytes end, and 700 ms pass until the next.
    const bodies = journey.steps.filter(({ type }) => type === 'bytes');
    expect(bodies.map(({ end }) => end)).toEqual(breaks.map(({ start }) => start));
    const pauses = journey.steps.filter(({ action }) => action === 'backOff');
    for (const pause of pauses.slice(0, -1)) expect(pause.duration).toBeCloseTo(0.7, 9);
    // The last pause ends with the patience, and no attempt begins after it.
    expect(pauses.at(-1)!.end).toBe(5);
    expect(journey.steps.at(-1)).toMatchObject({
      action: 'giveUp',
      reason: 'abandoned',
      start: 5,
      attempt: journey.attempts,
    });
    expect(journey.phases.bytes + journey.phases.backOff).toBeCloseTo(5, 9);
  });

  it('a user who gives up while the bytes move', async () => {
    const journey = await one({ ...breaking, clients: client8Mbps, client: { patience: '400ms' } });
    expect(journey).toMatchObject({ reason: 'abandoned', latency: 0.4, attempts: 1 });
    expect(journey.steps.find(({ type }) => type === 'bytes')!.bytes).toBeCloseTo(0.4e6, 6);
    expect(journey.steps.at(-1)).toMatchObject({ action: 'giveUp', start: 0.4, attempt: 1 });
  });

  it('a full backlog says no at once, half a round trip away', async () => {
    const parts = {
      workload: burst(2),
      clients: [{ name: 'anyone', uplink: '8Mbps', rtt: '100ms' }],
      server: { threads: 1, backlog: 0 },
      topologies: ['proxy-streaming'],
    };
    const { steps, reason } = await one(parts, 1);
    expect(reason).toBe('overloaded');
    expect(steps.at(-1)).toMatchObject({ action: 'refusal', from: 'server 1', to: 'client', reason });
    expect(steps.at(-1)!.start).toBeCloseTo(0.15, 12);
    expect(steps.at(-1)!.end).toBeCloseTo(0.2, 12);
  });

  it('storage that is too busy looks at no token', async () => {
    const { checks, tokens, reason, steps } = await one(
      {
        workload: burst(2),
        storage: { requestRate: { rate: '1/s', burst: 1 } },
        topologies: ['valet-key'],
      },
      1,
    );
    expect(reason).toBe('slow-down');
    expect([tokens.length, checks.length]).toEqual([1, 0]);
    expect(steps.at(-1)).toMatchObject({ action: 'refusal', from: 'storage', to: 'client' });
  });

  it('a bucket that does not exist, signed and asked for', async () => {
    const { checks, reason } = await one({
      workload: burst(1, { bucket: 'nowhere' }),
      storage: { buckets: ['somewhere'] },
      topologies: ['valet-key'],
    });
    expect(reason).toBe('no-such-bucket');
    expect(checks[0]!.fields.map(({ field, verdict, ok }) => [field, verdict, ok])).toEqual([
      ['method', 'same', true],
      ['bucket', 'no such bucket', false],
      ['key', 'same', true],
      ['expiry', 'valid', true],
      ['signature', 'same', true],
    ]);
  });

  it('a run that is cut short leaves it where it is', async () => {
    const journey = await one({
      horizon: '0.25s',
      workload: burst(1),
      clients: client8Mbps,
      topologies: ['proxy-streaming'],
    });
    expect(journey).toMatchObject({ status: 'unfinished', end: null, latency: null, reason: null });
    expect(journey.steps.at(-1)).toMatchObject({ action: 'transfer', start: 0, end: 0.25, bytes: null });
    expect(journey.phases.bytes).toBe(0.25);
  });
});

describe('a play', () => {
  const parts = {
    workload: burst(50),
    clients: client8Mbps,
    topologies: ['valet-key'],
    valetKey: { ttl: '10s' },
  };

  it('is played on the one upload among others that do well', async () => {
    expect(await one(parts, 7, 'tampered')).toMatchObject({ status: 'failed', reason: 'signature-mismatch' });
    expect(await one(parts, 7)).toMatchObject({ status: 'succeeded', offered: 50 });
  });

  it('in a closed loop, too', async () => {
    const loop = {
      ...parts,
      workload: {
        uploads: { arrivals: { users: 2, think: '1s', for: '5s' }, size: '1MB' },
      },
    };
    const journey = await one(loop, 3, 'wrong-key');
    expect(journey).toMatchObject({ status: 'failed', reason: 'access-denied', start: 3 });
    await expect(trace(loop, 400)).rejects.toThrow(/--upload 400: .*valet-key has uploads 0 to \d+$/);
  });

  it('expired: a fifteenth of its life too late', async () => {
    const { checks, status } = await one(
      { ...parts, client: { retry: { attempts: 2, base: '1s', jitter: 'none' } } },
      7,
      'expired',
    );
    expect(status).toBe('succeeded');
    expect(checks[0]).toMatchObject({ reason: 'token-expired' });
    expect(checks[0]!.age).toBeCloseTo((10 * 16) / 15, 12);
  });

  it.each(['expired', 'wrong-key', 'wrong-method', 'tampered'] as const)(
    '%s needs a topology that signs URLs',
    async play => {
      const proxies = { ...parts, topologies: ['proxy-buffered', 'proxy-streaming'] };
      const refusal = trace(proxies, 0, play);
      await expect(refusal).rejects.toThrow(UserError);
      await expect(refusal).rejects.toThrow(/--play .*\(proxy-buffered, proxy-streaming\)/);
    },
  );
});

describe('what cannot be traced', () => {
  it.each<[string, Part, number, string]>([
    [
      'a number too high',
      { workload: burst(3) },
      3,
      '--upload 3: there is no such upload; this scenario has uploads 0 to 2',
    ],
    ['of one upload', { workload: burst(1) }, 1, 'this scenario has one upload: 0'],
    [
      'an upload after the horizon',
      { horizon: '2s', workload: { uploads: { arrivals: { count: 5, over: '10s' }, size: '1MB' } } },
      4,
      'after the horizon (2 s)',
    ],
    [
      'a URL that would live longer than a week',
      { workload: burst(1), topologies: ['valet-key'], valetKey: { ttl: '8d' } },
      0,
      'valet-key: valetKey.ttl is 691200 s, and Signature V4 signs URLs for at most 7 days',
    ],
  ])('%s', async (_, parts, upload, message) => {
    const refusal = trace(parts, upload);
    await expect(refusal).rejects.toThrow(UserError);
    await expect(refusal).rejects.toThrow(message);
  });

  it('a life that is not of whole seconds is signed as the nearest, and kept as it is', async () => {
    const { tokens } = await one({
      workload: burst(1),
      topologies: ['valet-key'],
      valetKey: { ttl: '2500ms' },
    });
    expect(tokens[0]).toMatchObject({ ttl: 2.5, validUntil: 2.5, expires: 3 });
    expect(tokens[0]!.url).toContain('&X-Amz-Expires=3&');
  });
});

describe('at a gateway', () => {
  const slow = [{ name: 'slow', uplink: '8Mbps', rtt: { server: '2s' } }];

  it('a body that is too large is refused there', async () => {
    const parts = {
      workload: burst(1),
      clients: slow,
      gateway: { maxBody: '999KB' },
      topologies: ['proxy-streaming'],
    };
    const journey = await one(parts);
    // The connection takes 2 s, the head 1 s, the answer 1 s.
    expect(told(journey)).toEqual([
      ['connect', 0, 2],
      ['send', 2, 3],
      ['refusal', 3, 4],
    ]);
    expect(journey.steps.at(-1)).toMatchObject({
      from: 'gateway',
      to: 'client',
      reason: 'payload-too-large',
    });
  });

  it('one that buffers has the file first, and then sends it on', async () => {
    const parts = {
      workload: burst(1),
      clients: slow,
      server: { network: { in: '16Mbps', out: 'unlimited', efficiency: 1, queue: '0s' } },
      gateway: { buffers: true },
      topologies: ['proxy-streaming'],
    };
    const journey = await one(parts);
    const bytes = journey.steps.filter(({ type }) => type === 'bytes');
    expect(bytes).toMatchObject([
      {
        action: 'toGateway',
        from: 'client',
        to: 'gateway',
        start: 3,
        end: 4,
        bytes: 1e6,
        bound: "client's uplink",
      },
      {
        action: 'transfer',
        from: 'gateway',
        to: 'storage',
        through: 'server 1',
        start: 4,
        end: 4.5,
        bytes: 1e6,
      },
    ]);
    expect(bytes[1]!.bound).toBe("server's network in");
    expect(journey.phases).toMatchObject({ connecting: 2, messages: 2, bytes: 1.5 });
    expect(journey.held.thread).toBe(0.5);
  });

  it('what a server does after it was cut off is no part of the way', async () => {
    const parts = {
      workload: burst(1),
      clients: slow,
      storage: { perConnection: '8Mbps' },
      gateway: { timeout: '1500ms' },
      topologies: [plainBuffers],
    };
    const journey = await one(parts);
    // The head at 3 s, the whole body at 4 s, cut off at 4.5 s, told at 5.5 s; forwarded until 5 s.
    expect(journey).toMatchObject({ status: 'failed', reason: 'gateway-timeout', latency: 5.5 });
    const { steps } = journey;
    expect(
      steps.filter(({ type, aside }) => type === 'bytes' && !aside).map(({ start, end }) => [start, end]),
    ).toEqual([
      [3, 4],
      [4, 4.5],
    ]);
    expect(steps.filter(({ aside }) => aside)[0]).toMatchObject({ action: 'transfer', start: 4.5, end: 5 });
    expect(steps.find(({ action }) => action === 'refusal')).toMatchObject({
      from: 'gateway',
      start: 4.5,
      end: 5.5,
      aside: false,
      reason: 'gateway-timeout',
    });
    const all = phases.reduce((sum, phase) => sum + journey.phases[phase], 0);
    expect(all).toBeCloseTo(5.5, 12);
  });
});
