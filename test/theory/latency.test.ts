/** What an upload takes that is alone: the formulas of the model reference, section 4. Nothing is random. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { always, type Deep, type fluid } from '../reference/hand-made.js';
import { byHand, network } from './by-hand.js';

/** Round trips to open a connection: TCP's, and those of TLS. */
const opening = { none: 1, '1.3': 2, '1.2': 3 } as const;

/** Seconds to move `bytes` at `rate` when the window is 14,600 bytes at first and doubles: round by round. */
function throughGrowingWindow(bytes: number, rate: number, rtt: number): number {
  let window = 14_600;
  let left = bytes;
  let seconds = 0;
  while (window < rate * rtt && left > window) {
    left -= window;
    window *= 2;
    seconds += rtt;
  }
  return seconds + left / rate;
}

const wire = fc.record({
  tls: fc.constantFrom('none', '1.3', '1.2'),
  slowStart: fc.boolean(),
  size: fc.integer({ min: 1, max: 60_000_000 }),
  uplink: fc.constantFrom(Number.POSITIVE_INFINITY, 0.1e6, 3e6, 40e6),
  perConnection: fc.constantFrom(Number.POSITIVE_INFINITY, 2e6, 90e6),
  into: fc.constantFrom(1.25e6, 12.5e6, 125e6),
  out: fc.constantFrom(1.25e6, 12.5e6, 125e6),
  rttServer: fc.integer({ min: 0, max: 300 }).map(ms => ms / 1000),
  rttStorage: fc.integer({ min: 0, max: 300 }).map(ms => ms / 1000),
  firstByte: fc.constantFrom(0, 0.03),
  ackLoad: fc.constantFrom(0, 0.025),
  preflight: fc.boolean(),
});
type Wire = typeof wire extends fc.Arbitrary<infer T> ? T : never;

function site(w: Wire): Deep<typeof fluid> {
  const { in: into, out } = { in: { rate: w.into, queue: 0 }, out: { rate: w.out, queue: 0 } };
  const { tls, slowStart, ackLoad, preflight } = w;
  return {
    transport: { tls, slowStart, ackLoad, preflight },
    server: { network: { in: into, out, efficiency: 0.9415 } },
    storage: {
      ...network(125e6),
      perConnection: w.perConnection,
      firstByte: always(w.firstByte),
    },
    valetKey: { authorise: always(0.004), sign: always(0.0005) },
  };
}

const moved = (w: Wire, rate: number, rtt: number) =>
  w.slowStart ? throughGrowingWindow(w.size, rate, rtt) : w.size / rate;

const expected = {
  'proxy-streaming': (w: Wire) => {
    const acks = (1 + w.ackLoad) / 0.9415;
    const rate = Math.min(w.uplink, w.perConnection, w.into / acks, w.out / acks, 125e6);
    return w.rttServer * (opening[w.tls] + 1) + moved(w, rate, w.rttServer) + w.firstByte;
  },
  'proxy-buffered': (w: Wire) => {
    const into = Math.min(w.uplink, w.into * 0.9415);
    const out = Math.min(w.perConnection, w.out * 0.9415, 125e6);
    const sending = w.size / out;
    return w.rttServer * (opening[w.tls] + 1) + moved(w, into, w.rttServer) + sending + w.firstByte;
  },
  'valet-key': (w: Wire) => {
    const rate = Math.min(w.uplink, w.perConnection, 125e6);
    const permission = w.rttServer * (opening[w.tls] + 1) + 0.004 + 0.0005;
    const put = w.rttStorage * (opening[w.tls] + 1 + (w.preflight ? 1 : 0));
    return permission + put + moved(w, rate, w.rttStorage) + w.firstByte;
  },
} as const;

describe.each(Object.keys(expected) as (keyof typeof expected)[])('an upload alone: %s', kind => {
  it('takes its round trips, its slow start, its bytes and the first byte', () => {
    fc.assert(
      fc.property(wire, w => {
        const { size, uplink, rttServer, rttStorage } = w;
        const work = { uploads: [{ start: 5, size, uplink, rttServer, rttStorage }] };
        const [upload] = byHand(kind, site(w), work).uploads;
        const latency = expected[kind](w);
        expect(upload!.status).toBe('succeeded');
        expect(Math.abs(upload!.end - 5 - latency)).toBeLessThanOrEqual(1e-9 * (5 + latency));
      }),
      { numRuns: 300, seed: 44 },
    );
  });
});

it('a client that loses packets gets what Mathis et al. say', () => {
  const rate = (1.22 * 1460) / (0.1 * Math.sqrt(0.01));
  expect(rate).toBeCloseTo(178_120, 6);
  const upload = { start: 0, size: 178_120, rttServer: 0.1, rttStorage: 0.1, loss: 0.01 };
  for (const kind of ['proxy-streaming', 'valet-key'] as const) {
    const [ended] = byHand(kind, {}, { uploads: [upload] }).uploads;
    // TCP and the exchange; twice for valet-key, which speaks with two hosts.
    expect(ended!.end).toBeCloseTo(1 + (kind === 'valet-key' ? 0.4 : 0.2), 9);
  }
});

it('one core carries 2^20 / perMiB bytes a second of a streamed upload, and a hop of a buffered one no more', () => {
  const server = { cores: 4, cpu: { perMiB: 0.5 } };
  const size = 2 ** 22;
  const [streamed] = byHand('proxy-streaming', { server }, { uploads: [{ start: 0, size }] }).uploads;
  expect(streamed!.end).toBeCloseTo(4 * 0.5, 9);
  const [buffered] = byHand('proxy-buffered', { server }, { uploads: [{ start: 0, size }] }).uploads;
  expect(buffered!.end).toBeCloseTo(2 * 4 * 0.5, 9);
  // Of one core alone, a hop that pays half needs half.
  const one = byHand(
    'proxy-buffered',
    { server: { ...server, cores: 0.5 } },
    { uploads: [{ start: 0, size }] },
  );
  expect(one.uploads[0]!.end).toBeCloseTo(2 * 2, 9);
});

it('signing on full cores gets the share of one upload', () => {
  // 4 MiB a second on one core, at 0.25 s of core per MiB: full. A job of 1 ms has the weight of one upload.
  const server = { cores: 1, cpu: { perMiB: 0.25, perRequest: always(0) } };
  const background = [{ name: 'get', requests: [{ start: 1 }] }];
  const uploads = [{ start: 0, size: 2 ** 24 }];
  const run = byHand(
    'proxy-streaming',
    { server: { ...server, cpu: { ...server.cpu, perRequest: always(0.001) } } },
    {
      uploads,
      background,
    },
  );
  expect(run.recorder.background[0]!.latency.mean).toBeCloseTo(0.002, 9);
});
