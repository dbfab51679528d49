/** scenarios/small-photos.yaml: five round trips more, and what they are worth. */
import { describe, expect, it } from 'vitest';
import type { Run } from '../../src/study/run.js';
import {
  backgroundOf,
  eachSeed,
  expectAbout,
  expectBetween,
  runFile,
  topologyOf,
  uploadsOf,
} from './scenario-file.js';

const file = 'small-photos.yaml';
const rtt: Readonly<Record<string, number>> = { cable: 0.024, mobile: 0.055, overseas: 0.164 };
/** Seconds for 1 kB up, in the mean of lognormal uplinks, and 1 kB down: the request for a URL, and its answer. */
const messages: Readonly<Record<string, number>> = {
  cable: 1000 * (Math.sqrt(1 + 0.66 ** 2) / 1.5e6 + 1 / 25e6),
  mobile: 1000 * (Math.sqrt(1 + 0.9 ** 2) / 1.125e6 + 1 / 3.75e6),
  overseas: 1000 * (Math.sqrt(1 + 0.66 ** 2) / 1.5e6 + 1 / 25e6),
};
/** Seconds of a core per request and signature, and per MiB. */
const [perRequest, sign, perMiB] = [0.0014, 0.0005, 0.005];
const authorise = 0.004;

it('the arithmetic of the comment', () => {
  expect(5 * rtt.cable!).toBeCloseTo(0.12, 2);
  expect(5 * rtt.mobile!).toBeCloseTo(0.275, 6);
  expect(5 * rtt.overseas!).toBeCloseTo(0.82, 2);
  // What the valet key has and a proxy has not: a second request and a signature.
  expect(((perRequest + sign) / perMiB) * 2 ** 20).toBeCloseTo(0.4e6, -4);
});

/** By how much each upload of one class of clients takes longer with the valet key, in seconds, in the mean. */
function extra(run: Run, client: string): number {
  const proxy = uploadsOf(run, 'proxy-streaming');
  const valet = uploadsOf(run, 'valet-key');
  const rows = Array.from({ length: proxy.count }, (_, row) => row).filter(
    row => proxy.clients[proxy.client[row]!] === client,
  );
  expect(rows.length).toBeGreaterThan(300);
  return rows.reduce((sum, row) => sum + valet.end[row]! - proxy.end[row]!, 0) / rows.length;
}

describe('the valet key loses', () => {
  eachSeed(file, run => {
    expectAbout(topologyOf(run, 'valet-key').completion.p50, 0.65, 0.05);
    expectAbout(topologyOf(run, 'proxy-streaming').completion.p50, 0.4, 0.05);
    expectAbout(topologyOf(run, 'proxy-buffered').completion.p50, 0.4, 0.05);
  });
});

describe.each(Object.keys(rtt))(
  '%s: five round trips, a look-up, a second request and a signature more',
  client => {
    eachSeed(file, run => {
      // The look-ups are exponential: the mean of 500 and more is off by 0.2 ms. The tolerance is 0.5 ms.
      const expected = 5 * rtt[client]! + authorise + perRequest + sign + messages[client]!;
      expect(extra(run, client)).toBeCloseTo(expected, 3);
    });
  },
);

describe('the server', () => {
  eachSeed(file, run => {
    const proxy = topologyOf(run, 'proxy-streaming').server;
    const valet = topologyOf(run, 'valet-key').server;
    expect(valet.cpu.mean).toBeGreaterThan(proxy.cpu.mean);
    expectAbout(proxy.threads.holdTime.mean, 0.3, 0.2);
    expectAbout(valet.threads.holdTime.mean, 0.004, 0.2);
    expect(valet.bytes).toBe(0);
    for (const { name } of run.result.topologies) {
      const { baseline, latency, slowdown } = backgroundOf(run, name, 'GET /feed');
      expectAbout(slowdown.p99, 1, 0.05);
      // Half of the requests are from cable clients, so the median lies in the gap between 24 and 55 ms of round trip.
      expect(latency.p50! - baseline.p50!).toBeLessThan(0.005);
    }
  });
});

it('at 800 a second it wins: the proxies have no threads left', async () => {
  expect(800 * 0.34).toBeGreaterThan(200);
  const run = await runFile(file, { set: ['workload.uploads.arrivals={rate: 800/s, for: 20s}'] });
  expectBetween(topologyOf(run, 'proxy-streaming').completion.p50, 2, 8);
  expectBetween(topologyOf(run, 'proxy-buffered').completion.p50, 2, 8);
  expectAbout(topologyOf(run, 'valet-key').completion.p50, 0.65, 0.05);
});

it('a native app without confirmation saves two round trips, and still loses', async () => {
  const run = await runFile(file, { set: ['transport.preflight=false', 'valetKey.notify=none'] });
  for (const client of Object.keys(rtt)) {
    expect(extra(run, client)).toBeCloseTo(3 * rtt[client]! + authorise + sign + messages[client]!, 3);
  }
});
