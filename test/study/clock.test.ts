/** Runs late on the scenario's clock, or over in no time: what is measured does not depend on when it happens. */
import { expect, it } from 'vitest';
import { fluidWith, runText } from '../theory/scenario-text.js';

const topologies = ['proxy-buffered', 'proxy-streaming', 'valet-key'];

it.each([
  ['an hour of small uploads', { rate: '1/s', for: '1h' }, '1KB'],
  ['a single byte', { count: 1, at: '1s' }, '1B'],
  ['small ones, a day later', { count: 100, at: '24h' }, '1KB'],
  ['a month later', { count: 1, at: '30d' }, '1MB'],
  ['in the seconds since 1970', { count: 10, at: '1700000000s' }, '50MB'],
])('no run contradicts itself: %s', (_, arrivals, size) => {
  const { result } = runText({ name: 'late', workload: { uploads: { arrivals, size } }, topologies });
  for (const { checks } of result.topologies) expect(checks.filter(({ ok }) => !ok)).toEqual([]);
});

it('a shifted scenario has the same latencies, its instants shifted', () => {
  const at = (instant: string) =>
    runText(
      fluidWith({
        workload: { uploads: { arrivals: { count: 3, at: instant }, size: '8MB' } },
        topologies: ['proxy-streaming'],
      }),
    );
  const early = at('0s').result.topologies[0]!;
  const late = at('1700000000s').result.topologies[0]!;
  expect(late.latency).toEqual(early.latency);
  expect(late.window[0]).toBe(1_700_000_000);
  expect(late.series.time[0]).toBe(1_700_000_000);
  expect(late.server.threads.holdTime).toEqual(early.server.threads.holdTime);
});

it('uploads that end at the very end of the run are in the series', () => {
  // 16 x 1 MB at 1 MB/s all end at 16 s, the border of a bin.
  const { result } = runText(
    fluidWith({
      workload: { uploads: { arrivals: { count: 16, at: '0s' }, size: '1MB' } },
      server: { network: { in: '1MB/s', out: '1MB/s', efficiency: 1, queue: '0ms' } },
      topologies: ['proxy-streaming'],
    }),
  );
  const [{ series, uploads, makespan }] = result.topologies as [(typeof result.topologies)[0]];
  expect([makespan, uploads.succeeded]).toEqual([16, 16]);
  expect(series.completed.reduce((a, b) => a + b, 0)).toBe(16);
});

it('a closed loop without thought or work is refused, not run for ever', () => {
  const endless = fluidWith({
    workload: { uploads: { arrivals: { users: 2, think: '0s', for: '1s' }, size: '1MB' } },
    topologies: ['valet-key'],
  });
  expect(() => runText(endless)).toThrow(/without any time passing/);
});

it('a thousand retries in no time do not nest', () => {
  const { result } = runText(
    fluidWith({
      workload: { uploads: { arrivals: { count: 2, at: '0s' }, size: '1MB' } },
      client: { timeout: 'unlimited', retry: { attempts: 1000, base: '0s', cap: '0s', jitter: 'none' } },
      storage: { requestRate: { rate: '1/h', burst: 1 } },
      topologies: ['valet-key'],
    }),
  );
  expect(result.topologies[0]!.uploads).toMatchObject({ succeeded: 1, failed: 1, attempts: 1001 });
});

it('a closed loop is measured from its first arrival on', () => {
  const { result } = runText(
    fluidWith({
      workload: { uploads: { arrivals: { users: 1, think: '10s', for: '11s' }, size: '1MB' } },
      clients: [{ name: 'c', rtt: '0s', uplink: '1MB/s' }],
      topologies: ['proxy-streaming'],
    }),
  );
  // Arrives at 10 s, ends at 11 s, begins its next turn then, arrives at 21 s and ends at 22 s.
  expect(result.topologies[0]!.window).toEqual([10, 22]);
});
