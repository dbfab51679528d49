/** Uploads in parts, computed by hand. Where instants must be equal to the last bit, times are powers of two. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { replay } from '../../src/replay/replay.js';
import { uploadStatus } from '../../src/result.js';
import { handMade } from '../reference/hand-made.js';
import { randomScenario } from '../reference/random-scenario.js';
import { fluidWith, type Part, runText } from './scenario-text.js';

/** Round trips of 1/8 s to the server and 1/4 s to storage; 1 MB/s. */
const client = { name: 'anyone', uplink: '1MB/s', rtt: { server: '125ms', storage: '250ms' } };
const [R, S] = [0.125, 0.25];

interface Wanted {
  readonly size: string;
  readonly options?: Part;
  readonly client?: Part;
  readonly parts?: Part;
}

const uploads = (size: string, count = 1) => ({ uploads: { arrivals: { count, at: '0s' }, size } });

function run({ size, options = {}, client: differs = {}, parts = {} }: Wanted) {
  const topology = { name: 'multipart', kind: 'valet-key-multipart', ...options };
  const { result, uploads: tables } = runText(
    fluidWith({
      workload: uploads(size),
      clients: [{ ...client, ...differs }],
      topologies: [topology],
      ...parts,
    }),
  );
  const [table] = tables;
  const [outcome] = result.topologies;
  return { ...outcome!, end: table!.end[0]!, status: uploadStatus[table!.status[0]!] };
}

const retry = (attempts: number, base = '1s') => ({ attempts, base, cap: '60s', jitter: 'none' });

