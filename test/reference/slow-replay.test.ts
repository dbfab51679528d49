/** The slow twin against arithmetic: each expected number is a line of the model reference, worked out by hand. */
import { describe, expect, it } from 'vitest';
import { Mistake } from '../../src/workload/workload.js';
import { always, handMade, specOf } from './hand-made.js';
import { type SlowOutcome, slowReplay } from './slow-replay.js';

const ends = (outcome: SlowOutcome) => outcome.uploads.map(upload => upload.end);
const reasons = (outcome: SlowOutcome) => outcome.uploads.map(upload => upload.reason);
const MIB = 2 ** 20;

function expectClose(actual: readonly number[], expected: readonly number[]): void {
  expect(actual.length).toBe(expected.length);
  for (const [index, value] of actual.entries()) {
    expect(value, `number ${index}`).toBeCloseTo(expected[index]!, 9);
  }
}

const transport = { tls: '1.3', slowStart: true } as const;
const storage = { firstByte: always(0.03) };
const lone = { start: 2, size: 1e6, uplink: 1e6, rttServer: 0.1, rttStorage: 0.04 };

describe('one upload alone', () => {
  it('streaming: R(1+tls) + R + slowStart + s/c + firstByte', () => {
    const outcome = slowReplay(
      specOf('proxy-streaming', { transport, storage }),
      handMade({ uploads: [lone] }),
    );
    // c rtt / IW = 1e5/14600 = 6.8: 3 rounds; s / IW + 1 = 69.5: 6; 3 rounds delay by 0.3 - 14600 x 7 / 1e6.
    const slow = 3 * 0.1 - (14600 * 7) / 1e6;
    expectClose(ends(outcome), [2 + 0.1 * 2 + 0.1 + slow + 1 + 0.03]);
  });

  it('valet-key: the permission, then the same to storage', () => {
    const valetKey = { authorise: always(0.004), sign: always(0.0005) };
    const outcome = slowReplay(
      specOf('valet-key', { transport, storage, valetKey }),
      handMade({ uploads: [lone] }),
    );
    const token = 0.1 * 2 + 0.1 + 0.004 + 0.0005;
    // c rtt / IW = 4e4/14600 = 2.7: 2 rounds.
    const slow = 2 * 0.04 - (14600 * 3) / 1e6;
    expect(outcome.uploads[0]!.timeToToken).toBeCloseTo(token, 9);
    expectClose(ends(outcome), [2 + token + 0.04 * 2 + 0.04 + slow + 1 + 0.03]);
  });

  it('valet-key: notify client adds one exchange without a connection, preflight one to storage', () => {
    const plain = { transport: { tls: '1.2' }, storage } as const;
    const told = {
      transport: { tls: '1.2', preflight: true },
      storage,
      valetKey: { notify: 'client' },
    } as const;
    const work = handMade({ uploads: [lone] });
    const [without] = ends(slowReplay(specOf('valet-key', plain), work));
    expectClose(ends(slowReplay(specOf('valet-key', told), work)), [without! + 0.1 + 0.04]);
    // R(1+2) + R + S(1+2) + S + s/c + firstByte
    expect(without).toBeCloseTo(2 + 0.4 + 0.16 + 1 + 0.03, 9);
  });

  it('buffered: one hop after the other; half of perMiB on each, at most one core', () => {
    // 1 core-second per MiB: the body can pass at 2^20 B/s; storage takes 0.5 MB/s of its one connection.
    const spec = specOf('proxy-buffered', {
      storage: { ...storage, perConnection: 0.5e6, rtt: 0.002 },
      server: { cores: 4, cpu: { perRequest: always(0.25), perMiB: 1 } },
    });
    const work = handMade({ uploads: [{ start: 0, size: 1e6, rttServer: 0.1 }] });
    const outcome = slowReplay(spec, work);
    expectClose(ends(outcome), [0.1 + 0.1 + 0.25 + 1e6 / MIB + 0.002 + 2 + 0.03]);
    expect(outcome.servers[0]!.cores.carried).toBeCloseTo(0.25 + 1e6 / MIB, 9);
  });

  it('losses bound the rate (Mathis)', () => {
    const work = handMade({ uploads: [{ start: 0, size: 1e6, rttServer: 0.1, loss: 0.01 }] });
    expectClose(ends(slowReplay(specOf('proxy-streaming'), work)), [
      0.2 + 1e6 / ((1.22 * 1460) / (0.1 * 0.1)),
    ]);
  });
});

