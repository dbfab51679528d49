/**
 * What every topology must do, whatever its stages. A new one is tried by standing in the registry, and in the table
 * of what is known of each kind: its shortest possible latency.
 */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Replayed, replay } from '../../src/replay/replay.js';
import { uploadStatus } from '../../src/result.js';
import type { TopologyKind } from '../../src/scenario/types.js';
import { summarise } from '../../src/study/summary.js';
import type { Topology } from '../../src/topologies/topology.js';
import { type Deep, type fluid, type HandWork, handMade, specOf } from '../reference/hand-made.js';
import { type RandomScenario, randomScenario } from '../reference/random-scenario.js';
import { randomlyDrawn } from '../reference/randomly.js';

/** Of an upload that is alone: the time below which no stage of the topology can bring it. */
export interface Unloaded {
  readonly size: number;
  readonly rtt: number;
  /** Bytes per second: of the client, of each direction of the server, of storage. */
  readonly uplink: number;
  readonly server: number;
  readonly storage: number;
}
export type LowerBound = (alone: Unloaded) => number;

const forever = Number.POSITIVE_INFINITY;
const run = ({ spec, work, horizon }: RandomScenario, seed = 'contract'): Replayed =>
  replay(spec, handMade(work), { seed, horizon, warmup: 0 });

function resultOf(scenario: RandomScenario, seed?: string) {
  const replayed = run(scenario, seed);
  const alone = run({ ...scenario, work: { ...scenario.work, uploads: [] } }, seed);
  return { replayed, result: summarise(scenario.spec, replayed, alone.recorder.background, [], null, null) };
}

/** The bodies of files that crossed the servers' networks. */
function throughServers({ hosts, simulation }: Replayed): number {
  let bytes = 0;
  for (const { routes } of hosts.servers) {
    for (const route of [routes.receive, routes.through, routes.forward]) {
      bytes += simulation.network.routeCarried(route.index);
    }
  }
  return bytes;
}