describe('an upload alone', () => {
  // 10 MB in parts of 1 MB, 4 at a time: waves of 4, 4 and 2.
  const options = { partSize: '1MB', parallel: 4 };
  const waves = 3;
  const parts = {
    server: { cpu: { perRequest: '2ms', perMiB: '0s' } },
    storage: { firstByte: '30ms', rtt: '10ms' },
    valetKey: { authorise: '4ms', sign: '5ms' },
  };
  const permission = 2 * R + 0.002 + 0.004 + 0.01;
  const sending = S + waves * (S + 0.03) + 10;
  const completing = R + 0.002 + 0.01 + 0.03;

  it.each([
    ['upfront', permission + 10 * 0.005, permission + 10 * 0.005 + sending + completing],
    // One exchange for each wave, over the connection that is open: the first one for 4 URLs.
    [
      'each',
      permission + R + 0.002 + 0.004 + 4 * 0.005,
      permission + waves * (R + 0.002 + 0.004) + 10 * 0.005 + sending + completing,
    ],
  ])('with URLs signed %s takes what its exchanges and its bytes take', (signing, token, total) => {
    const topology = { name: 'multipart', kind: 'valet-key-multipart', ...options, signing };
    const { result } = runText(
      fluidWith({ workload: uploads('10MB'), clients: [client], topologies: [topology], ...parts }),
    );
    const [{ latency, timeToToken, storage, uploads: outcome }] = result.topologies as [
      (typeof result.topologies)[0],
    ];
    expect(timeToToken!.max).toBeCloseTo(token, 9);
    expect(latency.max).toBeCloseTo(total, 9);
    expect(storage.requests).toBe(10 + 2);
    expect(storage.requestKinds).toEqual({ create: 1, uploadPart: 10, complete: 1 });
    expect(storage).toMatchObject({ bytes: 10e6, abandonedParts: 0, abandonedBytes: 0, orphans: 0 });
    expect(outcome.wastedBytes).toBe(0);
  });

  it('of one part is a valet-key upload that its server completes', () => {
    const one = run({ size: '3MB' });
    expect(one.end).toBeCloseTo(2 * R + S + S + 3 + R, 9);
    expect(one.storage.requests).toBe(3);
  });

  it('that connections limit goes at so many times the speed of one, as long as there are so many parts', () => {
    // 100 kB/s a connection, the uplink has room for ten. Parts of 100 kB, 4 at a time, of 650 kB: 4 parts for 1 s;
    // then 3, of which the last has 50 kB and is there after 1/2 s, the others after 1 s.
    const storage = { perConnection: '100KB/s' };
    const slow = run({ size: '650KB', options: { partSize: '100KB', parallel: 4 }, parts: { storage } });
    expect(slow.end).toBeCloseTo(2 * R + S + 2 * S + 1 + 1 + R, 9);
    expect(slow.storage.requestKinds!.uploadPart).toBe(7);
  });

  it('that loss limits has the bound of Mathis for each of its connections', () => {
    // 1.22 x 1460 B / (1/4 s x sqrt(1%)) = 71,248 B/s; 6 of them stay under the uplink.
    const bound = (1.22 * 1460) / (S * Math.sqrt(0.01));
    const lossy = run({ size: '6MB', options: { partSize: '1MB' }, client: { loss: '1%' } });
    expect(lossy.end).toBeCloseTo(2 * R + 2 * S + 6e6 / (6 * bound) + R, 6);
  });

  it('starts slowly on each connection of its first wave, and never again', () => {
    // Two connections with half of 1 MB/s each: c = 500 kB/s, and k = ceil(log2(500 kB/s x 1/4 s / 14,600 B)) = 4
    // rounds of the larger bound, 4 < ceil(log2(1 MB / 14,600 B + 1)) - 1 = 6.
    const k = Math.ceil(Math.log2((5e5 * S) / 14_600));
    const delay = k * S - (14_600 * (2 ** k - 1)) / 5e5;
    expect(k).toBe(4);
    const slow = run({
      size: '4MB',
      options: { partSize: '1MB', parallel: 2 },
      parts: { transport: { slowStart: true } },
    });
    expect(slow.end).toBeCloseTo(2 * R + S + delay + 2 * S + 4 + R, 9);
  });

  it('asks once whether it may (CORS), not for each part', () => {
    const asked = run({
      size: '4MB',
      options: { partSize: '1MB', parallel: 2 },
      parts: { transport: { preflight: true } },
    });
    expect(asked.end).toBeCloseTo(2 * R + S + S + 2 * S + 4 + R, 9);
  });

  it('gets as many bytes of answer as there are URLs in it', () => {
    // 10 URLs of 100 kB each, all at once, then 4, 4 and 2: 1 s at 1 MB/s of downlink, either way.
    const options = { partSize: '1MB', parallel: 4 };
    const parts = { valetKey: { response: '100KB' } };
    const slowLine = { downlink: '1MB/s' };
    const upfront = run({ size: '10MB', options, client: slowLine, parts });
    expect(upfront.timeToToken!.max).toBeCloseTo(2 * R + 1, 9);
    expect(upfront.end).toBeCloseTo(2 * R + 1 + S + 3 * S + 10 + R, 9);
    const each = run({ size: '10MB', options: { ...options, signing: 'each' }, client: slowLine, parts });
    expect(each.timeToToken!.max).toBeCloseTo(2 * R + R + 0.4, 9);
    expect(each.end).toBeCloseTo(2 * R + 3 * R + 1 + S + 3 * S + 10 + R, 9);
  });
});