describe('sharing', () => {
  it('is max-min with caps, and a streaming proxy spends its acknowledgements too', () => {
    const spec = specOf('proxy-streaming', {
      transport: { ackLoad: 0.025 },
      server: { network: { in: { rate: 4.1e6 }, efficiency: 0.75 } },
    });
    // 4.1e6 x 0.75 / 1.025 = 3e6: one is capped at 0.5e6 until t = 2, two share the rest, 1.25e6 and then 1.5e6 each.
    const uploads = [
      { start: 0, size: 1e6, uplink: 0.5e6 },
      { start: 0, size: 5e6 },
      { start: 0, size: 5e6 },
    ];
    const outcome = slowReplay(spec, handMade({ uploads }));
    expectClose(ends(outcome), [2, 2 + 2.5 / 1.5, 2 + 2.5 / 1.5]);
    expect(outcome.servers[0]!.in.carried).toBeCloseTo(11e6 * 1.025, 3);
    expect(outcome.servers[0]!.in.saturatedFor).toBeCloseTo(2 + 2.5 / 1.5, 9);
    expect(outcome.servers[0]!.received).toBe(11e6);
  });

  it('weights share in proportion', () => {
    const spec = specOf('valet-key', { storage: { network: { in: { rate: 4e6 } } } });
    const uploads = [
      { start: 0, size: 3e6, weight: 3 },
      { start: 0, size: 3e6 },
    ];
    // 3 : 1 until t = 1; the other has 2e6 left for the whole link.
    expectClose(ends(slowReplay(spec, handMade({ uploads }))), [1, 1.5]);
  });

  it('jobs share the cores with bodies as one upload would', () => {
    const spec = specOf('proxy-streaming', { server: { cores: 1, cpu: { perMiB: 1 } } });
    const requests = [{ start: 0, service: 0.125 }];
    const both = { uploads: [{ start: 0, size: MIB }], background: [{ name: 'get', requests }] };
    expectClose(ends(slowReplay(spec, handMade(both))), [1]);
    // perRequest 0.5 of both runs first (half a core each until t = 1), then the body alone: 1 core-second.
    const busy = specOf('proxy-streaming', {
      server: { cores: 1, cpu: { perMiB: 1, perRequest: always(0.5) } },
    });
    const outcome = slowReplay(busy, handMade(both));
    expectClose([ends(outcome)[0]!, outcome.background[0]!.requests[0]!.end], [2, 1.125]);
    // A request that comes beside the body: each gets half of the core until the request's 0.5 are done.
    const late = handMade({ ...both, background: [{ name: 'get', requests: [{ start: 0.75 }] }] });
    const mixed = slowReplay(busy, late);
    // 0.5 for its own request, alone to 0.75, shared for 1 s (0.5 moved), the last 0.25 alone: t = 2.
    expectClose([ends(mixed)[0]!, mixed.background[0]!.requests[0]!.end], [2, 1.75]);
  });

  it('three jobs on two cores take half as long again', () => {
    const spec = specOf('valet-key', { server: { cores: 2 }, valetKey: { sign: always(1) } });
    const outcome = slowReplay(spec, handMade({ uploads: [{ start: 0 }, { start: 0 }, { start: 0 }] }));
    expectClose(ends(outcome), [1.5, 1.5, 1.5]);
  });
});