export function keepsTheContract(topology: Topology, atLeast: LowerBound): void {
  const kind = topology.kind as TopologyKind;
  const spec = (site: Deep<typeof fluid> = {}) => specOf(kind, site);
  const replayOf = (site: Deep<typeof fluid>, work: HandWork, horizon = forever) =>
    run({ spec: spec(site), work, horizon });
  const anything = randomScenario({ kinds: [kind] });
  const anythingByChance = randomlyDrawn({ kinds: [kind], ties: true });

  describe(`the contract of a topology: ${kind}`, () => {
    it('each upload ends exactly once, and not before it began', () => {
      fc.assert(
        fc.property(fc.oneof(anything, anythingByChance), scenario => {
          const { replayed, result } = resultOf(scenario);
          const { offered, succeeded, failed, unfinished } = result.uploads;
          expect(succeeded + failed + unfinished).toBe(offered);
          const log = replayed.recorder.uploads;
          expect(log.count).toBe(offered);
          for (let i = 0; i < log.count; i++) {
            const ended = uploadStatus[log.status[i]!] !== 'unfinished';
            expect(Number.isNaN(log.end[i]!)).toBe(!ended);
            if (ended) expect(log.end[i]!).toBeGreaterThanOrEqual(log.start[i]!);
            expect(log.attempts[i]!).toBeLessThanOrEqual(scenario.spec.client.retry.attempts);
          }
        }),
        { numRuns: 120, seed: 1 },
      );
    });

    it('all self-checks hold, and a run without horizon leaves nothing in use', () => {
      fc.assert(
        fc.property(fc.oneof(anything, anythingByChance), scenario => {
          const { replayed, result } = resultOf({ ...scenario, horizon: forever });
          for (const check of result.checks) expect(check).toMatchObject({ ok: true });
          expect(result.uploads.unfinished).toBe(0);
          for (const server of replayed.hosts.servers) {
            expect([server.threads.inUse, server.threads.waiting, server.upstream.inUse]).toEqual([0, 0, 0]);
            expect(server.memory.at(replayed.to)).toBeCloseTo(scenario.spec.server.baseMemory, 3);
            expect([server.reserved, server.connections, server.disk.space.at(replayed.to)]).toEqual([
              0, 0, 0,
            ]);
          }
          expect(replayed.finished).toBe(true);
        }),
        { numRuns: 120, seed: 2 },
      );
    });

    it('the same seed gives the same bytes', () => {
      fc.assert(
        fc.property(anythingByChance, scenario => {
          const bytes = (seed: string) => JSON.stringify(resultOf(scenario, seed).result);
          expect(bytes('a')).toBe(bytes('a'));
        }),
        { numRuns: 40, seed: 3 },
      );
    });

    it('success: every byte is in storage once', () => {
      const uploads = Array.from({ length: 12 }, (_, i) => ({
        start: i / 10,
        size: 1e5 * (i + 1),
        rttServer: 0.01,
      }));
      const site = { server: { network: { in: { rate: 1e6 }, out: { rate: 1e6 } } } };
      const replayed = replayOf(site, { uploads });
      const { result } = resultOf({ spec: spec(site), work: { uploads }, horizon: forever });
      const bytes = uploads.reduce((sum, { size }) => sum + size, 0);
      expect(result.uploads).toMatchObject({ succeeded: 12, attempts: 12, wastedBytes: 0 });
      expect(result.storage.bytes).toBeCloseTo(bytes, 3);
      expect(replayed.recorder.succeededBytes).toBe(bytes);
      if (topology.bodiesThroughServers) {
        expect(result.server.bytes).toBeCloseTo(bytes, 3);
      } else {
        expect(throughServers(replayed)).toBe(0);
        expect(result.server.networkIn.mean).toBe(0);
        expect(result.server.networkOut.mean).toBe(0);
      }
    });

    it('timeouts: every byte that left a client was wasted', () => {
      const uploads = [{ start: 0, size: 1e6, uplink: 1e5 }];
      const retry = { attempts: 3, base: 1, cap: 60, jitter: 'none' as const };
      const replayed = replayOf({ client: { timeout: 4, retry } }, { uploads });
      const { recorder } = replayed;
      expect([recorder.succeeded, recorder.failed, recorder.attempts]).toEqual([0, 1, 3]);
      // 4 s at 100 kB/s, three times.
      expect(recorder.wastedBytes).toBeCloseTo(3 * 4e5, 3);
      expect(recorder.failures.toRecord()).toEqual({ timeout: 1 });
      expect(recorder.uploads.end[0]!).toBeCloseTo(3 * 4 + 1 + 2, 9);
    });

    it('a crash: nothing of the dead server is left, and who tries again is served', () => {
      // Memory for half of the first body, where bodies fill memory; a crash of anything else is made by a step.
      const retry = { attempts: 4, base: 3, cap: 60, jitter: 'none' as const };
      const server = { memory: 1e6, restart: 1, network: { in: { rate: 1e6 }, out: { rate: 1e6 } } };
      const options = { streamBuffer: 0.6e6, perRequest: 0.6e6 };
      const uploads = [
        { start: 0, size: 0.2e6, uplink: 1e4 },
        { start: 1, size: 0.2e6, uplink: 1e4 },
      ];
      const replayed = replayOf({ server, options, client: { retry } }, { uploads });
      const [crashes] = replayed.recorder.crashes;
      if (topology.bodiesThroughServers) {
        // Both try again at the same instants, and meet again each time.
        expect(crashes).toBe(4);
        expect(replayed.recorder.failures.toRecord()).toEqual({ 'server-crash': 2 });
      } else {
        expect(crashes).toBe(0);
        expect(replayed.recorder.succeeded).toBe(2);
      }
      expect(replayed.hosts.servers[0]!.memory.at(replayed.to)).toBe(0);
      const alone = replayOf({ server, options, client: { retry } }, { uploads: [uploads[0]!] });
      expect(alone.recorder.succeeded).toBe(1);
    });

    it('a horizon: what has not ended is unfinished, and has no end', () => {
      const uploads = [0, 0.5, 7].map(start => ({ start, size: 1e6, uplink: 2e5 }));
      const { result, replayed } = resultOf({ spec: spec(), work: { uploads }, horizon: 5.25 });
      expect(result.uploads).toMatchObject({ offered: 3, succeeded: 1, failed: 0, unfinished: 2 });
      expect(result.makespan).toBeNull();
      expect(replayed.recorder.uploads.end[1]).toBeNaN();
      for (const check of result.checks) expect(check).toMatchObject({ ok: true });
    });

    it('alone, it is never faster than its round trips and its slowest link allow', () => {
      const alone = fc.record({
        size: fc.integer({ min: 1, max: 5e7 }),
        rtt: fc.integer({ min: 0, max: 200 }).map(ms => ms / 1000),
        uplink: fc.constantFrom(1e5, 1e6, 1e7, forever),
        server: fc.constantFrom(1e6, 1e7, 1e8),
        storage: fc.constantFrom(1e6, 1e7, 1e8),
      });
      fc.assert(
        fc.property(alone, fc.boolean(), (path, slowStart) => {
          const latency = latencyOf(path, slowStart);
          expect(latency).toBeGreaterThanOrEqual(atLeast(path) * (1 - 1e-9));
          if (!slowStart) expect(latency).toBeLessThanOrEqual(atLeast(path) * (1 + 1e-9) + 1e-9);
        }),
        { numRuns: 150, seed: 4 },
      );
    });

    it.each(['uplink', 'server', 'storage'] as const)(
      'a faster %s never makes a lone upload slower',
      link => {
        const path = { size: 3e7, rtt: 0.05, uplink: 2e7, server: 2e7, storage: 2e7 };
        let before = forever;
        for (let rate = 1e5; rate <= 1e9; rate *= 1.5) {
          // Slow start holds back the flow in whole rounds: a faster path may need one more, never a later end.
          const latency = latencyOf({ ...path, [link]: rate }, true);
          expect(latency).toBeLessThanOrEqual(before * (1 + 1e-12));
          before = latency;
        }
      },
    );

    it('one client more never changes what another draws', () => {
      const site = {
        transport: { unfairness: 0.5 },
        storage: { firstByte: { kind: 'exponential' as const, mean: 1 } },
      };
      const uploads = [0, 1, 2].map(start => ({ start: 100 * start, size: 1e6, uplink: 1e6 }));
      const ends = (work: HandWork) => [...replayOf(site, work).recorder.uploads.end.slice(0, 2)];
      expect(ends({ uploads })).toEqual(ends({ uploads: uploads.slice(0, 2) }));
    });

    function latencyOf({ size, rtt, uplink, server, storage }: Unloaded, slowStart: boolean): number {
      const site = {
        transport: { slowStart },
        server: { network: { in: { rate: server }, out: { rate: server } } },
        storage: { network: { in: { rate: storage } } },
      };
      const upload = { start: 0, size, uplink, rttServer: rtt, rttStorage: rtt };
      return replayOf(site, { uploads: [upload] }).recorder.uploads.end[0]!;
    }
  });
}
