/** What is to go wrong, as scenarios say it. */
import { describe, expect, it } from 'vitest';
import { parse, smallest } from './help.js';

const faultsOf = (list: string, index = 0) =>
  parse(`${smallest}server: { count: 3 }\nfaults: ${list}\n`).scenario.topologies[index]!.faults;

const span = { at: 60, for: 30 };

describe('an entry of faults', () => {
  it.each([
    ['server: 2', { kind: 'server-down', server: 1 }],
    ['server: "2"', { kind: 'server-down', server: 1 }],
    ['server: 1, factor: 0', { kind: 'server-down', server: 0 }],
    ['server: all', { kind: 'server-down', server: 'all' }],
    ['server: down', { kind: 'server-down', server: 'all' }],
    ['storage: down', { kind: 'storage-down' }],
    ['storage: down, factor: 0', { kind: 'storage-down' }],
    ['storage: all', { kind: 'storage-down' }],
    ['storage: all, factor: 0.5', { kind: 'storage-slow', factor: 0.5 }],
    ['storage: slow, factor: 50%', { kind: 'storage-slow', factor: 0.5 }],
    ['link: server.in', { kind: 'link', links: ['server.in'], server: 'all', factor: 0 }],
    ['link: server.in, factor: 0', { kind: 'link', links: ['server.in'], server: 'all', factor: 0 }],
    ['link: server.3.out, factor: 0.1', { kind: 'link', links: ['server.out'], server: 2, factor: 0.1 }],
    [
      'link: server, factor: 12.5%',
      { kind: 'link', links: ['server.in', 'server.out'], server: 'all', factor: 0.125 },
    ],
    [
      'link: server.networkIn, factor: 0.5',
      { kind: 'link', links: ['server.in'], server: 'all', factor: 0.5 },
    ],
    [
      'link: storage.network.out, factor: 1',
      { kind: 'link', links: ['storage.out'], server: 'all', factor: 1 },
    ],
    [
      'link: storage, factor: 0.5',
      { kind: 'link', links: ['storage.in', 'storage.out'], server: 'all', factor: 0.5 },
    ],
  ])('{ at: 60s, for: 30s, %s }', (text, fault) => {
    expect(faultsOf(`[{ at: 1m, for: 30s, ${text} }]`)).toEqual([{ ...span, ...fault }]);
  });

  it('keeps its place in the list', () => {
    const list = faultsOf('[{ at: 9s, for: 1s, server: 1 }, { at: 2s, for: 1s, server: 1 }]');
    expect(list.map(({ at }) => at)).toEqual([9, 2]);
  });
});

describe('the faults of a topology', () => {
  it("stand instead of the scenario's, and may be none", () => {
    const { scenario, resolved } = parse(
      `${smallest}faults: [{ at: 1s, for: 1s, server: 1 }]\ntopologies: [naive, { name: valet-key, faults: [] }, { name: b, kind: naive, faults: [{ at: 2s, for: 1s, storage: down }] }]\n`,
    );
    expect(scenario.topologies.map(({ faults }) => faults.map(({ kind, at }) => [kind, at]))).toEqual([
      [['server-down', 1]],
      [],
      [['storage-down', 2]],
    ]);
    expect(resolved).toMatchObject({
      faults: [{ at: '1s', for: '1s', server: 1 }],
      topologies: [{ name: 'naive' }, { faults: [] }, { faults: [{ at: '2s', storage: 'down' }] }],
    });
  });

  it('can be set from the command line', () => {
    const { scenario } = parse(smallest, {
      overrides: ['faults=[{at: 1s, for: 1s, storage: down}]', 'faults[0].for=5s'],
    });
    expect(scenario.topologies[0]!.faults).toEqual([{ kind: 'storage-down', at: 1, for: 5 }]);
  });
});
