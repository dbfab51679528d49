/** What stands under the verdict: arithmetic, break-even, guesses; and before it, that a result is partial. */
import { describe, expect, it } from 'vitest';
import { handLines } from '../../../src/present/by-hand.js';
import { toMarkdown } from '../../../src/present/export/markdown.js';
import { claims } from '../../../src/present/sections/claims.js';
import { report } from '../../../src/present/sections/report.js';
import { breakEvenLines } from '../../../src/present/verdict/break-even.js';
import { guesses } from '../../../src/present/verdict/guesses.js';
import type { Assumption, BreakEven, HandCheck, TopologyResult } from '../../../src/result.js';
import {
  noTimes,
  oneTopology,
  result,
  server,
  steady,
  topology,
  twoTopologies,
  usage,
  valetKey,
  withBackground,
} from '../fixtures.js';
import { show } from '../screen.js';
import { wordsUnder } from './figures.js';

const check = (kind: HandCheck['kind'], more: Partial<HandCheck>): HandCheck => ({
  kind,
  resource: 'x',
  terms: {},
  value: 0,
  simulated: 0,
  uses: [],
  ...more,
});

function line(of: HandCheck, more: Partial<TopologyResult> = {}): string {
  const [only] = handLines(topology('it', { byHand: [of], ...more }));
  return `${only!.arithmetic}; simulated: ${only!.simulated}`;
}

