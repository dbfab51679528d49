/** When the load balancer notices that a server is dead, and what is sent there until then. Computed by hand. */
import { describe, expect, it } from 'vitest';
import type { HealthChecks } from '../../src/scenario/types.js';
import { byHand, type HandRun } from './by-hand.js';

const rule: HealthChecks = { interval: 10, timeout: 0, unhealthy: 2, healthy: 3 };

/** Bodies take no time, so that one that does not fit kills its server at the instant of its arrival. */
const server = (health: HealthChecks | null, more: object = {}) => ({
  server: { count: 3, memory: 10e6, restart: 100, health, ...more },
});
const bomb = (start: number) => ({ start, size: 20e6 });
const every = (from: number, to: number, more: object = {}) =>
  Array.from({ length: Math.floor(to - from) + 1 }, (_, i) => ({ start: from + i, size: 1, ...more }));
const refused = ({ uploads }: HandRun) =>
  uploads.filter(({ reason }) => reason === 'refused').map(({ start }) => start);
const removals = ({ recorder, epoch }: HandRun) =>
  recorder.fleet!.removals.map(({ server, at, back }) => [
    server,
    at + epoch,
    back === null ? null : back + epoch,
  ]);

describe('three servers, of which the first dies at 12 s and is back at 112 s', () => {
  const uploads = [bomb(12), ...every(12.5, 150)];

  it('the second failed check, at 30 s, takes it out; the third that succeeds, at 140 s, brings it back', () => {
    const run = byHand('proxy-buffered', server(rule), { uploads });
    expect(removals(run)).toEqual([[0, 30, 140]]);
    // Every third upload until then: of the 18 from 12.5 s to 29.5 s, the third is the first.
    expect(refused(run)).toEqual([14.5, 17.5, 20.5, 23.5, 26.5, 29.5]);
    const after = run.uploads.filter(({ start }) => start > 30 && start < 140).map(each => each.server);
    expect(after).toEqual(after.map((_, i) => 1 + (i % 2)));
    const back = run.uploads.filter(({ start }) => start > 140).map(each => each.server);
    // 110 uploads later the next is server 1, as if nothing had been.
    expect(back).toEqual([1, 2, 0, 1, 2, 0, 1, 2, 0, 1]);
    // In the rotation: 3 from 12 s on, 2 from 30 s to 140 s, 3 to the last upload at 149.5 s.
    expect(run.recorder.fleet!.inRotation.integral(run.to)).toBeCloseTo(3 * 137.5 - 110, 9);
  });

  it('without health checks it stays in the rotation', () => {
    const run = byHand('proxy-buffered', server(null), { uploads });
    // From 14.5 s to 110.5 s every third.
    expect(refused(run)).toHaveLength(33);
    expect(run.recorder.fleet).toBeNull();
  });

  it('a check waits for its timeout', () => {
    const run = byHand('proxy-buffered', server({ ...rule, timeout: 4 }), { uploads });
    expect(removals(run)).toEqual([[0, 34, 140]]);
    expect(refused(run)).toEqual([14.5, 17.5, 20.5, 23.5, 26.5, 29.5, 32.5]);
  });

  it('least-connections prefers the dead server, which has none, to all others', () => {
    const busy = [bomb(12), ...every(12.5, 40, { size: 1e5, uplink: 1e3 })];
    const policy = { balancing: 'least-connections' as const };
    const run = byHand('proxy-buffered', server(rule, policy), { uploads: busy });
    expect(refused(run)).toEqual(every(12.5, 29.5).map(({ start }) => start));
    const after = run.uploads.filter(({ start }) => start > 30).map(each => each.server);
    expect(after).toEqual(after.map((_, i) => 1 + (i % 2)));
  });

  it('random sends it nothing more', () => {
    const crowd = [bomb(12), ...Array.from({ length: 900 }, () => ({ start: 50, size: 1 }))];
    const run = byHand('proxy-buffered', server(rule, { balancing: 'random' as const }), { uploads: crowd });
    const dead = run.uploads[0]!.server;
    const others = [0, 1, 2].filter(index => index !== dead);
    const counts = others.map(index => run.uploads.filter(each => each.server === index).length);
    expect(counts[0]! + counts[1]!).toBe(900);
    // Binomial, n = 900, p = 1/2: 15 is the standard deviation.
    expect(Math.abs(counts[0]! - 450)).toBeLessThan(5 * 15);
  });

  it('ip-hash moves the clients of the dead server, and nobody else', () => {
    const crowd = [bomb(12), ...Array.from({ length: 900 }, () => ({ start: 50, size: 1 }))];
    const policy = { balancing: 'ip-hash' as const };
    const moved = byHand('proxy-buffered', server(rule, policy), { uploads: crowd }).uploads.slice(1);
    const stayed = byHand('proxy-buffered', server(null, policy), { uploads: crowd }).uploads;
    const dead = stayed[0]!.server;
    const homes = stayed.slice(1).map(each => each.server);
    const homeless = homes.flatMap((home, i) => (home === dead ? [moved[i]!.server] : []));
    for (const [i, home] of homes.entries()) if (home !== dead) expect(moved[i]!.server).toBe(home);
    expect(homeless).not.toContain(dead);
    const [one] = [0, 1, 2].filter(index => index !== dead);
    const toOne = homeless.filter(each => each === one).length;
    expect(Math.abs(toOne - homeless.length / 2)).toBeLessThan((5 * Math.sqrt(homeless.length)) / 2);
  });
});