describe('a buffering proxy', () => {
  const network = { in: { rate: 2e6 }, out: { rate: 1e6 } };
  const two = handMade({
    uploads: [
      { start: 0, size: 1e6 },
      { start: 0, size: 1e6 },
    ],
  });

  it('sends side by side, or one after the other over one upstream connection', () => {
    const spec = specOf('proxy-buffered', { server: { network } });
    expectClose(ends(slowReplay(spec, two)), [3, 3]);
    const one = specOf('proxy-buffered', { server: { network }, options: { upstreamConnections: 1 } });
    expectClose(ends(slowReplay(one, two)), [2, 3]);
  });

  it('holds copies x received, then completeCopies x size, and perRequest', () => {
    const options = { copies: 1.5, completeCopies: 2, perRequest: 10 };
    const spec = specOf('proxy-buffered', { server: { network, baseMemory: 100 }, options });
    const { memoryPeak, heldByteSeconds, threads } = slowReplay(spec, two).servers[0]!;
    expect(memoryPeak).toBeCloseTo(100 + 2 * (10 + 2e6), 6);
    // Each: 3 s of perRequest, a triangle up to 1.5e6 in the first second, two whole bodies of two copies for 2 s.
    expect(heldByteSeconds).toBeCloseTo(2 * (3 * 10 + 1.5e6 / 2 + 2 * 2e6), 3);
    expect(threads.carried).toBeCloseTo(2 * 3, 9);
  });

  it('dies at the instant at which the level meets the limit, and is away for `restart`', () => {
    const spec = specOf('proxy-buffered', {
      server: { network: { in: { rate: 1e6 } }, memory: 3e6, baseMemory: 1e6 },
      options: { copies: 2, completeCopies: 2 },
      client: { retry: { attempts: 3, base: 4 } },
    });
    const uploads = [
      { start: 0, size: 5e6 },
      { start: 0, size: 5e6 },
    ];
    const outcome = slowReplay(spec, handMade({ uploads }));
    // 2 x 1e6/s fill 2e6 by t = 1; tried again after 4 s: refused; after 8 more, at 13: up since 11, dead at 14.
    expectClose(outcome.servers[0]!.crashes, [1, 14]);
    expectClose(ends(outcome), [14, 14]);
    const perAttempt = ['server-crash', 'server-crash', 'refused', 'refused', 'server-crash', 'server-crash'];
    expect(outcome.failures.map(failure => failure.reason)).toEqual(perAttempt);
    expect(outcome.failures.map(failure => failure.attempt)).toEqual([1, 1, 2, 2, 3, 3]);
    expect(outcome.servers[0]!.memoryPeak).toBe(3e6);
    // Nothing is left to see the second restart.
    expect(outcome.servers[0]!.downWithin(0, 14)).toBeCloseTo(10, 9);
    expect(outcome.wastedBytes).toBeCloseTo(2e6, 3);
  });

  it('does not die of a body that ends exactly at the limit, but of the copy that follows', () => {
    const server = { network: { in: { rate: 1e6 }, out: { rate: 1e6 } }, memory: 2e6, baseMemory: 1e6 };
    const work = handMade({ uploads: [{ start: 0, size: 1e6 }] });
    const fits = slowReplay(specOf('proxy-buffered', { server }), work);
    expectClose(ends(fits), [2]);
    expect(fits.servers[0]!.memoryPeak).toBe(2e6);
    const copied = slowReplay(specOf('proxy-buffered', { server, options: { completeCopies: 1.1 } }), work);
    expectClose(copied.servers[0]!.crashes, [1]);
    expect(reasons(copied)).toEqual(['server-crash']);
  });

  it('rejects what it cannot promise, half a round trip away', () => {
    const spec = specOf('proxy-buffered', {
      server: { network, memory: 3e6, baseMemory: 1e6, onOutOfMemory: 'reject' },
    });
    const uploads = [1, 2, 3].map(() => ({ start: 0, size: 1e6, rttServer: 0.2 }));
    const outcome = slowReplay(spec, handMade({ uploads }));
    // Connection 0.2, head 0.1, bodies until 1.3 and 3.3, answer 0.1; the third hears at 0.4.
    expectClose(ends(outcome), [3.4, 3.4, 0.4]);
    expect(reasons(outcome)).toEqual([null, null, 'out-of-memory']);
  });

  it('finishes the PUT of a client that gave up, but drops a body that is still coming', () => {
    const server = { network: { out: { rate: 0.1e6 } } };
    const client = { timeout: 2, retry: { attempts: 2, base: 1 } };
    const spec = specOf('proxy-buffered', { server, client });
    const whole = slowReplay(spec, handMade({ uploads: [{ start: 0, size: 1e6, uplink: 1e6 }] }));
    expectClose(ends(whole), [5]);
    expect(whole.wastedBytes).toBe(2e6);
    expect(whole.storage).toMatchObject({ requests: 2 });
    expect(whole.storage.in.carried).toBeCloseTo(2e6, 3);
    // The first sends alone from 1 to 4 (0.3e6), both at 0.05e6 until it ends at 18, the second's last 0.3e6 alone.
    expect(whole.endedAt).toBeCloseTo(21, 9);

    const partial = slowReplay(spec, handMade({ uploads: [{ start: 0, size: 1e6, uplink: 0.1e6 }] }));
    expectClose(ends(partial), [5]);
    expect(partial.wastedBytes).toBeCloseTo(0.4e6, 3);
    expect(partial.storage.requests).toBe(0);
    expect(partial.endedAt).toBeCloseTo(5, 9);
  });
});

