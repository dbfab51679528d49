/** `--set PATH=VALUE`. */
import { describe, expect, it } from 'vitest';
import { full } from './full.js';
import { errorOf, parse, smallest } from './help.js';

const set = (text: string, ...overrides: string[]) => parse(text, { overrides }).scenario;
const message = (text: string, ...overrides: string[]) => errorOf(() => parse(text, { overrides })).message;

describe('--set', () => {
  it('sets what the file has and what it has not', () => {
    expect(set(full, 'seed=7').seed).toBe('7');
    expect(set(smallest, 'server.threads=7').topologies[0]!.server.threads).toBe(7);
    expect(set(smallest, 'workload.uploads.arrivals.count=100').workload.uploads.arrivals).toMatchObject({
      count: 100,
    });
    expect(set(smallest, 'workload.uploads.size={ uniform: [1MB, 2MB] }').workload.uploads.size.kind).toBe(
      'uniform',
    );
    expect(set(smallest, 'client.retry.attempts = 1').topologies[0]!.client.retry.attempts).toBe(1);
  });

  it('applies in order', () => {
    expect(set(smallest, 'server.threads=7', 'server.threads=8').topologies[0]!.server.threads).toBe(8);
    expect(set(smallest, 'server={ threads: 7 }', 'server.count=2').topologies[0]!.server).toMatchObject({
      threads: 7,
      count: 2,
    });
  });

  it('finds items of lists by name and by index', () => {
    const uplink = { kind: 'constant', value: 625_000 };
    expect(set(full, 'clients.4g.uplink=5Mbps').clients[1]!.uplink).toEqual(uplink);
    expect(set(full, 'clients[1].uplink=5Mbps').clients[1]!.uplink).toEqual(uplink);
    expect(set(full, 'clients["4g"].uplink=5Mbps').clients[1]!.uplink).toEqual(uplink);
    expect(set(full, 'workload.background.GET /feed.request=5KB').workload.background[0]!.request).toEqual({
      kind: 'constant',
      value: 5000,
    });
    expect(set(full, 'workload.uploads.arrivals.rate[0].rate=6/s').workload.uploads.arrivals).toMatchObject({
      pieces: [{ rate: 6 }, {}, {}],
    });
    expect(set(full, 'topologies.frugal buffers.copies=2').topologies[3]!.options.copies).toBe(2);
  });

  it('finds names with dots in them', () => {
    const text = `${smallest}clients: [{ name: a }, { name: a.b }]\n`;
    expect(set(text, 'clients.a.b.weight=3').clients.map(client => client.weight)).toEqual([1, 3]);
    expect(set(text, 'clients["a.b"].weight=3').clients.map(client => client.weight)).toEqual([1, 3]);
    expect(set(text, 'clients.a.weight=3').clients.map(client => client.weight)).toEqual([3, 1]);
  });

  it('writes shorthands out', () => {
    const server = (...options: string[]) =>
      set(`${smallest}server: { network: 1Gbps }\n`, ...options).topologies[0]!.server.network;
    expect(server('server.network.in=2Gbps')).toMatchObject({ in: { rate: 250e6 }, out: { rate: 125e6 } });
    expect(server('server.network.queue.in=1ms')).toMatchObject({
      in: { queue: 0.001 },
      out: { queue: 0.05 },
    });
    expect(set(full, 'clients.cable.rtt.server=1ms').clients[0]!.rtt).toEqual({
      server: { kind: 'constant', value: 0.001 },
      storage: { kind: 'constant', value: 0.03 },
    });
    expect(set(full, 'topologies.valet-key.server.count=2').topologies[1]!.server.count).toBe(2);
    expect(
      set(`${smallest}storage: { requestRate: 5/s }\n`, 'storage.requestRate.burst=9').topologies[0]!.storage
        .requestRate,
    ).toMatchObject({ rate: 5, burst: 9 });
  });

  it('reaches into defaults and empty parts', () => {
    expect(
      set(smallest, 'topologies.valet-key.server.count=2').topologies.map(one => one.server.count),
    ).toEqual([1, 2]);
    expect(set(smallest, 'clients.broadband.uplink=1MB/s').clients[0]!.uplink).toEqual({
      kind: 'constant',
      value: 1e6,
    });
    expect(set(`${smallest}server:\n`, 'server.count=2').topologies[0]!.server.count).toBe(2);
  });

  it('can change the storage profile', () => {
    expect(set(smallest, 'storage.profile=gcs-standard').topologies[0]!.storage.requestRate.rate).toBe(1000);
  });

  it('can name profiles, and change clients that are called after theirs', () => {
    const { server } = set(smallest, 'server.instance=c5.large').topologies[0]!;
    expect(server).toMatchObject({ cores: 2, price: 0.085 });
    const clients = `${smallest}clients: [{ profile: cable }, { profile: 4g }]\n`;
    expect(set(clients, 'clients.4g.uplink=8Mbps').clients[1]).toMatchObject({
      name: '4g',
      uplink: { kind: 'constant', value: 1e6 },
      rtt: { server: { value: 0.055 } },
    });
    expect(set(clients, 'clients[0].profile=fibre').clients.map(({ name }) => name)).toEqual(['fibre', '4g']);
  });

  it('leaves aliases of the same anchor alone', () => {
    const text = `${smallest}clients: [{ name: a, rtt: &r { server: 1ms } }, { name: b, rtt: *r }]\n`;
    expect(set(text, 'clients.a.rtt.server=9ms').clients.map(client => client.rtt.server)).toEqual([
      { kind: 'constant', value: 0.009 },
      { kind: 'constant', value: 0.001 },
    ]);
  });

  it.each([
    [
      'clients.5g.uplink=5Mbps',
      /^--set clients\.5g\.uplink: no item of this list is called "5g"; cable, 4g or lab$/,
    ],
    ['clients.cabel.uplink=5Mbps', /did you mean cable\?/],
    ['clients[7].uplink=5Mbps', /there is no item \[7\]; \[0\] to \[2\]/],
    ['server.thread=5', /^--set server\.thread: "thread" is not a key here \(did you mean threads\?\)/],
    ['server.threads=many', /^--set server\.threads: "many" is not a number/],
    ['server.threads=', /^--set server\.threads: has no value/],
    ['server.threads', /^--set server\.threads: the value is missing; PATH=VALUE/],
    ['=5', /^--set : the path is missing/],
    ['server.threads=[1, 2', /^--set server\.threads: not valid YAML/],
    ['server.threads=!!js/function x', /^--set server\.threads: the tag/],
    ['server.threads.x=5', /nothing inside "400" can be set/],
    ['server..threads=5', /the path breaks off/],
    ['server.__proto__.x=5', /"__proto__" is not taken/],
    ['topologies.valet-key.workload={}', /replays the same workload/],
    ['workload.uploads.arrivals.count=5', /rate and count cannot stand together/],
    [`server.threads=${'['.repeat(100_000)}`, /more than 100 levels deep/],
    ['\u001b[31m=5', /^--set \\x1b\[31m: /],
  ])('%s is refused', (option, expected) => {
    expect(message(full, option)).toMatch(expected);
  });

  it.each([
    [
      `${smallest}server:\n  baseMemory: 300MB\n`,
      'server.memory=200MB',
      /^--set server\.memory: server\.baseMemory: the server is/,
    ],
    [`${smallest}client: { retry: { cap: 5s } }\n`, 'client.retry.base=9s', /^--set client\.retry\.base: /],
    [`${smallest}warmup: 60s\n`, 'horizon=10s', /^--set horizon: warmup: the warm-up/],
    [smallest, 'workload.uploads.arrivals.rate=5/s', /^--set workload\.uploads\.arrivals\.rate: .* cannot/],
    [`${smallest}clients: [{ name: a }, { name: b }]\n`, 'clients[0].name=b', /^--set clients\[0\]\.name: /],
  ])('is named where the whole is wrong because of it', (text, option, expected) => {
    expect(() => parse(text)).not.toThrow();
    expect(message(text, option)).toMatch(expected);
  });

  it.each([
    [smallest, 'server.network.burst.rate=5Gbps', 'server.network.burst.credit: missing'],
    [smallest, 'storage.network.burst.in.credit=5GB', 'storage.network.burst.in.rate: missing'],
    [
      `${smallest}faults: [{ at: 1s, for: 1s, server: 3 }]\nserver: { count: 3 }\n`,
      'server.count=2',
      'faults[0].server: there is no server 3',
    ],
    [smallest, 'client={ timeout: 5 }', 'client.timeout: "5" has no unit'],
  ])('says what is wrong for its sake', (text, option, expected) => {
    expect(message(text, option)).toContain(`--set ${option.slice(0, option.indexOf('='))}: ${expected}`);
  });

  it('is not named where the file is wrong without it', () => {
    expect(message(`${smallest}server: { threads: many }\n`, 'server.count=2')).toMatch(
      /^scenarios\/s\.yaml:6:/,
    );
  });

  it('is named beside the problems of the file', () => {
    const { problems } = errorOf(() =>
      parse(`${smallest}sede: 1\n`, { overrides: ['server.count=0', 'x=1'] }),
    );
    expect(problems.map(({ line, option }) => line ?? option)).toEqual([6, '--set server.count', '--set x']);
  });
});