describe('arithmetic by hand', () => {
  const bytes = { uploads: 1000, size: 50e6, factor: 1, servers: 1, capacity: 125e6, span: 0 };

  it('as it stands in every design review', () => {
    const time = check('time', { resource: 'network in', terms: bytes, value: 400, simulated: 401 });
    expect(line(time)).toBe(
      'all files through network in: 1,000 × 50 MB / 125 MB/s = 6.67 min; simulated: saturated for 6.68 min, ' +
        '95% of the uploads complete after 8.53 min',
    );
    const fleet = { ...time, terms: { ...bytes, factor: 1.025, servers: 4, span: 300 }, value: 102.4 };
    expect(line(fleet)).toBe(
      'all files through network in: 1,000 × 50 MB × 1.025 / (4 × 125 MB/s) = 102 s for arrivals of 5 min; simulated: saturated for ' +
        '6.68 min, the last upload complete after 12 min',
    );
    expect(
      line(time, { completion: noTimes, uploads: { ...topology('x').uploads, succeeded: 9, failed: 991 } }),
    ).toMatch(/saturated for 6\.68 min, 99\.1% of the uploads not completed$/);
  });

  it('tells of attempts beyond the first', () => {
    const time = check('time', { resource: 'network in', terms: bytes, value: 400, simulated: 401 });
    const retried = { uploads: { ...topology('x').uploads, attempts: 2800 } };
    expect(line(time, retried)).toContain('simulated: saturated for 6.68 min by 2,800 attempts, 95% of');
  });

  it.each<[HandCheck, string]>([
    [
      check('turns', {
        resource: 'threads',
        terms: { uploads: 1000, each: 12, places: 40 },
        value: 300,
        simulated: 301,
      }),
      'a thread for each upload: 1,000 × 12 s / 40 threads = 5 min; simulated: saturated for 5.02 min',
    ],
    [
      check('turns', {
        resource: 'CPU cores',
        terms: { uploads: 300, each: 0.2, places: 1 },
        value: 60,
        simulated: 61,
      }),
      'work on all files: 300 × 200 ms / 1 core = 60 s; simulated: saturated for 61 s',
    ],
    [
      check('turns', {
        resource: 'connections to storage',
        terms: { uploads: 100, each: 2.5, places: 50 },
        value: 5,
        simulated: 6,
      }),
      'a connection to storage for each upload: 100 × 2.5 s / 50 connections = 5 s; simulated: saturated for 6 s',
    ],
    [
      check('share', {
        resource: 'network in',
        terms: { ...bytes, span: 1000 },
        value: 0.4,
        simulated: 0.41,
      }),
      'load of network in: 1,000 × 50 MB / (16.7 min × 125 MB/s) = 40%; simulated: 41%',
    ],
    [
      check('share', {
        resource: 'CPU cores',
        terms: { uploads: 300, each: 0.2, places: 4, span: 60 },
        value: 0.25,
        simulated: 0.26,
      }),
      'load of CPU cores: 300 × 200 ms / (60 s × 4 cores) = 25%; simulated: 26%',
    ],
    [
      check('memory', {
        terms: { bodies: 200, factor: 1.85, size: 50e6, more: 0, base: 500e6, limit: 16e9 },
        value: 19e9,
        simulated: 3.92e9,
      }),
      'memory at most: 200 bodies × 1.85 × 50 MB + 500 MB = 19 GB of 16 GB; simulated: peak 3.92 GB',
    ],
    [
      check('memory', {
        terms: { bodies: 1, factor: 2, size: 1e6, more: 1e6, base: 0, limit: 4e6 },
        value: 3e6,
        simulated: 3e6,
      }),
      'memory at most: 1 body × (2 × 1 MB + 1 MB) + 0 B = 3 MB of 4 MB; simulated: peak 3 MB',
    ],
    [
      check('memory-full', {
        terms: { limit: 16e9, base: 500e6, copies: 1.25, inflow: 125e6 },
        value: 99.2,
        simulated: 99.5,
      }),
      'memory full: (16 GB − 500 MB) / (1.25 × 125 MB/s) = 99.2 s; simulated: after 99.5 s',
    ],
    [
      check('threads', { terms: { rate: 5, each: 7.4, limit: 200 }, value: 37, simulated: 41 }),
      'busy threads: 5/s × 7.4 s = 37 of 200; simulated: 41 with 3.21 s each',
    ],
    [
      check('threads', { terms: { rate: 5, each: 7.4 }, value: 37, simulated: 41 }),
      'busy threads: 5/s × 7.4 s = 37 of unlimited; simulated: 41 with 3.21 s each',
    ],
    [
      check('signing', {
        resource: 'CPU cores',
        terms: { uploads: 1000, each: 0.002, places: 4 },
        value: 0.5,
        simulated: 0.51,
      }),
      'all URLs signed: 1,000 × 2 ms / 4 cores = 500 ms; simulated: CPU cores busy for 510 ms',
    ],
    [
      check('requests', {
        terms: { burst: 10, rate: 5, span: 100, uploads: 2000 },
        value: 510,
        simulated: 1490,
      }),
      'uploads that storage takes at its request rate: 10 + 5/s × 100 s = 510 of 2,000; simulated: 1,490 answered with 503 slow-down',
    ],
    [
      check('alone', {
        terms: { roundTrips: 0.072, slowStart: 0.034, size: 50e6, rate: 2.5e6, forward: 50e6, service: 0.03 },
        value: 21.136,
        simulated: 21.2,
      }),
      'an upload alone: 72 ms of round trips + 34 ms of slow start + 50 MB / 2.5 MB/s + 50 MB / 50 MB/s + 30 ms of service = 21.1 s; simulated: p50 21.2 s',
    ],
    [
      check('alone', {
        terms: { roundTrips: 0.072, slowStart: 0, size: 50e6, service: 0 },
        value: 0.072,
        simulated: 0.072,
      }),
      'an upload alone: 72 ms of round trips = 72 ms; simulated: p50 72 ms',
    ],
  ])('%o', (of, text) => {
    expect(line(of).startsWith(text)).toBe(true);
  });

  it('is left out where the run never came so far', () => {
    const time = check('time', { resource: 'network in', terms: bytes, value: 127, simulated: 2.82 });
    const lines = (of: HandCheck, succeeded: number) =>
      handLines(
        topology('it', {
          byHand: [of],
          completion: noTimes,
          uploads: { ...topology('x').uploads, succeeded, failed: 1000 - succeeded },
        }),
      );
    expect(lines(time, 0)).toEqual([]);
    expect(lines(time, 300)).toEqual([]);
    expect(lines({ ...time, simulated: 100 }, 300)).toHaveLength(1);
    expect(lines({ ...time, simulated: 100 }, 0)).toEqual([]);
    expect(handLines(topology('it', { byHand: [time] }))).toHaveLength(1);
    const full = check('memory-full', { terms: { limit: 1, base: 0, copies: 1, inflow: 1 } });
    expect(lines(full, 0)).toHaveLength(1);
  });

  it('is left out where the simulation has nothing to say, with its heading', () => {
    const none = check('memory-full', { simulated: null });
    expect(handLines(topology('it', { byHand: [none] }))).toEqual([]);
    expect(wordsUnder(result([topology('it', { byHand: [none] })]), 'By hand')).toEqual([]);
    expect(show(oneTopology)).not.toContain('By hand');
  });
});