describe('threads', () => {
  it('are taken in order; the backlog waits, who finds it full is refused', () => {
    const spec = specOf('valet-key', { server: { threads: 1, backlog: 1 } });
    const requests = [1, 2, 3].map(() => ({ start: 0, service: 2, rttServer: 0.2 }));
    const outcome = slowReplay(spec, handMade({ background: [{ name: 'get', requests }] }));
    expectClose(
      outcome.background[0]!.requests.map(request => request.end),
      [2.2, 4.2, 0.2],
    );
    expect(outcome.background[0]!.requests.map(request => request.reason)).toEqual([
      null,
      null,
      'overloaded',
    ]);
    expect(outcome.servers[0]).toMatchObject({ peakThreads: 1, peakBacklog: 1 });
  });

  it('are freed by a client that gives up waiting', () => {
    const spec = specOf('valet-key', { server: { threads: 1, backlog: 5 }, client: { timeout: 3 } });
    const requests = [2.5, 2, 1].map((service, index) => ({ start: index / 10, service }));
    const outcome = slowReplay(spec, handMade({ background: [{ name: 'get', requests }] }));
    // The second has its thread at 2.5 and loses it at 3.1, the third gives up at 3.2 before it is done.
    expectClose(
      outcome.background[0]!.requests.map(request => request.end),
      [2.5, 3.1, 3.2],
    );
    expect(outcome.background[0]!.requests.map(request => request.reason)).toEqual([
      null,
      'timeout',
      'timeout',
    ]);
  });
});

describe('standing queues', () => {
  const spec = specOf('proxy-streaming', {
    transport: { tls: '1.3' },
    server: { network: { in: { rate: 1e6, queue: 0.05 } } },
  });

  it('delay every half round trip that begins while the direction is saturated; small messages ride', () => {
    const requests = [
      { start: 1, rttServer: 0.02, request: 1000, response: 1000, uplink: 1e5, downlink: 1e5 },
    ];
    const work = { uploads: [{ start: 0, size: 10e6 }], background: [{ name: 'get', requests }] };
    const outcome = slowReplay(spec, handMade(work));
    // In: 0.01 + 0.05 + 1000 / 1e5, loading nothing. Out has no queue: its response is a flow of 0.01, then 0.01.
    expect(outcome.background[0]!.requests[0]!.end).toBeCloseTo(1 + 0.01 + 0.05 + 0.01 + 0.01 + 0.01, 9);
    // The upload's own storage answer crosses server in after the link has fallen silent.
    expectClose(ends(outcome), [10]);
  });

  it('a late upload pays them in its handshakes and its head, and shares the link from then on', () => {
    const work = handMade({
      uploads: [
        { start: 0, size: 10e6 },
        { start: 1, size: 1e6, rttServer: 0.02 },
      ],
    });
    // Three half trips in (TCP, TLS, head), each 0.06, and two out of 0.01: begins at 1.2, at half the rate until 3.2.
    // Its storage answer, rtt 0, crosses server in, which is saturated by the other one: 0.05; then 0.01 home.
    const outcome = slowReplay(spec, work);
    expectClose(ends(outcome), [11, 3.2 + 0.05 + 0.01]);
  });

  it('a message that does not ride shares the link', () => {
    const requests = [{ start: 1, request: 29_200 }];
    const work = { uploads: [{ start: 0, size: 10e6 }], background: [{ name: 'get', requests }] };
    const outcome = slowReplay(spec, handMade(work));
    expect(outcome.background[0]!.requests[0]!.end).toBeCloseTo(1 + 0.05 + 29_200 / 0.5e6, 9);
    expectClose(ends(outcome), [10 + 29_200 / 1e6]);
  });
});

