/** The verdict never contradicts the tables: over fixtures, small merciless replays, and runs of scenario texts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { claims } from '../../../src/present/sections/claims.js';
import { bytes, duration } from '../../../src/readable.js';
import { replay } from '../../../src/replay/replay.js';
import type { Result } from '../../../src/result.js';
import { Baselines } from '../../../src/study/baselines.js';
import { summarise } from '../../../src/study/summary.js';
import { handMade } from '../../reference/hand-made.js';
import { type RandomScenario, randomScenario } from '../../reference/random-scenario.js';
import { type Part, runText } from '../../theory/scenario-text.js';
import { fixtures, result } from '../fixtures.js';
import { show } from '../screen.js';
import { expectConsistent } from './consistent.js';

function expectClaims(all: Result): void {
  const [, table] = claims(all);
  if (all.topologies.every(t => t.uploads.offered === 0)) {
    expect(table).toBeUndefined();
    return;
  }
  if (table?.kind !== 'table') throw new Error('claims are a table');
  const rows = table.key.cells.map(({ text }) => text);
  const cell = (topology: number, claim: string): string =>
    table.groups[topology]!.columns[0]!.cells[rows.findIndex(row => row.includes(claim))]!.text;
  all.topologies.forEach(({ server, uploads, background }, i) => {
    expect(cell(i, 'holds a thread for')).toBe(duration(server.threads.holdTime.mean));
    expect(cell(i, 'memory is full').startsWith('never')).toBe(
      server.memory.saturatedAt === null && server.crashes === 0,
    );
    expect(cell(i, 'file bytes')).toBe(server.bytes === 0 ? 'none' : bytes(server.bytes));
    if (uploads.offered > 0) {
      expect(cell(i, 'do not complete') === 'none').toBe(uploads.succeeded === uploads.offered);
    }
    for (const { name, failed, offered } of background) {
      if (offered > 0) expect(cell(i, `${name}: failed`) === '0%').toBe(failed === 0);
    }
  });
}

describe.each(Object.entries(fixtures))('the fixture %s', (name, fixture) => {
  it('says what its figures say', () => {
    expectClaims(fixture);
    // Names that hold everything cannot be taken out of a text again.
    if (name !== 'oddNames') expectConsistent(fixture);
  });
});

it('of small replays in which everything goes wrong', () => {
  fc.assert(
    fc.property(fc.array(randomScenario(), { minLength: 1, maxLength: 4 }), scenarios => {
      const [{ work, horizon }] = scenarios as [RandomScenario];
      const workload = handMade(work);
      const topologies = scenarios.map(({ spec }, index) => {
        const options = { seed: 'verdict', horizon, warmup: 0 };
        const steps = new Baselines(workload, options).of(spec);
        let step = steps.next();
        while (!step.done) step = steps.next();
        const named = { ...spec, name: 'abcd'[index]!.repeat(3) };
        return summarise(named, replay(named, workload, options), step.value, [], null, null);
      });
      const all = result(topologies);
      expectConsistent(all);
      expectClaims(all);
    }),
    { numRuns: 300, seed: 12 },
  );
}, 60_000);

const one = <T>(...values: readonly T[]) => fc.constantFrom(...values);

const text: fc.Arbitrary<Part> = fc.record({
  name: fc.constant('a random scenario'),
  seed: fc.nat({ max: 1000 }),
  warmup: one('none', 'none', '5s'),
  horizon: one('unlimited', 'unlimited', '40s'),
  workload: fc.record({
    uploads: fc.record({
      arrivals: one<Part>(
        { count: 1 },
        { count: 60, at: '0s' },
        { count: 40, at: '1000000s' },
        { count: 50, over: '10s' },
        { rate: '2/s', for: '30s' },
        { users: 5, think: { exponential: '1s' }, for: '20s' },
      ),
      size: one<unknown>('1B', '5MB', '40MB', { lognormal: { median: '5MB', cv: 2 } }),
    }),
    background: one<readonly Part[]>(
      [],
      [{ name: 'GET /a', arrivals: { rate: '5/s', for: '20s' } }],
      [
        { name: 'GET /a', arrivals: { rate: '5/s', for: '20s' } },
        { name: 'POST /b', arrivals: { count: 5 }, service: '1s' },
      ],
    ),
  }),
  client: one<Part>({}, { timeout: '5s' }, { retry: { attempts: 1 } }),
  clients: one<readonly Part[]>(
    [{ name: 'a', uplink: '20Mbps' }],
    [{ name: 'a', uplink: '500Mbps', rtt: '0s', mistakes: { key: '10%' } }],
  ),
  server: fc.record({
    count: one(1, 1, 3),
    threads: one(1, 10, 200),
    backlog: one(0, 5, 8192),
    memory: one('200MB', '1GB', '16GB', 'unlimited'),
    network: one('100Mbps', '1Gbps', 'unlimited'),
    onOutOfMemory: one('crash', 'crash', 'reject'),
  }),
  storage: one<Part>({}, { requestRate: { rate: '1/s', burst: 3 } }, { perConnection: '1MB/s' }),
  valetKey: one<Part>({}, { notify: 'client' }, { ttl: '1s', useAfter: { exponential: '1s' } }),
  topologies: one<readonly unknown[]>(
    ['proxy-buffered', 'valet-key'],
    ['valet-key'],
    ['proxy-buffered', 'valet-key', 'proxy-streaming'],
    [
      'valet-key',
      { name: 'other', kind: 'valet-key' },
      { name: 'big', kind: 'proxy-streaming', server: { count: 4 } },
    ],
  ),
});

it('of runs of scenarios', () => {
  fc.assert(
    fc.property(text, scenario => {
      const { result: all } = runText(scenario);
      expectConsistent(all);
      expectClaims(all);
      const shown = show(all);
      expect(shown).not.toMatch(/NaN|undefined|Infinity/);
      const lines = shown.split('\n');
      const length = lines.indexOf('', lines.indexOf('Verdict') + 2) - lines.indexOf('Verdict') - 2;
      if (all.topologies.length <= 3) expect(length).toBeLessThanOrEqual(13);
    }),
    { numRuns: 150, seed: 13 },
  );
}, 120_000);