describe('break-even', () => {
  const pair = (more: Partial<BreakEven>): BreakEven => ({
    proxy: 'p',
    valetKey: 'v',
    client: 'cable',
    size: 6.84e6,
    overhead: 0.076,
    below: 'p',
    above: 'v',
    ...more,
  });
  const whose = 'Break-even, for a lone upload of a typical client (cable) on idle servers';
  const never = { size: null, above: 'p' };

  it.each<[readonly BreakEven[], string]>([
    [[pair({})], 'v is faster than p from 6.84 MB on; a file of 1 B takes 76 ms longer.'],
    [[pair(never)], 'v is faster than p at no size; a file of 1 B takes 76 ms longer.'],
    [[pair({ size: null, below: 'v', overhead: -1 })], 'v is faster than p at any size.'],
    [[pair({ below: 'v', above: 'p', overhead: -1 })], 'v is faster than p up to 6.84 MB.'],
    [
      [pair({ size: null, below: null, above: null, overhead: 0 })],
      'v is faster than p at no size (both are alike).',
    ],
    [
      [pair({}), pair({ ...never, proxy: 'q' }), pair({ proxy: 'r' })],
      'v is faster than p and r from 6.84 MB on, than q at no size; a file of 1 B takes 76 ms longer.',
    ],
    [
      [pair({}), pair({ proxy: 'q', overhead: 0.2 })],
      'v is faster than p and q from 6.84 MB on; a file of 1 B takes 76 ms longer than with p and 200 ms longer than with q.',
    ],
    [
      [pair({}), pair({ proxy: 'q', overhead: -1 })],
      'v is faster than p and q from 6.84 MB on; a file of 1 B takes 76 ms longer than with p.',
    ],
  ])('%o', (pairs, text) => {
    expect(breakEvenLines(pairs)).toEqual([`${whose}: ${text}`]);
  });

  it('once for all designs with signed URLs', () => {
    expect(breakEvenLines([pair({}), pair({ valetKey: 'w', above: 'w' })])).toEqual([
      `${whose}: v and w are faster than p from 6.84 MB on; a file of 1 B takes 76 ms longer.`,
    ]);
    expect(breakEvenLines([pair({}), pair({ valetKey: 'w', above: 'w', size: 2e6 })])).toEqual([
      `${whose}: v is faster than p from 6.84 MB on; a file of 1 B takes 76 ms longer. ` +
        'w is faster than p from 2 MB on; a file of 1 B takes 76 ms longer.',
    ]);
    expect(breakEvenLines([pair({}), pair({ valetKey: 'w', client: 'dsl' })])).toHaveLength(2);
    expect(breakEvenLines([])).toEqual([]);
  });
});

describe('guesses', () => {
  const assumption = (path: string, more: Partial<Assumption> = {}): Assumption => ({
    path,
    value: '4',
    kind: 'estimate',
    source: 'a guess',
    topologies: ['a', 'b'],
    ...more,
  });
  const uses = (name: string, ...values: string[]) =>
    topology(name, { byHand: [check('alone', { uses: values })] });

  it('are counted once, and named with their values', () => {
    const all = result([uses('a', 'server.cores', 'clients', 'server.threads'), uses('b', 'server.cores')], {
      assumptions: [assumption('server.cores'), assumption('clients.dsl.rtt', { value: '24ms' })],
    });
    expect(guesses(all)).toEqual([
      '2 of the 3 values in this arithmetic are estimates that the scenario leaves to valet-sim: server.cores (4) and clients.dsl.rtt (24ms).',
    ]);
  });

  it('only those of the designs that compute with them, and only guesses', () => {
    const all = (...assumptions: Assumption[]) =>
      guesses(result([uses('a', 'server.cores'), uses('b', 'server.threads')], { assumptions }));
    expect(all(assumption('server.cores', { topologies: ['b'] }), assumption('server.memory'))[0]).toMatch(
      /^None of the 2 values/,
    );
    expect(all(assumption('server.cores', { kind: 'documented' }))[0]).toMatch(/^None of the 2 values/);
    expect(all(assumption('server.cores', { kind: 'recalled' }))[0]).toMatch(
      /^1 of the 2 values .* is an estimate/,
    );
    expect(all(assumption('server.core'))[0]).toMatch(/^None/);
  });

  it('says nothing where nothing was computed', () => {
    expect(guesses(oneTopology)).toEqual([]);
    const hidden = check('memory-full', { simulated: null, uses: ['server.memory'] });
    expect(guesses(result([topology('it', { byHand: [hidden] })]))).toEqual([]);
  });
});

