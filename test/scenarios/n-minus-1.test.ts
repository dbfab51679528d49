/** scenarios/n-minus-1.yaml: what a dead server costs until the balancer has noticed. */
import { describe, expect, it } from 'vitest';
import { eachSeed, runFile, topologyOf } from './scenario-file.js';

const file = 'n-minus-1.yaml';
const rate = 10;
const end = 2000;
const dies = 605;

/** When the second of two failed checks takes place. */
const known = (interval: number) => (Math.ceil(dies / interval) + 1) * interval;

it('the arithmetic of the comment', () => {
  expect(known(30)).toBe(660);
  expect(known(10)).toBe(620);
  expect((rate * (end - dies)) / 3).toBe(4650);
  expect(Math.round((rate * (known(30) - dies)) / 3)).toBe(183);
  expect((rate * (known(10) - dies)) / 3).toBe(50);
});

/** Whose turn it is at the first and at the last instant decides about one upload. */
const ONE = 1;

describe.each([
  ['no health checks', (rate * (end - dies)) / 3, null],
  ['health checks', (rate * (known(30) - dies)) / 3, 660],
  ['least-connections', rate * (known(30) - dies), 660],
  ['checks every 10 s', (rate * (known(10) - dies)) / 3, 620],
] as const)('%s: %d are refused', (name, refused, noticed) => {
  eachSeed(file, run => {
    const { uploads, server } = topologyOf(run, name);
    expect(Math.abs(uploads.failures.refused! - refused)).toBeLessThanOrEqual(ONE);
    // An upload is on a server for some 2 s, and a third of 10 a second are on this one.
    expect(uploads.failures['server-crash']).toBeGreaterThan(3);
    expect(uploads.failures['server-crash']).toBeLessThan(11);
    expect(uploads.succeeded + uploads.failed).toBe(rate * end);
    const events = noticed === null ? undefined : [{ server: 0, at: noticed, back: null }];
    expect(server.health?.events).toEqual(events);
  });
});

it('another attempt meets another server, but for least-connections', async () => {
  const run = await runFile(file, { set: ['client.retry.attempts=3'] });
  expect(topologyOf(run, 'health checks').uploads.failed).toBeLessThan(5);
  expect(topologyOf(run, 'least-connections').uploads.failed).toBeGreaterThan(450);
});
