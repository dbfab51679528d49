/** scenarios/burst-credits.yaml: credit carries a window of two hours for 38 minutes. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/study/run.js';
import { eachSeed, expectAbout, expectBetween, runFile, topologyOf } from './scenario-file.js';

const file = 'burst-credits.yaml';

/** Bytes on the wire per byte of a file that is streamed. */
const onWire = 1.025 / 0.9415;
const baseline = 750e6 / 8;
const credit = 283.5e9;

it('the arithmetic of the comment', () => {
  expect(((6e9 - 0.6e9) * 420) / 8).toBe(credit);
  const load = 0.2e9 * onWire;
  expect(load).toBeCloseTo(218e6, -6);
  expect(credit / (load - baseline)).toBeCloseTo(2290, -1);
  expect(2290 / 60).toBeCloseTo(38, 0);
  expect(baseline / onWire).toBeCloseTo(86e6, -6);
  expect((1440e9 * onWire - credit) / baseline).toBeCloseTo(13_700, -2);
});

describe('the network falls, and the uploads end late', () => {
  eachSeed(file, run => {
    const { server, makespan, uploads } = topologyOf(run, 'proxy-streaming');
    for (const { burst } of [server.networkIn, server.networkOut]) {
      expectBetween(burst!.exhaustedAt, 30 * 60, 46 * 60);
      expect(burst!.left).toBeLessThan(0.02 * credit);
    }
    // All bytes but those that credit paid for, at the baseline.
    const bytes = uploads.offered * 1e9 * onWire;
    expectAbout(makespan, (bytes - credit) / baseline, 0.03);
  });
});

describe('without credit they end later by what it carried', () => {
  eachSeed(file, run => {
    const fast = topologyOf(run, 'proxy-streaming');
    const slow = topologyOf(run, 'baseline alone');
    expect(slow.server.networkIn.burst).toBeNull();
    expectAbout(slow.makespan! - fast.makespan!, credit / baseline, 0.05);
  });
});

describe('the valet key does not notice', () => {
  eachSeed(file, run => {
    const { server, completion } = topologyOf(run, 'valet-key');
    expect(server.bytes).toBe(0);
    expect(server.networkIn.burst!.left).toBeCloseTo(credit, -6);
    expect(completion.p99!).toBeLessThan(15 * 60);
  });
});

describe('ten minutes show nothing, and a warning says what comes', () => {
  const choice = { set: ['workload.uploads.arrivals.for=10m'], topologies: ['proxy-streaming'] };
  const claim = ({ result }: Run) => {
    const [{ server, completion }] = result.topologies as [Run['result']['topologies'][0]];
    expect(server.networkIn.burst!.exhaustedAt).toBeNull();
    expect(completion.p99!).toBeLessThan(15 * 60);
    expect(result.warnings.join('\n')).toMatch(
      /network in carries .* and 750 Mbps without burst credit.*at this load it is gone after .* and from then on network in carries 750 Mbps instead of 6 Gbps/s,
    );
  };
  eachSeed(file, claim, choice);

  it('at the load of the run', async () => {
    const { result } = await runFile(file, choice);
    const [{ server }] = result.topologies as [Run['result']['topologies'][0]];
    const load = server.networkIn.mean / 0.9415;
    const minutes = credit / (load - baseline) / 60;
    const [, said] = /gone after ([\d.]+) min/.exec(result.warnings.join('\n'))!;
    expect(Number(said)).toBeCloseTo(minutes, 0);
  });
});