describe('URLs that expire between two waves', () => {
  // 1 MB/s, parts of 1 MB, one at a time: signed at 3/2 R, in the client's hands R/2 later, TCP and half a round trip
  // to storage, then a part a second and a round trip. The head of wave n comes at first + (n - 1) (1 + S).
  const options = { partSize: '1MB', parallel: 1 };
  const signed = 1.5 * R;
  const first = 2 * R + S + S / 2;
  const head = (wave: number) => first + (wave - 1) * (1 + S);
  const seconds = (life: number) => `${life}s`;
  const life = (wave: number) => head(wave) - signed;
  const expiring = (ttl: number, attempts: number, more: Part = {}) =>
    run({
      size: '4MB',
      options: { ...options, ...more },
      parts: {
        client: { timeout: 'unlimited', retry: retry(attempts) },
        valetKey: { ttl: seconds(ttl) },
      },
    });

  it('let in the part whose head comes at the last instant', () => {
    expect(expiring(life(4), 1)).toMatchObject({ status: 'succeeded', end: head(4) + 1 + S / 2 + R });
  });

  it('refuse the one that comes a bit later; the parts that are there stay behind', () => {
    const { status, end, storage, uploads: outcome } = expiring(life(4) - 2 ** -30, 1);
    expect([status, end]).toEqual(['failed', head(4) + S / 2]);
    expect(outcome).toMatchObject({ failures: { 'token-expired': 1 }, wastedBytes: 3e6 });
    expect(storage).toMatchObject({ rejectedTokens: 1, abandonedParts: 3, abandonedBytes: 3e6, bytes: 3e6 });
    // Opened, four heads, never completed.
    expect(storage.requestKinds).toEqual({ create: 1, uploadPart: 4, complete: 0 });
  });

  it('are asked for anew, for what is left, and the upload goes on where it was', () => {
    const { status, end, storage, uploads: outcome } = expiring(life(4) - 2 ** -30, 2);
    // The refusal, a second, TCP and the permission, TCP and the fourth part.
    const again = head(4) + S / 2 + 1 + 2 * R + S + S / 2;
    expect([status, end]).toEqual(['succeeded', again + 1 + S / 2 + R]);
    expect(outcome).toMatchObject({ attempts: 2, wastedBytes: 0 });
    expect(storage).toMatchObject({ bytes: 4e6, abandonedParts: 0 });
    expect(storage.requestKinds).toEqual({ create: 1, uploadPart: 5, complete: 1 });
  });

  it('are no question where they are signed just before', () => {
    // From the signature to the head of a part: R/2, TCP, S/2.
    const least = R / 2 + S + S / 2;
    expect(expiring(least, 1, { signing: 'each' }).status).toBe('succeeded');
    expect(expiring(least - 2 ** -30, 1, { signing: 'each' }).status).toBe('failed');
  });
});

describe('500 MB over 4 Mbps in parts of 5 MiB, 6 at a time, with URLs that live 5 minutes', () => {
  // What was reported of an uploader that signed all parts first: https://github.com/transloadit/uppy/issues/1915
  const published = (signing: string) =>
    run({
      size: '500MB',
      options: { signing },
      client: { uplink: '4Mbps', rtt: '0s' },
      parts: { valetKey: { ttl: '5m' } },
    });

  it('signed up front: what began within 5 minutes gets through, about 150 MB', () => {
    const { uploads: outcome, storage } = published('upfront');
    // A wave of 6 x 5 MiB takes 62.9 s: those that begin at 0 to 4 x 62.9 = 251.7 s.
    expect(outcome.failures).toEqual({ 'token-expired': 1 });
    expect(storage.abandonedParts).toBe(30);
    expect(storage.abandonedBytes).toBe(30 * 5 * 2 ** 20);
  });

  it('signed just in time: all', () => {
    const { end, status } = published('each');
    expect(status).toBe('succeeded');
    expect(end).toBeCloseTo(1000, 6);
  });
});

