/**
 * The replay against its slow twin, which was written from the model reference alone: the same random scenarios
 * through both, every instant, reason and count compared. Constant distributions, no jitter and equal shares, so
 * nothing is left to chance: the seed is fixed and a difference is a mistake in one of the two.
 */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { SplittingBucket } from '../../src/kernel/resources/splitting-bucket.js';
import { Simulation } from '../../src/kernel/simulation.js';
import { Drops } from '../../src/replay/drops.js';
import { replay } from '../../src/replay/replay.js';
import { failureReasons, uploadStatus } from '../../src/result.js';
import { usedBy } from '../../src/study/cost.js';
import type { Workload } from '../../src/workload/workload.js';
import { handMade } from '../reference/hand-made.js';
import { type RandomScenario, randomScenario } from '../reference/random-scenario.js';
import { type Luck, slowReplay } from '../reference/slow-replay.js';

function near(actual: number, expected: number, what: string): void {
  const tolerance = 1e-9 * Math.max(1, Math.abs(expected));
  const equal = Number.isNaN(expected) ? Number.isNaN(actual) : Math.abs(actual - expected) <= tolerance;
  if (!equal) expect.fail(`${what}: ${actual}, the twin says ${expected}`);
}

/** What the replay draws for the same connections: the luck of both is the same, what follows from it is compared. */
function luckOf(drops: Workload['drops']): Luck {
  const simulation = new Simulation({ linkChanged() {}, routeChanged() {} }, { instantSettled() {} });
  const drawn = new Drops(simulation, drops ?? [], 'twin');
  return (mean, clientClass, { item, turn, attempt, connection, part }) => {
    if (drops === null) return mean;
    const stream = part === null ? 0 : 2 ** 30 + part;
    const key = { stream, item, turn: turn * 1009 + attempt, clientClass, connectionLost() {} };
    return { seconds: drawn.secondsToBreak(key, connection), bytes: drawn.bytesToBreak(key, connection) };
  };
}

