/** scenarios/autoscale.yaml: a fleet that grows, and what it watches. */
import { describe, expect, it } from 'vitest';
import { eachSeed, expectAbout, expectBetween, runFile, topologyOf } from './scenario-file.js';

const file = 'autoscale.yaml';
const MB = 1e6;
/** Payload of one server. */
const carries = (0.9415 * 750e6) / 8 / 1.025;

it('the arithmetic of the comment', () => {
  expect(Math.round(carries / MB)).toBe(86);
  expectBetween((2.5 * 20 * MB) / (2 * carries), 0.25, 1 / 3);
  expect(Math.ceil((20 * 20 * MB) / carries)).toBe(5);
  expectAbout(((carries / 2 ** 20) * 0.005) / 2, 0.2, 0.05);
});

/** Decisions in minutes: when, from, to, and when it takes effect. */
const decisions = (run: Parameters<typeof topologyOf>[0], name: string) =>
  topologyOf(run, name).server.autoscale!.steps.map(({ at, from, to, ready }) => [
    at / 60,
    from,
    to,
    ready === null ? null : ready / 60,
  ]);

describe('a rule that watches the CPU sees nothing', () => {
  eachSeed(file, run => {
    const { server, completion } = topologyOf(run, 'scaled on CPU');
    expect(server.autoscale).toMatchObject({ added: 0, removed: 0, peak: 2 });
    // Each request costs a little, too.
    expectAbout(
      server.autoscale!.highest,
      ((carries / 2 ** 20) * 0.005 + (carries / 20e6) * 0.0014) / 2,
      0.03,
    );
    expect(completion).toEqual(topologyOf(run, 'two servers').completion);
  });
});

describe('one that watches the network adds one server every five minutes', () => {
  eachSeed(file, run => {
    expect(decisions(run, 'scaled on network').slice(0, 3)).toEqual([
      [21, 2, 3, 23],
      [26, 3, 4, 28],
      [31, 4, 5, 33],
    ]);
    expectBetween(topologyOf(run, 'scaled on network').completion.p95, 6 * 60, 9 * 60);
    expectBetween(topologyOf(run, 'two servers').completion.p95, 11 * 60, 15 * 60);
  });
});

describe('big steps help sooner, but not those who already wait', () => {
  eachSeed(file, run => {
    expect(decisions(run, 'in big steps').slice(0, 2)).toEqual([
      [21, 2, 6, 23],
      [26, 6, 10, 28],
    ]);
    expectBetween(topologyOf(run, 'in big steps').completion.p95, 200, 300);
    const { server } = topologyOf(run, 'in big steps');
    expect(server.hours).toBeGreaterThan(topologyOf(run, 'scaled on network').server.hours);
  });
});

describe('signed URLs need no more servers', () => {
  eachSeed(file, run => {
    expectBetween(topologyOf(run, 'valet-key').completion.p99, 8, 9);
  });
});

it('least-connections finds the new servers', async () => {
  const set = ['server.balancing=least-connections'];
  const run = await runFile(file, { set, topologies: ['in big steps'] });
  expectBetween(topologyOf(run, 'in big steps').completion.p95, 150, 225);
});
