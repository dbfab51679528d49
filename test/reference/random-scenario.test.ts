/** What must hold of any run, of the slow twin's too; and that the random scenarios reach what they are for. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { handMade } from './hand-made.js';
import { randomScenario } from './random-scenario.js';
import { type SlowOutcome, type SlowUsage, slowReplay } from './slow-replay.js';

const seen = new Map<string, number>();
const count = (what: string) => seen.set(what, (seen.get(what) ?? 0) + 1);

function note(outcome: SlowOutcome): void {
  for (const upload of outcome.uploads) count(upload.reason ?? upload.status);
  for (const { reason } of outcome.background.flatMap(stream => stream.requests)) count(`request ${reason}`);
  if (outcome.storage.splits.length > 0) count('storage splits');
}

function within(usage: SlowUsage, capacity: number, seconds: number): void {
  if (Number.isFinite(capacity))
    expect(usage.carried).toBeLessThanOrEqual(capacity * seconds * (1 + 1e-6) + 1e-6);
  expect(usage.saturatedFor).toBeLessThanOrEqual(seconds * (1 + 1e-9));
}

it.each([false, true])('nothing is lost, nothing exceeds its capacity (ties by design: %s)', ties => {
  fc.assert(
    fc.property(randomScenario({ ties, maxUploads: 20, maxRequests: 20 }), ({ spec, work, horizon }) => {
      const outcome = slowReplay(spec, handMade(work), horizon);
      note(outcome);
      for (const each of [...outcome.uploads, ...outcome.background.flatMap(stream => stream.requests)]) {
        if (horizon === Number.POSITIVE_INFINITY) expect(each.status).not.toBe('unfinished');
        if (each.status !== 'unfinished') expect(each.end).toBeGreaterThanOrEqual(each.start);
        expect(each.status === 'failed').toBe(each.reason !== null);
      }
      for (const upload of outcome.uploads)
        expect(upload.attempts).toBeLessThanOrEqual(spec.client.retry.attempts);
      const { network, cores, memory, threads, backlog, onOutOfMemory } = spec.server;
      for (const server of outcome.servers) {
        expect(server.peakThreads).toBeLessThanOrEqual(threads);
        expect(server.peakBacklog).toBeLessThanOrEqual(backlog);
        expect(server.memoryPeak).toBeLessThanOrEqual(memory * (1 + 1e-9));
        if (onOutOfMemory === 'reject') expect(server.crashes).toEqual([]);
        within(server.in, network.in.rate * network.efficiency, outcome.endedAt);
        within(server.out, network.out.rate * network.efficiency, outcome.endedAt);
        within(server.cores, cores, outcome.endedAt);
      }
    }),
    { numRuns: 150, seed: 4711 },
  );
});

it('the random scenarios reach every way to fail', () => {
  const reached = [...seen.keys()];
  const reasons = [
    'overloaded',
    'refused',
    'server-crash',
    'out-of-memory',
    'timeout',
    'slow-down',
    'disk-full',
  ];
  const clients = ['connection-lost', 'abandoned'];
  const rejections = [
    'token-expired',
    'token-not-yet-valid',
    'too-large',
    'no-such-bucket',
    'access-denied',
    'signature-mismatch',
  ];
  expect(reached).toEqual(
    expect.arrayContaining([
      'succeeded',
      'unfinished',
      'storage splits',
      ...reasons,
      ...clients,
      ...rejections,
    ]),
  );
  const requests = ['overloaded', 'refused', 'server-crash', 'timeout'].map(reason => `request ${reason}`);
  expect(reached).toEqual(expect.arrayContaining(requests));
});