function compare({ spec, work, horizon }: RandomScenario): void {
  const workload = handMade(work);
  const slow = slowReplay(spec, workload, horizon, luckOf(workload.drops));
  if (slow.nearTies > 0) return;
  const run = replay(spec, workload, { seed: 'twin', horizon, warmup: 0 });
  const { recorder, from, to, simulation, hosts, epoch } = run;
  const log = recorder.uploads;
  expect(log.count).toBe(slow.uploads.length);
  for (const [i, expected] of slow.uploads.entries()) {
    const actual = {
      status: uploadStatus[log.status[i]],
      reason: uploadStatus[log.status[i]] === 'failed' ? failureReasons[log.reason[i]] : null,
      attempts: log.attempts[i],
    };
    const { status, reason, attempts } = expected;
    expect(actual, `upload ${i}`).toEqual({ status, reason, attempts });
    near(log.start[i] + epoch, expected.start, `start of upload ${i}`);
    near(log.end[i] + epoch, expected.end, `end of upload ${i}`);
  }
  for (const [b, { requests }] of slow.background.entries()) {
    const mine = recorder.background[b];
    const latencies = requests.filter(r => r.status === 'succeeded').map(r => r.end - r.start);
    expect(mine.succeeded, 'background').toBe(latencies.length);
    expect(mine.failed).toBe(requests.filter(r => r.status === 'failed').length);
    latencies.sort((a, b) => a - b);
    for (const [rank, latency] of latencies.entries()) {
      near(mine.latency.smallest(rank + 1), latency, `background latency ${rank}`);
    }
  }
  near(recorder.wastedBytes, slow.wastedBytes, 'wasted bytes');
  const { fleet } = recorder;
  const paid = slow.fleet.between(from + epoch, to + epoch);
  if (fleet !== null) {
    near(fleet.inRotation.integral(to), paid.rotating, 'servers in the rotation x time');
    near(fleet.billed.integral(to), paid.billed, 'servers that cost money x time');
  }
  expect(recorder.retriesDenied).toBe(slow.retriesDenied);
  expect(recorder.attemptFailures.total).toBe(slow.failures.length);
  const used = usedBy(spec, run);
  near(used.messages, slow.messageBytes, 'bytes of messages');
  const received = slow.servers.reduce((sum, server) => sum + server.received, 0);
  // A gateway that keeps bodies has some, too, that never come to a server.
  if (!spec.gateway?.buffers) near(used.toServers, received, 'bytes to servers');
  near(used.onToStorage + used.pastServers, slow.storage.in.carried, 'bytes to storage');
  if (recorder.remains !== null) {
    expect(recorder.remains.orphans, 'orphans').toBe(slow.orphans.files);
    near(recorder.remains.orphanBytes, slow.orphans.bytes, 'bytes of orphans');
  }
  if (recorder.parts !== null) {
    expect(recorder.parts.abandonedParts, 'abandoned parts').toBe(slow.abandoned.parts);
    near(recorder.parts.abandonedBytes, slow.abandoned.bytes, 'bytes of abandoned parts');
  }
  for (const [s, server] of slow.servers.entries()) {
    const what = `server ${s}`;
    expect(recorder.crashes[s], what).toBe(server.crashes.length);
    near(recorder.downUntil(s, to), server.downWithin(from + epoch, to + epoch), `${what}: time down`);
    const there = fleet?.serving.servers[s].integral(to) ?? recorder.overlap(0, to);
    if (fleet !== null) near(there, paid.there[s]!, `${what}: time that it is there`);
    const base = spec.server.baseMemory * there;
    near(recorder.memory.servers[s].integral(to), base + server.heldByteSeconds, `${what}: memory x time`);
    if (there > 0) near(recorder.memory.servers[s].peak, server.memoryPeak, `${what}: memory peak`);
    near(recorder.threads.servers[s].integral(to), server.threads.carried, `${what}: thread time`);
    near(simulation.network.linkCarried(hosts.servers[s].in.link), server.in.carried, `${what}: bytes in`);
    near(simulation.network.linkCarried(hosts.servers[s].out.link), server.out.carried, `${what}: bytes out`);
    near(simulation.network.linkCarried(hosts.servers[s].cores), server.cores.carried, `${what}: cpu`);
    if (recorder.disk === null || recorder.diskSpace === null) continue;
    const { link } = hosts.servers[s].disk;
    near(simulation.network.linkCarried(link!), server.disk.carried, `${what}: bytes of the disk`);
    const space = recorder.diskSpace.servers[s];
    near(space.integral(to), server.spool.byteSeconds, `${what}: disk space x time`);
    near(space.peak, server.spool.peak, `${what}: peak of disk space`);
    const since = space.saturatedAt;
    near(
      since === null ? -1 : since + epoch,
      server.spool.saturatedAt ?? -1,
      `${what}: disk space full since`,
    );
  }
  expect(recorder.storageRequests).toBe(slow.storage.requests);
  expect(recorder.slowDowns).toBe(slow.storage.slowDowns);
  const { requestRate } = hosts.storage;
  if (requestRate instanceof SplittingBucket) {
    // The twin splits on, where nobody comes any more.
    for (const [i, at] of requestRate.splits.entries())
      near(at + epoch, slow.storage.splits[i] ?? Number.NaN, `split ${i} of storage`);
  }
  expect(recorder.rejectedTokens).toBe(slow.storage.rejectedTokens);
}

it.each([false, true])('the replay does what the slow twin does (ties by design: %s)', ties => {
  fc.assert(fc.property(randomScenario({ ties }), compare), {
    numRuns: Number(process.env.TWIN_RUNS ?? 300),
    seed: 20_261_123,
  });
});

it('the same behind gateways', () => {
  const behindOne = randomScenario().filter(({ spec }) => spec.gateway !== null);
  fc.assert(fc.property(behindOne, compare), {
    numRuns: Number(process.env.TWIN_RUNS ?? 200),
    seed: 20_261_124,
  });
});
