/** Time-weighted values of one resource and of a fleet, against twins that remember every change. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { TimeBins } from '../../src/measure/bins.js';
import { FleetGauge } from '../../src/measure/gauge.js';
import { Usage } from '../../src/measure/usage.js';

const CAPACITY = 10;

interface Piece {
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly slope: number;
}

interface Change {
  readonly after: number;
  readonly server: number;
  readonly value: number;
  readonly slope: number;
}

const change: fc.Arbitrary<Change> = fc.record({
  // Often at the same instant as the change before.
  after: fc.constantFrom(0, 0, 0.001, 0.5, 1.25, 7),
  server: fc.nat({ max: 2 }),
  value: fc.constantFrom(0, 1, 4.5, 9.999, 10),
  slope: fc.constantFrom(0, 0, 0, 0.25, 0.625),
});

const changes = fc.array(change, { maxLength: 120, size: 'max' });
const origins = fc.constantFrom(0, 0, 3);

/** The line of one server as pieces that last, within the window. */
function piecesOf(
  list: readonly Change[],
  server: number,
  initial: number,
  origin: number,
  end: number,
): Piece[] {
  const pieces: Piece[] = [];
  let now = 0;
  let current = { from: 0, value: initial, slope: 0 };
  const close = (to: number) => {
    const from = Math.max(current.from, origin);
    if (to > from) {
      const value = current.value + current.slope * (from - current.from);
      pieces.push({ from, to, value, slope: current.slope });
    }
  };
  for (const one of list) {
    now += one.after;
    if (one.server !== server) continue;
    close(now);
    current = { from: now, value: one.value, slope: one.slope };
  }
  close(end);
  return pieces;
}

const last = ({ from, to, value, slope }: Piece) => value + slope * (to - from);
const area = (piece: Piece) => 0.5 * (piece.to - piece.from) * (piece.value + last(piece));
const full = ({ value, slope }: Piece) => slope === 0 && value >= CAPACITY * (1 - 1e-9);
const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
const endOf = (list: readonly Change[], origin: number) =>
  Math.max(origin, sum(list.map(({ after }) => after))) + 2;

it('one resource: integral, peak, and when and for how long it is saturated', () => {
  fc.assert(
    fc.property(changes, origins, (all, origin) => {
      const list = all.map(one => ({ ...one, server: 0 }));
      const usage = new Usage(CAPACITY, 0, origin, new TimeBins(origin), -1);
      let now = 0;
      for (const { after, value, slope } of list) {
        now += after;
        usage.set(now, value, slope);
      }
      const end = endOf(list, origin);
      const pieces = piecesOf(list, 0, 0, origin, end);
      const total = sum(pieces.map(area));
      expect(usage.integral(end)).toBeCloseTo(total, 9);
      expect(usage.mean(end)).toBeCloseTo(total / (end - origin), 9);
      expect(usage.peak).toBeCloseTo(Math.max(0, ...pieces.flatMap(piece => [piece.value, last(piece)])), 9);
      const saturated = pieces.filter(full);
      expect(usage.saturatedFor(end)).toBeCloseTo(sum(saturated.map(({ from, to }) => to - from)), 9);
      expect(usage.saturatedAt).toBe(saturated[0]?.from ?? null);
    }),
    { numRuns: 400, seed: 63 },
  );
});

it('asking in between changes nothing', () => {
  const asked = new Usage(CAPACITY, 0, 0, new TimeBins(0), -1);
  const silent = new Usage(CAPACITY, 0, 0, new TimeBins(0), -1);
  for (const usage of [asked, silent]) usage.set(1, 4, 0.5);
  for (let t = 1; t < 5; t += 0.25) asked.integral(t);
  expect(asked.integral(5)).toBeCloseTo(silent.integral(5), 12);
  expect(asked.integral(5)).toBeCloseTo(4 * 4 + (0.5 * 4 * 4) / 2, 12);
});

it('a peak that does not last counts only where it is noted', () => {
  const usage = new Usage(CAPACITY, 1, 0, new TimeBins(0), -1);
  usage.set(2, 9);
  usage.set(2, 3);
  expect([usage.integral(4), usage.peak]).toEqual([2 + 6, 3]);
  usage.notePeak(0, 8);
  expect(usage.peak).toBe(8);
});

it('a fleet: the sum of its servers, saturated while any of them is', () => {
  fc.assert(
    fc.property(
      changes,
      origins,
      fc.constantFrom(1, 2, 3),
      fc.constantFrom(0, 1),
      (all, origin, count, initial) => {
        const list = all.map(one => ({ ...one, server: one.server % count }));
        const bins = new TimeBins(origin);
        const series = bins.addSeries();
        const gauge = new FleetGauge(count, CAPACITY, initial, origin, bins, series);
        let now = 0;
        for (const { after, server, value, slope } of list) {
          now += after;
          gauge.set(server, now, value, slope);
        }
        const end = endOf(list, origin);
        const servers = Array.from({ length: count }, (_, server) =>
          piecesOf(list, server, initial, origin, end),
        );
        const total = sum(servers.flat().map(area));
        expect(gauge.fleet.integral(end)).toBeCloseTo(total, 8);
        for (const [index, pieces] of servers.entries()) {
          expect(gauge.servers[index]!.integral(end)).toBeCloseTo(sum(pieces.map(area)), 9);
        }
        expect(sum([...bins.read(series, end)])).toBeCloseTo(total, 8);

        // Between neighbouring borders every server is one straight line.
        const borders = [...new Set(servers.flat().flatMap(({ from, to }) => [from, to]))].sort(
          (a, b) => a - b,
        );
        let peak = initial * count;
        let saturatedFor = 0;
        let saturatedAt: number | null = null;
        for (const [i, from] of borders.entries()) {
          const to = borders[i + 1];
          if (to === undefined) break;
          const present = servers.map(pieces => pieces.find(piece => piece.from <= from && piece.to >= to)!);
          const at = (t: number) => sum(present.map(piece => piece.value + piece.slope * (t - piece.from)));
          peak = Math.max(peak, at(from), at(to));
          if (present.some(full)) {
            saturatedFor += to - from;
            saturatedAt ??= from;
          }
        }
        expect(gauge.fleet.peak).toBeCloseTo(peak, 8);
        expect(gauge.saturatedFor(end)).toBeCloseTo(saturatedFor, 9);
        for (const server of gauge.servers) server.integral(end);
        expect(gauge.saturatedAt()).toBe(saturatedAt);
      },
    ),
    { numRuns: 400, seed: 64 },
  );
});

it('the sum over a fleet does not drift in a million changes', () => {
  const bins = new TimeBins(0);
  const gauge = new FleetGauge(3, Infinity, 0, 0, bins, bins.addSeries());
  const now = { value: 0 };
  for (let i = 0; i < 1_000_000; i++) {
    now.value += 0.001;
    gauge.set(i % 3, now.value, 0.1 * ((i * 7919) % 1000), 0);
  }
  for (let server = 0; server < 3; server++) gauge.set(server, now.value, 0.5);
  const before = gauge.fleet.integral(now.value);
  expect(gauge.fleet.integral(now.value + 1000) - before).toBeCloseTo(1500, 5);
});