it('a server that is back before the second check was never out', () => {
  const run = byHand('proxy-buffered', server(rule, { restart: 10 }), {
    uploads: [bomb(12), ...every(12.5, 60)],
  });
  expect(removals(run)).toEqual([]);
  // Away from 12 s to 22 s; two of three uploads go elsewhere.
  expect(refused(run)).toEqual([14.5, 17.5, 20.5]);
});

it('failures in a row count, whatever happens between checks', () => {
  // Down at 12 s, up at 22 s, and down again at 25 s: checks at 20 s and 30 s fail.
  const uploads = [bomb(12), bomb(25), ...every(50.5, 70)];
  const run = byHand('proxy-buffered', server(rule, { count: 1, restart: 10 }), { uploads });
  // Up again at 35 s: 40 s, 50 s and 60 s succeed.
  expect(removals(run)).toEqual([[0, 30, 60]]);
});

it("checks take place at multiples of the interval on the scenario's clock, and see what happens at their instant", () => {
  const once = { ...rule, unhealthy: 1, healthy: 1 };
  for (const at of [1_000_000, 1_000_007.5]) {
    const run = byHand('proxy-buffered', server(once, { restart: 3 }), {
      uploads: [bomb(at), ...every(at + 1, at + 20)],
    });
    // A failure at the instant of a check is seen by it, and its return by the next; one between checks may be missed.
    expect(removals(run)).toEqual(at % 10 === 0 ? [[0, at, at + 10]] : [[0, at + 2.5, at + 12.5]]);
  }
});

it('where all servers are dead it sends to all of them', () => {
  const uploads = [bomb(12), bomb(12), { start: 35, size: 1 }, { start: 55, size: 1 }, ...every(81, 90)];
  const run = byHand('proxy-buffered', server(rule, { count: 2, restart: 40 }), { uploads });
  // Both are out at 30 s, are there at 52 s, and in again at 80 s.
  expect(removals(run)).toEqual([
    [0, 30, 80],
    [1, 30, 80],
  ]);
  expect(refused(run)).toEqual([35]);
  expect(run.uploads[3]!.status).toBe('succeeded');
});

it('a dead server costs no event once its checks can change nothing', () => {
  // Down for a year: with a check every 10 s that would be three million events.
  const year = 365 * 86_400;
  const uploads = [bomb(12), { start: year, size: 1 }, { start: year, size: 1 }];
  const run = byHand('proxy-buffered', server(rule, { restart: 2 * year }), { uploads });
  expect(removals(run)).toEqual([[0, 30, null]]);
  expect(run.uploads.slice(1).map(({ status }) => status)).toEqual(['succeeded', 'succeeded']);
});
