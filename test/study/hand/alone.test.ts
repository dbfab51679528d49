/** An upload alone: the formulas against the simulation of exactly that, which walks through every stage. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aloneThroughServer, aloneWithToken } from '../../../src/study/hand/alone.js';
import { aloneInParts } from '../../../src/study/hand/in-parts.js';
import { mean, median } from '../../../src/study/typical.js';
import type { UploadDraw } from '../../../src/workload/workload.js';
import { always, type Deep, type fluid, specOf } from '../../reference/hand-made.js';
import { byHand, kinds } from '../../theory/by-hand.js';

const none = Number.POSITIVE_INFINITY;
const ms = (max: number) => fc.integer({ min: 0, max }).map(value => value / 1000);
const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);
const direction = fc.record({ rate: one(none, 1.25e6, 12.5e6, 125e6), queue: one(0, 0.05) });
const network = fc.record({ in: direction, out: direction, efficiency: one(1, 0.9415) });

const site: fc.Arbitrary<Deep<typeof fluid>> = fc.record({
  transport: fc.record({
    tls: one('none' as const, '1.3' as const, '1.2' as const),
    slowStart: fc.boolean(),
    ackLoad: one(0, 0.025),
    preflight: fc.boolean(),
  }),
  server: fc.record({
    network,
    cores: one(none, 0.5, 1, 4),
    cpu: fc.record({ perRequest: ms(20).map(always), perMiB: one(0, 0.005, 0.5) }),
  }),
  storage: fc.record({
    network,
    perConnection: one(none, 2e6, 90e6),
    rtt: ms(20),
    firstByte: ms(50).map(always),
  }),
  valetKey: fc.record({
    // Longer than the last part of any of these files takes to begin.
    ttl: fc.constant(1e9),
    useAfter: ms(2000).map(always),
    authorise: ms(20).map(always),
    sign: ms(20).map(always),
    request: one(0, 1000, 14_600, 200_000),
    response: one(0, 1000, 14_600, 200_000),
    notify: one('none' as const, 'client' as const, 'storage' as const),
  }),
  options: fc.record({
    partSize: one(1e6, 5 * 2 ** 20, 1e8),
    parallel: one(1, 3, 6),
    signing: one('upfront' as const, 'each' as const),
  }),
});

const upload = fc.record({
  size: fc.integer({ min: 1, max: 60_000_000 }),
  uplink: one(none, 0.1e6, 3e6, 40e6),
  downlink: one(none, 0.1e6, 3e6),
  rttServer: ms(300),
  rttStorage: ms(300),
  loss: one(0, 0, 0.001, 0.02),
});

const formulas: Readonly<Record<string, typeof aloneWithToken>> = {
  'valet-key': aloneWithToken,
  'valet-key-multipart': aloneInParts,
};

describe.each([...kinds, 'valet-key-multipart'] as const)('%s', kind => {
  const formula = formulas[kind] ?? aloneThroughServer;

  it('takes as long as it is simulated to take, on its thread and in all', () => {
    fc.assert(
      fc.property(site, upload, (overrides, draw) => {
        const alone = formula(specOf(kind, overrides), draw as UploadDraw, median);
        const run = byHand(kind, overrides, { uploads: [{ start: 0, ...draw }] });
        const [ended] = run.uploads;
        expect(ended!.status).toBe('succeeded');
        expect(Math.abs(ended!.end - alone.total)).toBeLessThanOrEqual(1e-9 * (1 + alone.total));
        // Two stays on a thread, where the client tells the server that the file is there.
        const { threadHold } = run.recorder;
        const held = threadHold.mean! * threadHold.count;
        // What storage tells the server holds a thread that is not the upload's.
        if (overrides.valetKey?.notify !== 'storage' || !kind.startsWith('valet-key')) {
          expect(Math.abs(held - alone.onThread)).toBeLessThanOrEqual(1e-9 * (1 + held));
        }
      }),
      { numRuns: 400, seed: 7 },
    );
  });

  it('is the sum of the parts that are shown', () => {
    fc.assert(
      fc.property(site, upload, (overrides, draw) => {
        const { roundTrips, slowStart, size, rate, forward, service, total } = formula(
          specOf(kind, overrides),
          draw as UploadDraw,
          median,
        );
        const sum = roundTrips + slowStart + size / rate + size / forward + service;
        expect(Math.abs(sum - total)).toBeLessThanOrEqual(1e-12 * (1 + total));
      }),
      { numRuns: 100, seed: 8 },
    );
  });
});

it('takes of what varies the figure that it is asked to take', () => {
  const firstByte = { kind: 'exponential', mean: 1 } as const;
  const draw = { size: 1, uplink: none, downlink: none, rttServer: 0, rttStorage: 0, loss: 0 } as UploadDraw;
  const spec = specOf('proxy-streaming', { storage: { firstByte } as never });
  expect(aloneThroughServer(spec, draw, median).total).toBeCloseTo(Math.LN2, 12);
  expect(aloneThroughServer(spec, draw, mean).total).toBeCloseTo(1, 12);
});
