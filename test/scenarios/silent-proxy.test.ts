/** scenarios/silent-proxy.yaml: a spooling proxy is silent while it forwards, and a load balancer does not wait for it. */
import { describe, expect, it } from 'vitest';
import { eachSeed, expectAbout, topologyOf, uploadsOf } from './scenario-file.js';

const file = 'silent-proxy.yaml';

it('the arithmetic of the comment', () => {
  expect([4e9 / (800e6 / 8), 4e9 / 50e6, 80 - 60]).toEqual([40, 80, 20]);
  expect(12 * 3 * 4e9).toBe(144e9);
  expect(60 * 50e6).toBe(3e9);
});

describe('through the spool every upload fails, and is stored three times', () => {
  eachSeed(file, run => {
    const { uploads, storage, window } = topologyOf(run, 'proxy-spooled');
    expect(uploads).toMatchObject({ offered: 12, succeeded: 0, attempts: 36 });
    expect(uploads.failures).toEqual({ 'gateway-idle': 12 });
    expectAbout(storage.bytes, 144e9, 1e-9);
    expectAbout(uploads.wastedBytes, 144e9, 1e-9);
    const { start, end } = uploadsOf(run, 'proxy-spooled');
    // Three times 40 s + 60 s, and pauses of less than a second; bodies that meet share nothing that is full.
    for (const [row, from] of start.entries()) expectAbout(end[row]! - from, 300, 0.01);
    // The server stores the last one 20 s later.
    expectAbout(window[1] - Math.max(...end), 20, 0.01);
  });
});

describe.each(['longer idle timeout', 'proxy-streaming', 'valet-key'])('%s loses none', name => {
  eachSeed(file, run => {
    const { uploads, latency, storage } = topologyOf(run, name);
    expect(uploads).toMatchObject({ succeeded: 12, attempts: 12 });
    expectAbout(latency.p50, name === 'longer idle timeout' ? 120 : 80, 0.01);
    expectAbout(storage.bytes, 48e9, 1e-9);
  });
});

describe('with a bucket in the same region it is never silent for so long', () => {
  eachSeed(
    file,
    run => {
      for (const { uploads } of run.result.topologies) expect(uploads.failed).toBe(0);
    },
    { set: ['storage.perConnection=90MB/s'] },
  );
});
