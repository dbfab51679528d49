/** Round trips through saturated directions, and messages that ride on them. Nothing is random. */
import { describe, expect, it } from 'vitest';
import type { TopologyKind } from '../../src/scenario/types.js';
import type { Deep, fluid } from '../reference/hand-made.js';
import { byHand, direction, network } from './by-hand.js';

/** 10 MB through 1 MB/s each way, from 0 to 10 s; a request with a round trip of 20 ms beside it. */
const uploads = [{ start: 0, size: 10e6 }];
const queues = { in: direction(1e6, 0.05), out: direction(1e6, 0.03), efficiency: 1 };

function request(
  draw: object,
  site: Deep<typeof fluid> = { server: { network: queues } },
  kind: TopologyKind = 'proxy-streaming',
): number {
  const background = [{ name: 'get', requests: [{ start: 2, rttServer: 0.02, ...draw }] }];
  const run = byHand(kind, site, { uploads, background });
  expect(run.recorder.background[0]!.succeeded).toBe(1);
  return run.recorder.background[0]!.latency.mean!;
}

describe('a request beside an upload', () => {
  it('pays the queue of each direction that is saturated when its half round trip begins', () => {
    expect(request({ service: 0.1 })).toBeCloseTo(0.02 + 0.1 + 0.05 + 0.03, 9);
    // Received until 10 s, sent on after that: only one of the two directions at a time.
    expect(request({}, undefined, 'proxy-buffered')).toBeCloseTo(0.02 + 0.05, 9);
    expect(request({ start: 12 }, undefined, 'proxy-buffered')).toBeCloseTo(0.02 + 0.03, 9);
    expect(request({}, undefined, 'valet-key')).toBeCloseTo(0.02, 9);
  });

  it('reads the saturation of an instant after the flows that end there, before those that begin there', () => {
    expect(request({ start: 10 })).toBeCloseTo(0.02, 9);
    expect(request({ start: 0 })).toBeCloseTo(0.02 + 0.03, 9);
    // It begins before the upload ends; its answer begins after that.
    expect(request({ start: 9.999 })).toBeCloseTo(0.02 + 0.05, 9);
  });

  it('rides on its half round trip up to 14,600 bytes, whatever the load', () => {
    expect(request({ request: 14_600, response: 14_600 })).toBeCloseTo(0.1 + 2 * 0.0146, 9);
    expect(request({ request: 14_600, uplink: 1e5 })).toBeCloseTo(0.1 + 0.146, 9);
    expect(request({ response: 14_600, downlink: 1e5 })).toBeCloseTo(0.1 + 0.146, 9);
  });

  it('is a flow above that: half of the link beside one upload, and the upload waits', () => {
    expect(request({ request: 14_601 })).toBeCloseTo(0.1 + 2 * 0.014601, 9);
    expect(request({ response: 14_601 })).toBeCloseTo(0.1 + 2 * 0.014601, 9);
    const background = [{ name: 'get', requests: [{ start: 2, rttServer: 0.02, request: 14_601 }] }];
    const beside = byHand('proxy-streaming', { server: { network: queues } }, { uploads, background });
    expect(beside.uploads[0]!.end).toBeCloseTo(10 + 0.014601, 9);
  });

  it('is a flow of any size where the direction has no queue', () => {
    const server = network(1e6);
    expect(request({ request: 1000, response: 2000 }, { server })).toBeCloseTo(0.02 + 0.002 + 0.004, 9);
  });

  it('pays half of its rate on the flow, its uplink its own part', () => {
    expect(request({ request: 50_000, uplink: 0.25e6 })).toBeCloseTo(0.1 + 0.2, 9);
  });
});

describe('an upload beside another', () => {
  const server = { network: queues };
  /** Bytes; what it takes to move does not show in the digits that are compared. */
  const speck = 1e-6;

  it('pays the queues with each half round trip of its connection', () => {
    const late = { start: 1, size: speck, rttServer: 0.02 };
    const run = (tls: 'none' | '1.3') =>
      byHand('proxy-streaming', { server, transport: { tls } }, { uploads: [...uploads, late] }).uploads[1]!
        .end;
    // And once more on the way in, with the answer of storage.
    expect(run('none')).toBeCloseTo(1 + 2 * (0.02 + 0.08) + 0.05, 9);
    expect(run('1.3')).toBeCloseTo(1 + 3 * (0.02 + 0.08) + 0.05, 9);
  });

  it('pays those of storage with valet-key', () => {
    const storage = { network: queues };
    const late = { start: 1, size: speck, rttServer: 0.5, rttStorage: 0.02 };
    const [, upload] = byHand('valet-key', { storage }, { uploads: [...uploads, late] }).uploads;
    // Two round trips to the idle server. Storage is saturated in, not out.
    expect(upload!.end).toBeCloseTo(1 + 2 * 0.5 + 2 * (0.02 + 0.05), 9);
  });

  it("pays the server's own way in for the answer of storage, also without a round trip there", () => {
    const late = { start: 1, size: speck, rttServer: 0.02 };
    const inOnly = { in: direction(1e6, 0.05), out: direction(Number.POSITIVE_INFINITY), efficiency: 1 };
    const site = { server: { network: inOnly }, storage: { rtt: 0.01 } };
    const [, upload] = byHand('proxy-streaming', site, { uploads: [...uploads, late] }).uploads;
    // Into the server: SYN, head, and the answer of storage.
    expect(upload!.end).toBeCloseTo(1 + 2 * 0.02 + 2 * 0.05 + 0.01 + 0.05, 9);
  });
});
