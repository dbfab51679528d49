/** Valet-key beyond the PUT: who tells the server that the file is there, and messages with a size. No chance. */
import { describe, expect, it } from 'vitest';
import { always } from '../reference/hand-made.js';
import { byHand, direction, network } from './by-hand.js';

const upload = { start: 0, size: 2e6, uplink: 1e6, rttServer: 0.4, rttStorage: 0.2 };
/** TCP and one exchange with each host, and 2 s of bytes. */
const bare = 2 * 0.4 + 2 * 0.2 + 2;

describe('notify', () => {
  const run = (notify: 'none' | 'client' | 'storage', site: object = {}) =>
    byHand(
      'valet-key',
      { server: { cpu: { perRequest: always(0.1) } }, ...site, valetKey: { notify } },
      { uploads: [upload] },
    );

  it('none: the upload ends with the answer of storage', () => {
    const { uploads, recorder, to } = run('none');
    expect(uploads[0]!.end).toBeCloseTo(bare + 0.1, 9);
    expect(recorder.cpu.fleet.integral(to)).toBeCloseTo(0.1, 9);
  });

  it('client: one more exchange with the server, on the connection of the permission', () => {
    const { uploads, recorder, to } = run('client');
    expect(uploads[0]!.end).toBeCloseTo(bare + 0.1 + 0.4 + 0.1, 9);
    expect(recorder.cpu.fleet.integral(to)).toBeCloseTo(0.2, 9);
    expect(uploads[0]!.server).toBe(0);
  });

  it('storage: costs the server its work, and the client no time', () => {
    const { uploads, recorder, to } = run('storage');
    expect(uploads[0]!.end).toBeCloseTo(bare + 0.1, 9);
    expect(recorder.cpu.fleet.integral(to)).toBeCloseTo(0.2, 9);
  });

  it('client: what fails there is tried again without another PUT', () => {
    // The only thread is busy from 3 s to 5 s; there is no backlog. Told at 3.3 + 0.2 s, tried again 4 s later.
    const retry = { attempts: 2, base: 4, cap: 60, jitter: 'none' as const };
    const background = [{ name: 'long', requests: [{ start: 3, service: 2 }] }];
    const site = {
      client: { retry },
      server: { threads: 1, backlog: 0 },
      valetKey: { notify: 'client' as const },
    };
    const { uploads, recorder } = byHand('valet-key', site, { uploads: [upload], background });
    expect(recorder.storageRequests).toBe(1);
    expect(recorder.wastedBytes).toBe(0);
    expect(uploads[0]).toMatchObject({ status: 'succeeded', attempts: 2 });
    // Refused after one exchange; the pause; a new connection, and one exchange.
    expect(uploads[0]!.end).toBeCloseTo(bare + 0.4 + 4 + 2 * 0.4, 9);
  });
});

describe('the messages of the permission', () => {
  const valetKey = { request: 10_000, response: 14_600 };

  it('ride where the direction has a queue', () => {
    const server = network(1e5, 0.05);
    const [ended] = byHand('valet-key', { server, valetKey }, { uploads: [upload] }).uploads;
    expect(ended!.end).toBeCloseTo(bare + 0.1 + 0.146, 9);
  });

  it('are flows where it has none', () => {
    const server = { network: { in: direction(2e5), out: direction(1e5), efficiency: 1 } };
    const [ended] = byHand('valet-key', { server, valetKey }, { uploads: [upload] }).uploads;
    expect(ended!.end).toBeCloseTo(bare + 0.05 + 0.146, 9);
  });

  it('wait for the window of a new connection where they are larger than it', () => {
    const large = { request: 100_000, response: 0 };
    const site = { server: network(1e6, 0.05), valetKey: large, transport: { slowStart: true } };
    const quick = { ...upload, size: 1, uplink: 1e6 };
    const [ended] = byHand('valet-key', site, { uploads: [quick] }).uploads;
    // 14.6 and 29.2 kB in a round trip each, then 56.2 kB, which the next window holds, at 1 MB/s.
    expect(ended!.end).toBeCloseTo(2 * 0.4 + 2 * 0.2 + 2 * 0.4 + (100_000 - 43_800) / 1e6 + 1e-6, 9);
  });

  it('cost the time of authorisation and signing', () => {
    const times = { authorise: always(0.25), sign: always(0.125), useAfter: always(0.5) };
    const [ended] = byHand(
      'valet-key',
      { server: { cores: 1 }, valetKey: times },
      { uploads: [upload] },
    ).uploads;
    expect(ended!.end).toBeCloseTo(bare + 0.875, 9);
  });
});