describe('storage', () => {
  it('says slow-down when its bucket of tokens is empty', () => {
    const spec = specOf('valet-key', {
      storage: { requestRate: { rate: 1, burst: 1 } },
      client: { retry: { attempts: 5, base: 0.5 } },
    });
    const outcome = slowReplay(spec, handMade({ uploads: [{ start: 0 }, { start: 0 }] }));
    // At 0.5 half a token, at 1.5 a whole one.
    expectClose(ends(outcome), [0, 1.5]);
    expect(outcome.storage).toMatchObject({ requests: 4, slowDowns: 2 });
  });

  it('takes a token to the last instant, and no longer; the client then asks anew', () => {
    const client = { retry: { attempts: 2, base: 1 } };
    const work = handMade({ uploads: [{ start: 0 }] });
    const just = specOf('valet-key', { client, valetKey: { ttl: 1, useAfter: always(1) } });
    expectClose(ends(slowReplay(just, work)), [1]);
    const late = slowReplay(
      specOf('valet-key', { client, valetKey: { ttl: 1, useAfter: always(1.001) } }),
      work,
    );
    expectClose(ends(late), [1.001 + 1 + 1.001]);
    expect(reasons(late)).toEqual(['token-expired']);
    expect(late.storage.rejectedTokens).toBe(2);
    expect(late.uploads[0]).toMatchObject({ attempts: 2, timeToToken: 0 });
  });

  it('finds mistakes at the head of a signed PUT, but through a proxy after all its bytes', () => {
    const uploads = [
      { start: 0, uplink: 1e6, rttStorage: 0.1, bucket: 1 },
      { start: 0, uplink: 1e6, rttStorage: 0.1, mistakes: Mistake.key },
      { start: 0, uplink: 1e6, rttStorage: 0.1, mistakes: Mistake.signature },
    ];
    const direct = slowReplay(
      specOf('valet-key', { client: { retry: { attempts: 3 } } }),
      handMade({ uploads }),
    );
    expectClose(ends(direct), [0.2, 0.2, 0.2]);
    expect(reasons(direct)).toEqual(['no-such-bucket', 'access-denied', 'signature-mismatch']);
    expect(direct).toMatchObject({ wastedBytes: 0, storage: { rejectedTokens: 2 } });
    const through = slowReplay(specOf('proxy-streaming'), handMade({ uploads }));
    expectClose(ends(through), [1, 1, 1]);
    expect(reasons(through)).toEqual(['no-such-bucket', null, null]);
    expect(through.wastedBytes).toBe(1e6);
  });

  it('notifies a server at the commit, in nobody’s time', () => {
    const spec = specOf('valet-key', {
      server: { cores: 1, cpu: { perRequest: always(0.5) } },
      valetKey: { notify: 'storage' },
    });
    const outcome = slowReplay(spec, handMade({ uploads: [{ start: 0, uplink: 1e6, rttStorage: 0.2 }] }));
    // perRequest of the permission, connection and head, body, half a round trip home.
    expectClose(ends(outcome), [0.5 + 0.3 + 1 + 0.1]);
    expect(outcome.endedAt).toBeCloseTo(0.5 + 0.3 + 1 + 0.5, 9);
    expect(outcome.servers[0]!.cores.carried).toBeCloseTo(1, 9);
  });
});

describe('several servers, the horizon and closed loops', () => {
  it('a crash concerns one server, which stays in the rotation while it is dead', () => {
    const spec = specOf('proxy-streaming', {
      server: { count: 2, memory: 100, restart: 5 },
      options: { streamBuffer: 60 },
    });
    const uploads = [0, 0, 1, 2, 3, 4].map(start => ({
      start,
      uplink: 1e6,
      size: 5e6 / (1 + start),
      rttServer: 0.2,
    }));
    const outcome = slowReplay(spec, handMade({ uploads }));
    // Heads arrive at start + 0.3; the third upload is the second one on server 0: both die, at 1.3.
    expectClose(outcome.servers[0]!.crashes, [1.3]);
    // The fourth is the second one on server 1, at 2.3; the fifth and sixth reach dead servers.
    expectClose(outcome.servers[1]!.crashes, [2.3]);
    expectClose(ends(outcome), [1.4, 2.4, 1.4, 2.4, 3.2, 4.2]);
    const crashed = ['server-crash', 'server-crash', 'server-crash', 'server-crash'];
    expect(reasons(outcome)).toEqual([...crashed, 'refused', 'refused']);
    expect(outcome.uploads.map(upload => upload.server)).toEqual([0, 1, 0, 1, 0, 1]);
  });

  it('what runs at the horizon is unfinished', () => {
    const work = handMade({
      uploads: [
        { start: 0, uplink: 1e6 },
        { start: 0, uplink: 0.5e6 },
        { start: 7, uplink: 1e6 },
      ],
    });
    const outcome = slowReplay(specOf('proxy-streaming'), work, 1);
    expect(outcome.uploads.map(upload => upload.status)).toEqual(['succeeded', 'unfinished', 'unfinished']);
    expect(outcome.uploads.map(upload => upload.attempts)).toEqual([1, 1, 0]);
    expect(outcome.storage.in.carried).toBeCloseTo(1.5e6, 3);
  });

  it('a user thinks, uploads, thinks', () => {
    const turn = { think: 1, size: 2e6, uplink: 1e6 };
    const uploads = { until: 7, turns: [[turn, turn, turn, turn]] };
    const outcome = slowReplay(specOf('valet-key'), handMade({ uploads }));
    expectClose(
      outcome.uploads.map(upload => upload.start),
      [1, 4, 7],
    );
    expectClose(ends(outcome), [3, 6, 9]);
  });
});
