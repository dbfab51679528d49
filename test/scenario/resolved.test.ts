/** The resolved scenario is a scenario file that says the same, whatever the defaults become. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { full } from './full.js';
import { parse, smallest } from './help.js';

const again = (resolved: unknown) => parse(JSON.stringify(resolved));

describe('resolved', () => {
  it.each([
    ['the smallest scenario', smallest],
    ['every key', full],
    [
      'overrides that take back',
      `${smallest}server: { network: 1Gbps }\ntopologies: [{ name: naive, server: { network: unlimited } }]\n`,
    ],
    [
      'another profile',
      `${smallest}storage: { profile: s3-standard, rtt: 5ms }\ntopologies: [valet-key, { name: r2, kind: valet-key, storage: { profile: azure-blob-hot } }]\n`,
    ],
    [
      'profiles of everything',
      `${smallest}clients: [{ profile: 4g, rtt: { server: 9ms } }, { name: a, profile: cable }]\nserver: { profile: tomcat, instance: m5.xlarge, cpu: { perMiB: 1ms } }\ntopologies: [valet-key, { name: x, kind: naive, server: { instance: e2-medium, profile: puma } }]\n`,
    ],
    ['an empty override', `${smallest}topologies: [{ name: naive, server: {} }]\n`],
    [
      'gateways',
      `${smallest}gateway: { profile: aws-alb, maxBody: 1GB }\ntopologies: [naive, { name: a, kind: naive, gateway: none }, { name: b, kind: naive, gateway: { idle: 9s } }, { name: c, kind: naive, gateway: { profile: nginx-proxy } }]\n`,
    ],
    [
      'a gateway of one topology',
      `${smallest}topologies: [naive, { name: a, kind: naive, gateway: { timeout: 29s } }]\n`,
    ],
    [
      'a burst of one direction',
      `${smallest}server: { network: { burst: { in: { rate: 5Gbps, credit: 5GB } } } }\nstorage: { network: { out: 1Gbps, burst: { out: { rate: 5Gbps, credit: 5GB } } } }\n`,
    ],
    ['a burst of no direction', `${smallest}server: { network: { burst: {} } }\n`],
    ['an rtt without parts', `${smallest}clients: [{ name: a, rtt: {} }]\n`],
  ])('%s gives the same scenario again', (_, text) => {
    const first = parse(text);
    const second = again(first.resolved);
    expect(second.scenario).toEqual(first.scenario);
    expect(second.resolved).toEqual(first.resolved);
    // A result has to be able to carry it, for which toEqual, to which undefined is as good as absent, is no test.
    expect(JSON.parse(JSON.stringify(first.resolved))).toStrictEqual(first.resolved);
    const third = parse(stringify(first.resolved));
    expect(third.scenario).toEqual(first.scenario);
  });

  it('keeps what was written, and writes out the rest as quantities', () => {
    const { resolved } = parse(full);
    expect(resolved).toMatchObject({
      seed: '42',
      horizon: '24h',
      workload: { uploads: { size: { lognormal: { mean: '50MB', cv: 1.5 } } } },
      server: {
        network: { in: '2Gbps', out: 'unlimited', efficiency: 1, queue: { in: '1MB', out: '1MB' } },
        price: '0.192/h',
      },
      storage: {
        profile: 'gcs-standard',
        perConnection: '90MB/s',
        requestRate: { rate: '100/s', burst: 1000 },
      },
      slo: [
        { 'valet-key': 'completion.p99 < 10m' },
        { all: 'background.GET /feed.latency.p99 <= 2s' },
        { r2: 'goodput > 1MB/s' },
        { all: 'failed < 0.1%' },
      ],
    });
  });

  it('has for a topology what was overridden and no more', () => {
    const { resolved } = parse(
      `${smallest}topologies: [{ name: four, kind: naive, server: { count: 4 } }]\n`,
    );
    expect(resolved).toMatchObject({
      topologies: [
        {
          name: 'four',
          kind: 'proxy-buffered',
          copies: 1.27,
          completeCopies: 1.85,
          perRequest: '16KiB',
          upstreamConnections: 50,
          server: { count: 4 },
        },
      ],
    });
  });

  it('says the same for any overrides of any scenario', () => {
    const parts: Readonly<Record<string, readonly unknown[]>> = {
      client: [{ timeout: '5s' }, { retry: { attempts: 1 } }, { retry: { jitter: 'none', cap: '30s' } }],
      transport: [{ tls: 1.2 }, { preflight: true, ackLoad: '0%' }],
      server: [
        { network: '2Gbps' },
        { network: 'unlimited' },
        { network: { in: 'unlimited' } },
        { network: { queue: '1MB' } },
        { network: { queue: { out: '0s' }, efficiency: 1 } },
        { network: {}, cpu: { perMiB: '1ms' } },
        { cpu: { perRequest: { uniform: ['1ms', '2ms'] } }, price: '1/h' },
        { threads: 'unlimited', memory: 'unlimited' },
        { profile: 'gunicorn-sync' },
        { profile: 'tomcat', instance: 'm5.xlarge', cpu: { perMiB: '1ms' } },
        { instance: 'Standard_B2s', network: { out: '1Gbps' } },
      ],
      storage: [
        { profile: 's3-standard' },
        { profile: 'azure-blob-hot', rtt: '1ms' },
        { profile: 'minio', network: { out: '1Gbps' } },
        { requestRate: '5/s' },
        { requestRate: { burst: 7 } },
        { requestRate: { rate: '9/m' } },
        { firstByte: { choice: [{ value: '1ms' }, { value: '2ms', weight: 2 }] } },
        { buckets: ['media-uploads', 'b'] },
        { network: 'unlimited', buckets: [] },
      ],
      valetKey: [{ ttl: '1h' }, { notify: 'client', useAfter: { exponential: '1s' } }],
    };
    const site = fc.record(
      Object.fromEntries(Object.entries(parts).map(([key, values]) => [key, fc.constantFrom({}, ...values)])),
      { requiredKeys: [] },
    );
    const kind = fc.constantFrom('naive', 'proxy-buffered', 'proxy-streaming', 'valet-key');
    fc.assert(
      fc.property(site, fc.array(fc.tuple(kind, site), { minLength: 1, maxLength: 3 }), (base, overrides) => {
        const topologies = overrides.map(([kind, over], index) => ({ name: `t${index}`, kind, ...over }));
        const workload = { uploads: { arrivals: { count: 1 }, size: '1MB' } };
        const first = parse(JSON.stringify({ name: 'm', workload, ...base, topologies }));
        const second = again(first.resolved);
        expect(second.scenario).toEqual(first.scenario);
        expect(second.resolved).toEqual(first.resolved);
      }),
      { numRuns: 150 },
    );
  });

  it('keeps paths as they were written', () => {
    const files = { 'sub/t.csv': 'start,size,bucket\n0,5,a\n1,5,b\n' };
    const first = parse('name: m\nworkload: { uploads: { arrivals: { trace: sub/t.csv } } }\n', { files });
    expect(first.resolved).toMatchObject({
      workload: { uploads: { arrivals: { trace: 'sub/t.csv' } } },
      storage: { buckets: ['a', 'b'] },
    });
    expect(parse(JSON.stringify(first.resolved), { files }).scenario).toEqual(first.scenario);
  });
});

describe('overrides of a topology', () => {
  const site = (text: string, index = 0) => parse(smallest + text).scenario.topologies[index]!;

  it('are merged deeply over what the scenario says', () => {
    const { server } = site(
      'server: { threads: 5, cpu: { perMiB: 1ms } }\ntopologies: [{ name: naive, server: { count: 4, cpu: { perRequest: 2ms } } }]\n',
    );
    expect(server).toMatchObject({
      threads: 5,
      count: 4,
      cpu: { perMiB: 0.001, perRequest: { value: 0.002 } },
    });
  });

  it('expand shorthands on both sides', () => {
    expect(
      site('server: { network: 2Gbps }\ntopologies: [{ name: naive, server: { network: { in: 1Gbps } } }]\n')
        .server.network,
    ).toMatchObject({
      in: { rate: 125e6 },
      out: { rate: 250e6 },
    });
    expect(
      site(
        'server: { network: { efficiency: 1, queue: 0s } }\ntopologies: [{ name: naive, server: { network: 2Gbps } }]\n',
      ).server.network,
    ).toEqual({
      in: { rate: 250e6, queue: 0, queueInBytes: false, burst: null },
      out: { rate: 250e6, queue: 0, queueInBytes: false, burst: null },
      efficiency: 1,
    });
    expect(site('topologies: [{ name: naive, server: { network: unlimited } }]\n').server.network.in).toEqual(
      {
        rate: Number.POSITIVE_INFINITY,
        queue: 0,
        queueInBytes: false,
        burst: null,
      },
    );
    expect(
      site(
        'storage: { requestRate: { rate: 9/s, burst: 90 } }\ntopologies: [{ name: naive, storage: { requestRate: 5/s } }]\n',
      ).storage.requestRate,
    ).toEqual({ rate: 5, burst: 5, partitions: 1, split: null });
  });

  it('replace distributions and lists as a whole', () => {
    const { storage } = site(
      'storage: { firstByte: { lognormal: { median: 1s, cv: 1 } }, buckets: [media-uploads, b] }\ntopologies: [{ name: naive, storage: { firstByte: { exponential: 1s }, buckets: [media-uploads] } }]\n',
    );
    expect(storage).toMatchObject({
      firstByte: { kind: 'exponential', mean: 1 },
      buckets: ['media-uploads'],
    });
  });

  it('put another storage profile under what is written', () => {
    const text =
      'storage: { profile: s3-standard, rtt: 5ms }\ntopologies: [valet-key, { name: gcs, kind: valet-key, storage: { profile: gcs-standard } }]\n';
    expect(site(text, 0).storage).toMatchObject({
      rtt: 0.005,
      requestRate: { rate: 3500 },
      firstByte: { mu: Math.log(0.03) },
    });
    expect(site(text, 1).storage).toMatchObject({
      rtt: 0.005,
      requestRate: { rate: 1000, burst: 1000 },
      firstByte: { mu: Math.log(0.05) },
    });
  });

  it('warn where the scenario holds against a profile', () => {
    const { warnings } = parse(
      `${smallest}storage: { firstByte: 1ms }\ntopologies: [{ name: x, kind: valet-key, storage: { profile: r2 } }]\n`,
    );
    expect(warnings).toEqual([
      expect.stringMatching(/"x" takes the profile r2, but storage\.firstByte of the scenario still holds/),
    ]);
  });

  it('know the alias of the naive proxy', () => {
    expect(site('topologies: [naive]\n')).toMatchObject({ name: 'naive', kind: 'proxy-buffered' });
  });
});

describe('warnings', () => {
  it('name a bucket that is not there', () => {
    const { warnings, scenario } = parse(`${smallest}storage: { buckets: [other] }\n`);
    expect(warnings).toEqual([
      expect.stringMatching(/the bucket "media-uploads", which storage\.buckets does not have/),
    ]);
    expect(scenario.topologies[0]!.storage.buckets).toEqual(['other']);
  });
});

describe('selected topologies', () => {
  it('are kept in the order of the scenario', () => {
    const { scenario, resolved, warnings } = parse(full, { topologies: ['r2', 'naive'] });
    expect(scenario.topologies.map(topology => topology.name)).toEqual(['naive', 'r2']);
    expect(scenario.slo.map(objective => objective.topology)).toEqual(['all', 'r2', 'all']);
    expect(warnings.join()).toMatch(/objectives of "valet-key" are left out/);
    expect(again(resolved).scenario).toEqual(scenario);
  });

  it('must exist', () => {
    expect(() => parse(full, { topologies: ['valetkey'] })).toThrow(
      /--topology: the scenario has no topology "valetkey" \(did you mean valet-key\?\)/,
    );
  });

  it("a seed replaces the scenario's", () => {
    const { scenario, resolved } = parse(full, { seed: '7' });
    expect(scenario.seed).toBe('7');
    expect(resolved).toMatchObject({ seed: '7' });
  });
});
