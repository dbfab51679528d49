/** scenarios/keep-alive.yaml: what open connections save, by arithmetic and by simulation. */
import { describe, expect, it } from 'vitest';
import { eachSeed, expectBetween, topologyOf } from './scenario-file.js';

const file = 'keep-alive.yaml';
const rtt = 0.08;
const body = 200e3 / 1.25e6;
const commits = 0.03;
const handshake = 2 * rtt;
/** ceil(log2(1.25 MB/s x 80 ms / 14,600 B)) = 3 rounds, in which 7 windows are sent. */
const slowStart = 3 * rtt - (7 * 14_600) / 1.25e6;
/** Handling, authorising and signing. */
const work = 0.0014 + 0.004 + 0.0005;

const expected = {
  streaming: handshake + rtt + slowStart + body + commits,
  'valet key': 2 * handshake + 2 * rtt + work + slowStart + body + commits,
  'streaming on open connections': rtt + body + commits,
  'valet key on open connections': 2 * rtt + work + body + commits,
};

it('the arithmetic of the comment', () => {
  expect(Object.values(expected).map(seconds => Math.round(1000 * seconds))).toEqual([588, 834, 270, 356]);
});

describe.each(Object.entries(expected))('%s', (name, seconds) => {
  eachSeed(file, run => {
    // Two messages of 1 KB at 10 and 50 Mbps are 1 ms; handling it, 1.4 ms; seldom two meet.
    expectBetween(topologyOf(run, name).latency.p50, seconds - 1e-6, seconds + 0.003);
  });
});

describe('the first photo of each user', () => {
  eachSeed(file, run => {
    for (const [name, connections] of [
      ['streaming', 1],
      ['valet key', 2],
    ] as const) {
      const open = topologyOf(run, `${name} on open connections`);
      // exp(-12) of all pauses are longer than a minute: one in 160,000.
      expect(open.connections!.opened).toBeLessThanOrEqual(connections * 21);
      expect(open.connections!.opened + open.connections!.reused).toBe(connections * open.uploads.offered);
      expect(open.latency.max).toBeCloseTo(expected[name], 2);
      expect(topologyOf(run, name).connections).toBeNull();
    }
  });
});

describe('users who wait less', () => {
  eachSeed(file, run => {
    const done = (name: string) => topologyOf(run, name).uploads.succeeded;
    expect(done('streaming on open connections')).toBeGreaterThan(done('streaming'));
    expect(done('valet key on open connections')).toBeGreaterThan(done('valet key'));
  });
});
