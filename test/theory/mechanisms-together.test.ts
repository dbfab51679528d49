/** Two or three mechanisms at once, from scenario files, each computed by hand. Everything else is purely fluid. */
import { describe, expect, it } from 'vitest';
import { failureReasons, uploadStatus } from '../../src/result.js';
import { csvText } from './csv-rows.js';
import { fluidWith, type Part, plainBuffers, runText } from './scenario-text.js';

const multipart = { name: 'multipart', kind: 'valet-key-multipart', partSize: '1MB', parallel: 1 };
const streaming = { name: 'proxy-streaming', streamBuffer: '0B' };
const spooled = { name: 'proxy-spooled', perRequest: '0B' };

const retry = (attempts: number, base: string) => ({
  retry: { attempts, base, cap: '60s', jitter: 'none' },
});
const fault = (at: string, lasting: string, what: Part) => ({ at, for: lasting, ...what });

/**
 * @param jobs start in s and bytes of each upload
 * @param uplink of each client
 */
function run(topology: unknown, jobs: readonly (readonly [number, number])[], uplink: string, parts: Part) {
  const { result, uploads: tables } = runText(
    fluidWith({
      workload: { uploads: { arrivals: { trace: 't.csv' } } },
      clients: [{ name: 'anyone', rtt: '0s', uplink }],
      topologies: [topology],
      ...parts,
    }),
    { 't.csv': csvText('start,size', jobs) },
  );
  const table = tables[0]!;
  const ended = jobs.map((_, row) => {
    const failed = uploadStatus[table.status[row]!] === 'failed';
    return [
      table.end[row]!,
      failed ? failureReasons[table.reason[row]!]! : 'succeeded',
      table.attempts[row]!,
    ];
  });
  return { ...result.topologies[0]!, ended };
}

describe('an upload in four parts of 1 s each, one after the other', () => {
  const upload = (parts: Part, options: Part = {}) =>
    run({ ...multipart, ...options }, [[0, 4e6]], '1MB/s', { client: retry(5, '500ms'), ...parts });

  it('loses half a part when storage goes down, and goes on when it is back', () => {
    // The second part breaks at 1.5 s, is refused at 2 s, and goes from 3 s to 4 s; two more.
    const { ended, storage, uploads } = upload({ faults: [fault('1.5s', '1s', { storage: 'down' })] });
    expect(ended).toEqual([[6, 'succeeded', 3]]);
    expect(uploads.wastedBytes).toBeCloseTo(0.5e6, 3);
    // Opened, four parts and the broken one, completed; what is refused is no request.
    expect(storage.requestKinds).toEqual({ create: 1, uploadPart: 5, complete: 1 });
  });

  it('does not notice a server that is away while parts go to storage', () => {
    const { ended } = upload({ faults: [fault('1.5s', '1s', { server: 'all' })] });
    expect(ended).toEqual([[4, 'succeeded', 1]]);
  });

  it('waits for a server that is away when its URLs are signed for each', () => {
    // The third URL is asked for at 2 s, and again at 2.5 s, when the server is back.
    const { ended } = upload({ faults: [fault('1.5s', '1s', { server: 'all' })] }, { signing: 'each' });
    expect(ended).toEqual([[4.5, 'succeeded', 2]]);
  });

  it('repeats nothing but the completion where only that fails', () => {
    const { ended, storage, uploads } = upload({ faults: [fault('3.5s', '1s', { server: 'all' })] });
    expect(ended).toEqual([[4.5, 'succeeded', 2]]);
    expect(storage.requests).toBe(1 + 4 + 1);
    expect(uploads.wastedBytes).toBe(0);
  });

  it('ends with the credentials, even where each URL is new; one that begins at that instant is let in', () => {
    const { ended, storage } = upload(
      { client: retry(1, '1s'), valetKey: { credentialsEnd: '2s' } },
      { signing: 'each' },
    );
    expect(ended).toEqual([[3, 'token-expired', 1]]);
    expect(storage).toMatchObject({ abandonedParts: 3, abandonedBytes: 3e6 });
  });
});

it('a whole file whose server is away when it is told is an orphan, or is told again', () => {
  const parts = { valetKey: { notify: 'client' }, faults: [fault('3s', '2s', { server: 'all' })] };
  const once = run('valet-key', [[0, 4e6]], '1MB/s', parts);
  expect(once.ended).toEqual([[4, 'refused', 1]]);
  expect(once.storage).toMatchObject({ orphans: 1, orphanBytes: 4e6, requests: 1 });
  const twice = run('valet-key', [[0, 4e6]], '1MB/s', { ...parts, client: retry(2, '1s') });
  expect(twice.ended).toEqual([[5, 'succeeded', 2]]);
  expect(twice.storage).toMatchObject({ orphans: 0, requests: 1 });
});

describe('memory of 10 MB, for four bodies of 4 MB', () => {
  const jobs = Array.from({ length: 4 }, () => [0, 4e6] as const);
  const server = (network: Part) => ({ memory: '10MB', network });

  it('is full later where the link is at half its rate', () => {
    // 4 MB until 1 s, then 2 MB/s.
    const { ended, server: seen } = run(plainBuffers, jobs, '1MB/s', {
      server: server({ in: '32Mbps' }),
      faults: [fault('1s', '10s', { link: 'server.in', factor: '50%' })],
    });
    expect(seen.memory.saturatedAt).toBeCloseTo(4, 9);
    expect(ended).toEqual(jobs.map(() => [4, 'server-crash', 1]));
  });

  it('fills at the rate of the burst until its credit is gone', () => {
    // 8 MB/s until 4 MB above the baseline are spent, at 1 s; then 4 MB/s.
    const burst = { in: { baseline: '32Mbps', rate: '64Mbps', credit: '4MB' } };
    const { server: seen } = run(plainBuffers, jobs, 'unlimited', {
      server: server({ in: '32Mbps', burst }),
    });
    expect(seen.networkIn.burst!.exhaustedAt).toBeCloseTo(1, 9);
    expect(seen.memory.saturatedAt).toBeCloseTo(1.5, 9);
  });
});

