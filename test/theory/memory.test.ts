/** To the last byte: filling the memory is no crash, exceeding it is, whatever the rounding of the sums. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byHand, direction } from './by-hand.js';

const bodies = fc.array(
  fc.record({
    start: fc.integer({ min: 0, max: 9000 }).map(ms => ms / 1000),
    size: fc.integer({ min: 1, max: 30_000_000 }).map(tenths => tenths / 10),
    uplink: fc.constantFrom(Number.POSITIVE_INFINITY, 1e6 / 3, 0.7e6),
  }),
  { minLength: 1, maxLength: 20 },
);
const alike = fc
  .tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 30_000_000 }))
  .map(([count, tenths]) => Array.from({ length: count }, () => ({ start: 0, size: tenths / 10 })));

/** Bodies come in and do not leave: the way to storage is all but closed. Nothing ends before the horizon. */
function crashesWith(
  uploads: readonly { start: number; size: number }[],
  memory: number,
  copies: number,
): number {
  const server = {
    memory,
    network: { in: direction(1e6 / 7), out: direction(1e-9), efficiency: 0.9415 },
    restart: 1e9,
  };
  const site = { server, options: { copies, completeCopies: copies } };
  return byHand('proxy-buffered', site, { uploads }, { horizon: 1e5 }).recorder.crashes[0]!;
}

describe.each([
  ['bodies of all sizes', bodies],
  ['equal bodies that are complete at one instant', alike],
])('%s', (_, arbitrary) => {
  it('fill the memory, or exceed it', () => {
    fc.assert(
      fc.property(arbitrary, fc.constantFrom(1, 1.27, 1 / 3), (uploads, copies) => {
        // Seconds until all are in: at most 20 x 3 MB or 40 x 3 MB at 134 kB/s.
        const bytes = uploads.reduce((sum, { size }) => sum + copies * size, 0);
        expect(crashesWith(uploads, bytes, copies)).toBe(0);
        expect(crashesWith(uploads, bytes * (1 - 1e-9), copies)).toBe(1);
      }),
      { numRuns: 200, seed: 71 },
    );
  });
});