describe('the section', () => {
  it('is a paragraph, a bullet for each design, and notes', () => {
    const headings = (...topologies: TopologyResult[]) => {
      const blocks = report(result(topologies), { charts: false });
      const from = blocks.findIndex(block => block.kind === 'heading' && block.level === 2);
      return blocks
        .slice(from + 1, from + 3)
        .map(block => (block.kind === 'list' ? block.items.length : block.kind));
    };
    expect(headings(topology('a'))).toEqual(['paragraph', 1]);
    expect(headings(topology('a'), valetKey())).toEqual(['paragraph', 2]);
  });
});

describe('claims', () => {
  const cells = (t: TopologyResult): readonly string[] => {
    const [, table] = claims(result([t]));
    return table?.kind === 'table' ? table.groups[0]!.columns[0]!.cells.map(({ text }) => text) : [];
  };

  it('one number for each design', () => {
    const memory = usage(16e9, 16e9, { saturatedAt: 89.6 });
    expect(
      cells(topology('it', { server: { ...server({ memory, crashes: 1 }), ...steady, servers: [] } })),
    ).toEqual(['3.21 s', 'after 89.6 s', '50 GB', 'none']);
    expect(cells(valetKey())).toEqual(['4.5 ms', 'never (peak 3.13%)', 'none', 'none']);
  });

  it('a percentile of those that were answered is not one of all', () => {
    const [{ background }] = withBackground.topologies as [TopologyResult];
    const feed = background[0]!;
    const cell = (succeeded: number) =>
      cells(
        topology('it', { background: [{ ...feed, offered: 1000, succeeded, failed: 1000 - succeeded }] }),
      )[2];
    expect(cell(802)).toBe('63.4× if answered');
    expect(cell(995)).toBe('63.4×');
  });

  it('a server that crashed was full, though not in the time that is measured', () => {
    expect(cells(topology('it', { server: { ...server({ crashes: 1 }), ...steady, servers: [] } }))[1]).toBe(
      'during the warm-up',
    );
  });

  it('names the size of an upload where all have one', () => {
    expect(show(twoTopologies)).toContain('an upload of 50MB holds a thread for');
    const scenario = {
      ...oneTopology.scenario,
      resolved: { workload: { uploads: { size: '50MB', arrivals: { trace: 'a.csv' } } } },
    };
    expect(show({ ...oneTopology, scenario })).toContain('\nan upload holds a thread for');
  });
});

describe('a result that is not whole', () => {
  const partial = { ...oneTopology, partial: { missing: ['proxy-streaming', 'valet-key'], replications: 1 } };

  it('says so first of all, in every form', () => {
    expect(show(partial).split('\n')[0]).toBe('PARTIAL: interrupted; missing: proxy-streaming, valet-key');
    expect(toMarkdown(report(partial, { charts: false })).split('\n')[0]).toBe(
      '**PARTIAL: interrupted; missing: proxy-streaming, valet-key**',
    );
    const nothing = { ...result([]), partial: { missing: ['valet-key'], replications: 1 } };
    expect(show(nothing).split('\n')[0]).toBe('PARTIAL: interrupted; missing: valet-key');
  });

  it('a whole one does not', () => {
    expect(show(oneTopology)).not.toContain('PARTIAL');
  });
});