it('health checks take the dead server out behind a gateway, and bring it back', () => {
  // Down from 1 s to 7 s; known at 4 s by the checks at 2 and 4 s, back by that at 8 s. Two in turn: at 0.5 s one is on
  // it, at 2.5 s one is sent to it; from 4 s on all go to the other one.
  const jobs = Array.from({ length: 9 }, (_, k) => [k + 0.5, 2e6] as const);
  const { ended, uploads } = run(streaming, jobs, '1MB/s', {
    server: { count: 2, health: { interval: '2s', healthy: 1 } },
    gateway: { timeout: '3s' },
    faults: [fault('1s', '6s', { server: 1 })],
  });
  expect(uploads.failures).toEqual({ 'server-crash': 1, refused: 1 });
  expect(ended).toEqual(
    jobs.map(([start]) =>
      start === 0.5
        ? [1, 'server-crash', 1]
        : start === 2.5
          ? [2.5, 'refused', 1]
          : [start + 2, 'succeeded', 1],
    ),
  );
});

describe('a spooling front', () => {
  it('has its disk empty again after a fault', () => {
    // 6 MB at 1 MB/s: 2 MB are lost at 2 s; both come again at 4 s, for which the disk has just room.
    const { ended, uploads } = run(
      spooled,
      [
        [0, 3e6],
        [0, 3e6],
      ],
      'unlimited',
      {
        client: retry(2, '2s'),
        server: { disk: { space: '6MB' }, network: { in: '8Mbps' } },
        faults: [fault('2s', '1s', { server: 1 })],
      },
    );
    expect(uploads.wastedBytes).toBeCloseTo(2e6, 3);
    expect(ended).toEqual([
      [10, 'succeeded', 2],
      [10, 'succeeded', 2],
    ]);
  });

  it('loses what its one thread forwards, and finds storage away for the next', () => {
    // 3 s to forward each: the first one until 3 s, the second one breaks at 4 s.
    const { ended } = run(
      spooled,
      [
        [0, 3e6],
        [0, 3e6],
        [0, 3e6],
      ],
      'unlimited',
      {
        server: { threads: 1, network: { out: '8Mbps' } },
        faults: [fault('4s', '1s', { storage: 'down' })],
      },
    );
    expect(ended).toEqual([
      [3, 'succeeded', 1],
      [4, 'connection-lost', 1],
      [4, 'storage-down', 1],
    ]);
  });
});

it('servers that drain are paid for until they are empty', () => {
  // 2 of 12 threads, 17%, at 10 s and 2 of 8 at 20 s: two are taken away; the second one works until 60 s.
  const { ended, cost, server } = run(
    streaming,
    [
      [0, 60e6],
      [0, 60e6],
    ],
    '1MB/s',
    {
      server: {
        count: 3,
        threads: 4,
        price: '1/h',
        autoscale: { min: 1, max: 3, metric: 'threads', period: '10s', cooldown: '0s' },
      },
    },
  );
  expect(ended).toEqual([
    [60, 'succeeded', 1],
    [60, 'succeeded', 1],
  ]);
  expect(server.autoscale!.steps.map(({ at, from, to }) => [at, from, to])).toEqual([
    [10, 3, 2],
    [20, 2, 1],
  ]);
  expect(cost.servers).toBeCloseTo((60 + 60 + 10) / 3600, 12);
});

it('a budget of retries allows half as many as there are first attempts', () => {
  // All four are lost at 1 s; two may try again, at 11 s.
  const jobs = Array.from({ length: 4 }, () => [0, 4e6] as const);
  const { ended, uploads } = run(streaming, jobs, '1MB/s', {
    client: { retry: { ...retry(5, '10s').retry, budget: { ratio: '50%', window: '1m' } } },
    faults: [fault('1s', '1s', { server: 'all' })],
  });
  expect(uploads).toMatchObject({ succeeded: 2, failed: 2, attempts: 6, retriesDenied: 2 });
  expect(ended.map(([end]) => end).sort()).toEqual([1, 1, 15, 15]);
});

it('a user whose patience ends in a pause gives up in it', () => {
  const { ended, uploads } = run(streaming, [[0, 4e6]], '1MB/s', {
    client: { ...retry(5, '10s'), patience: '6s' },
    faults: [fault('1s', '1s', { server: 'all' })],
  });
  expect(ended).toEqual([[6, 'abandoned', 1]]);
  expect(uploads.wastedBytes).toBeCloseTo(1e6, 3);
});

it('a slow storage and a slow link to it multiply', () => {
  // 1 MB, 0.5 MB, 0.25 MB, 0.5 MB in a second each, and 1.75 MB.
  const { ended } = run('valet-key', [[0, 4e6]], 'unlimited', {
    storage: { network: { in: '8Mbps' } },
    faults: [
      fault('1s', '2s', { storage: 'slow', factor: 0.5 }),
      fault('2s', '2s', { link: 'storage.in', factor: '50%' }),
    ],
  });
  expect(ended[0]![0]).toBeCloseTo(5.75, 9);
});
