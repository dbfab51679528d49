/** The same scenario and seed give the same bytes, and no topology can touch another's numbers. */
import { describe, expect, it } from 'vitest';
import type { Part } from '../theory/scenario-text.js';
import { runText } from '../theory/scenario-text.js';

/** Everything that is random is in it. */
const scenario: Part = {
  name: 'random in all its parts',
  seed: 42,
  workload: {
    uploads: {
      arrivals: { rate: '6/s', for: '30s' },
      size: { lognormal: { median: '2MB', cv: 1 } },
      bucket: {
        choice: [
          { value: 'a', weight: 1 },
          { value: 'b', weight: 1 },
        ],
      },
    },
    background: [{ name: 'get', arrivals: { rate: '20/s', for: '30s' }, service: { exponential: '5ms' } }],
  },
  clients: [
    { name: 'cable', uplink: { lognormal: { median: '20Mbps', cv: 0.5 } }, mistakes: { key: '10%' } },
    { name: 'mobile', uplink: { exponential: '8Mbps' }, rtt: { uniform: ['40ms', '80ms'] }, loss: '0.1%' },
  ],
  client: { timeout: '20s', retry: { attempts: 3, jitter: 'full' } },
  server: { count: 2, balancing: 'random', network: '100Mbps', memory: '300MB' },
  storage: { firstByte: { exponential: '30ms' }, requestRate: { rate: '5/s', burst: 3 } },
  valetKey: { authorise: { exponential: '4ms' }, useAfter: { exponential: '100ms' } },
};

const all: readonly Part[] = [
  { name: 'proxy-buffered' },
  { name: 'proxy-streaming' },
  { name: 'valet-key' },
  { name: 'four servers', kind: 'proxy-buffered', server: { count: 4 } },
];

const run = (topologies: readonly Part[], seed?: string) => {
  const { result, uploads } = runText({ ...scenario, topologies }, {}, seed);
  const tables = uploads.map(({ start, end, attempts, server }) =>
    [start, end, attempts, server].map(c => [...c]),
  );
  return { result, tables };
};

const reference = run(all);
const named = (name: string, { result, tables }: ReturnType<typeof run>) => {
  const index = result.topologies.findIndex(topology => topology.name === name);
  return JSON.stringify([result.topologies[index], tables[index]]);
};

it('the scenario uses what it is for: retries, failures, mistakes', () => {
  const reasons = new Set(reference.result.topologies.flatMap(t => Object.keys(t.uploads.attemptFailures)));
  expect([...reasons]).toEqual(expect.arrayContaining(['slow-down', 'access-denied']));
  for (const topology of reference.result.topologies) {
    for (const check of topology.checks) expect(check).toMatchObject({ ok: true });
  }
});

describe('the seed', () => {
  it('the same gives the same bytes of JSON', () => {
    expect(JSON.stringify(run(all))).toBe(JSON.stringify(reference));
    expect(JSON.stringify(run(all, '42'))).toBe(JSON.stringify(reference));
  });

  it('another gives others', () => {
    const other = run(all, '43');
    expect(other.result.seed).toBe('43');
    for (const { name } of reference.result.topologies) {
      expect(named(name, other)).not.toBe(named(name, reference));
    }
    expect(other.tables[0]![0]).not.toEqual(reference.tables[0]![0]);
  });
});

describe('a topology', () => {
  it('has the same numbers, bit for bit, wherever it stands and whoever stands beside it', () => {
    for (const topology of all) {
      const name = String(topology.name);
      expect(named(name, run([topology]))).toBe(named(name, reference));
    }
    const reversed = run([...all].reverse());
    for (const { name } of all) expect(named(String(name), reversed)).toBe(named(String(name), reference));
  });

  it('meets the same uploads as every other', () => {
    const starts = reference.tables.map(([start]) => start);
    for (const start of starts) expect(start).toEqual(starts[0]);
  });

  it('under another name has the same numbers', () => {
    const renamed = run([{ name: 'streamed', kind: 'proxy-streaming' }]);
    const [{ name: _, ...numbers }] = renamed.result.topologies as [(typeof renamed.result.topologies)[0]];
    const { name: __, ...before } = reference.result.topologies[1]!;
    expect(JSON.stringify(numbers)).toBe(JSON.stringify(before));
  });
});

it('JSON holds no NaN and no Infinity: what is written is what was there', () => {
  const odd: string[] = [];
  JSON.stringify(reference.result, (key, value: unknown) => {
    if (typeof value === 'number' && !Number.isFinite(value)) odd.push(key);
    return value;
  });
  expect(odd).toEqual([]);
});