describe('a failure in the middle', () => {
  it('of a request that storage has no room for: the others of the wave go on, that part is sent again', () => {
    // Storage takes 3 requests at once and then one in 2 s; one opens the upload, two parts of the first wave of 3 are
    // let in. They share the uplink: 2 s. Then the wave has failed; a second later the third part goes with what has
    // come since: the bucket had 0 at the first wave, and 3/2 after 3 s and a round trip.
    const {
      status,
      end,
      storage,
      uploads: outcome,
    } = run({
      size: '3MB',
      options: { partSize: '1MB', parallel: 3 },
      client: { rtt: '0s' },
      parts: {
        client: { timeout: 'unlimited', retry: retry(3) },
        storage: { requestRate: { rate: '0.5/s', burst: 3 } },
      },
    });
    // Third part at 3 s: 1.5 tokens; its second ends at 4 s with 0.5 + 0.5 = 1 for the completion.
    expect([status, end]).toEqual(['succeeded', 4]);
    expect(outcome).toMatchObject({ attempts: 2, attemptFailures: { 'slow-down': 1 }, wastedBytes: 0 });
    expect(storage).toMatchObject({ slowDowns: 1, requests: 6, bytes: 3e6 });
  });

  it('by timeout costs the parts that were on their way', () => {
    // A wave of two parts of 2 MB takes 4 s, the third part 2 s. At half the speed it takes 8 s: the client gives up
    // after 5 s, with 2.5 MB sent, and does the same again.
    const fast = run({ ...timed, client: { rtt: '0s' } });
    expect(fast).toMatchObject({ status: 'succeeded', end: 6 });
    const { end, storage, uploads: outcome } = run({ ...timed, client: { rtt: '0s', uplink: '0.5MB/s' } });
    expect(end).toBe(5 + 1 + 5);
    expect(outcome).toMatchObject({ failures: { timeout: 1 }, attempts: 2, wastedBytes: 5e6 });
    expect(storage).toMatchObject({ abandonedParts: 0, bytes: 5e6 });
  });

  const timed = {
    size: '6MB',
    options: { partSize: '2MB', parallel: 2 },
    parts: { client: { timeout: '5s', retry: retry(2) } },
  };

  it('gives the time of an attempt to each wave, not to the whole file', () => {
    // Each of 10 waves takes 1 s, the file 10 s.
    const each = run({
      size: '10MB',
      options: { partSize: '1MB', parallel: 1 },
      client: { rtt: '0s' },
      parts: { client: { timeout: '1.5s', retry: retry(1) } },
    });
    expect(each).toMatchObject({ status: 'succeeded', end: 10 });
  });

  it('of a bucket that does not exist is known before any byte is sent', () => {
    const {
      end,
      storage,
      uploads: outcome,
    } = run({
      size: '3MB',
      parts: { storage: { rtt: '10ms', buckets: ['another'] } },
    });
    expect(end).toBeCloseTo(2 * R + 0.01, 9);
    expect(outcome.failures).toEqual({ 'no-such-bucket': 1 });
    expect(storage.requestKinds).toEqual({ create: 1, uploadPart: 0, complete: 0 });
  });
});

describe('what is left in storage', () => {
  it('is a whole file where nobody could be told of it', () => {
    // One thread and no backlog. Two clients 1 s apart in all they do: the second has the thread for its authorisation
    // just when the first comes with its notification.
    const scenario = fluidWith({
      workload: { uploads: { arrivals: { rate: '1/s', for: '2s', process: 'constant' }, size: '1MB' } },
      clients: [{ name: 'anyone', uplink: '2MB/s', rtt: '0s' }],
      server: { threads: 1, backlog: 0 },
      valetKey: { authorise: '750ms', notify: 'client' },
      topologies: ['valet-key'],
    });
    // 0.75 + 0.5 = 1.25 for the first notification; the second client is authorised from 1 to 1.75.
    const { result } = runText(scenario);
    const [{ uploads: outcome, storage }] = result.topologies as [(typeof result.topologies)[0]];
    expect(outcome).toMatchObject({ succeeded: 1, failed: 1, failures: { overloaded: 1 }, wastedBytes: 0 });
    expect(storage).toMatchObject({ orphans: 1, orphanBytes: 1e6, abandonedParts: null, requestKinds: null });
  });

  it.each(['valet-key', 'valet-key-multipart'] as const)(
    'and what succeeded and what was sent for nothing are all bytes that came there: %s',
    kind => {
      fc.assert(
        fc.property(randomScenario({ kinds: [kind], ties: true }), ({ spec, work }) => {
          const { recorder, simulation, hosts } = replay(spec, handMade(work), {
            seed: 'bytes',
            horizon: Number.POSITIVE_INFINITY,
            warmup: 0,
          });
          const came = simulation.network.routeCarried(hosts.storage.routes.direct.index);
          const { succeededBytes, wastedBytes, remains, parts } = recorder;
          const sum = succeededBytes + wastedBytes + remains!.orphanBytes;
          expect(Math.abs(sum - came)).toBeLessThanOrEqual(1e-9 * came + 1e-3);
          expect(parts?.abandonedBytes ?? 0).toBeLessThanOrEqual(wastedBytes * (1 + 1e-12));
          if (parts === null) return;
          const { create, uploadPart, complete } = parts.requests;
          expect(create + uploadPart + complete).toBe(recorder.storageRequests);
        }),
        { numRuns: 150, seed: 6 },
      );
    },
  );
});
