import { describe, expect, it } from 'vitest';
import type { SourceKind } from '../../src/result.js';
import { type ProfileKind, valuesOf } from '../../src/scenario/profiles/profile.js';
import { profileKinds, profileNamed } from '../../src/scenario/profiles/registry.js';
import { parse, problemsOf, smallest } from './help.js';

const kinds: readonly SourceKind[] = [
  'documented',
  'published',
  'measured',
  'derived',
  'recalled',
  'estimate',
  'convention',
];

const places: Readonly<Record<string, (name: string) => string>> = {
  'clients[].profile': name => `clients: [{ profile: ${name} }]\n`,
  'server.profile': name => `server: { profile: ${name} }\n`,
  'server.instance': name => `server: { instance: ${name} }\n`,
  'storage.profile': name => `storage: { profile: ${name} }\n`,
  'prices.profile': name => `prices: { profile: ${name} }\n`,
  'gateway.profile': name => `gateway: { profile: ${name} }\n`,
};

const all = Object.values(profileKinds).flatMap((kind: ProfileKind) =>
  kind.profiles.map(profile => ({ name: profile.name, field: kind.field, kind, profile })),
);

const siteOf = (text: string, topology = 0) => parse(smallest + text).scenario.topologies[topology]!;
const clientOf = (text: string) => parse(smallest + text).scenario.clients[0]!;

/** What profiles give, as SI numbers. */
const machine = (name: string) => siteOf(`server: { instance: ${name} }\n`).server;
const software = (name: string) => siteOf(`server: { profile: ${name} }\n`).server;
const factOf = (kind: ProfileKind, name: string, fact: string) =>
  profileNamed(kind, name)!.facts.find(one => one.name === fact)!;

describe('every profile', () => {
  it.each(all)('$name says of each value how sure it is, and where it is from', ({ kind, name, profile }) => {
    const sourced = [...Object.values(profile.values), ...profile.facts];
    expect(sourced).not.toEqual([]);
    for (const { kind, source } of sourced) {
      expect(kinds).toContain(kind);
      expect(source.trim()).not.toBe('');
      // Whoever claims that a vendor or somebody else says so can say where.
      if (['documented', 'published'].includes(kind)) expect(source).toMatch(/^https:\/\/|: [\w/]+\.py$/);
    }
    expect(profileNamed(kind, name)).toBe(profile);
    expect(profile.summary.length).toBeGreaterThan(0);
  });

  it.each(all)('$name is a valid $field', ({ name, field, profile }) => {
    const { assumptions } = parse(smallest + places[field]!(name));
    const part = field === 'clients[].profile' ? `clients.${name}` : field.split('.')[0]!;
    for (const [key, { kind }] of Object.entries(profile.values)) {
      const assumption = assumptions.find(({ path }) => path === `${part}.${key}`);
      expect(assumption).toMatchObject({ kind, source: expect.stringContaining(` ${name}: `) });
    }
  });

  it('has a name of its own', () => {
    for (const { profiles } of Object.values(profileKinds)) {
      const names = profiles.map(({ name }) => name);
      expect(new Set(names).size).toBe(names.length);
    }
  });

  it('software leaves to machines what those give', () => {
    const given = new Set(profileKinds.instance.profiles.flatMap(({ values }) => Object.keys(values)));
    expect([...given].sort()).toEqual(['cores', 'memory', 'network.in', 'network.out', 'price']);
    for (const { values } of profileKinds.server.profiles)
      expect(Object.keys(values).filter(key => given.has(key))).toEqual([]);
  });

  it('no access network loses more than its median uplink can bear', () => {
    // Mathis et al. 1997: a connection carries at most 1.22 segments / (rtt * sqrt(loss)).
    for (const { name } of profileKinds.client.profiles) {
      const { uplink, rtt, loss } = clientOf(places['clients[].profile']!(name));
      if (uplink.kind !== 'lognormal' || rtt.server.kind !== 'constant' || loss.kind !== 'constant')
        throw new Error(`${name} has other distributions`);
      const bound = (1.22 * 1460) / (rtt.server.value * Math.sqrt(loss.value));
      expect(bound).toBeGreaterThan(Math.exp(uplink.mu));
    }
  });
});

describe('values are those of their sources', () => {
  it.each([
    // threads, backlog
    ['tomcat', 200, 8192],
    ['puma', 5, 1024],
    ['gunicorn-sync', 8, 2048],
    ['uvicorn', Number.POSITIVE_INFINITY, 2048],
    ['nginx', 512 / 2, 511],
    ['node-http', Number.POSITIVE_INFINITY, 511],
    ['php-fpm', 5, 511],
  ])('%s', (name, threads, backlog) => {
    expect(software(name)).toMatchObject({ threads, backlog });
  });

  it.each([
    // cores, GiB, Mbit/s out, US dollars per hour: types and prices of us-east-1, us-central1 and eastus
    ['t3.micro', 2, 1, 64, 0.0104],
    ['t3.medium', 2, 4, 256, 0.0416],
    ['m5.large', 2, 8, 750, 0.096],
    ['m5.xlarge', 4, 16, 1250, 0.192],
    ['m6i.2xlarge', 8, 32, 3125, 0.384],
    ['c5.large', 2, 4, 750, 0.085],
    ['c7gn.xlarge', 4, 8, 12_500, 0.2496],
    ['r6i.large', 2, 16, 781, 0.126],
    ['e2-standard-4', 4, 16, 8000, 0.13402284],
    ['c3-standard-4', 4, 16, 23_000, 0.201608],
    ['Standard_D2s_v3', 2, 8, 1000, 0.096],
    ['Standard_D4s_v5', 4, 16, 12_500, 0.192],
  ])('%s', (name, cores, gib, mbps, price) => {
    const { network, ...rest } = machine(name);
    expect(rest).toMatchObject({ cores, memory: gib * 2 ** 30, price });
    expect(network.out.rate).toBe((mbps * 1e6) / 8);
    expect(network.in.rate).toBe(network.out.rate);
  });

  it.each([
    // median Mbit/s and sigma of the uplink, round trip with 10 ms within the region
    ['4g', 6, 0.9, 0.055],
    ['5g', 16, 0.8, 0.042],
    ['cable', 12, 0.6, 0.024],
    ['dsl', 4, 0.7, 0.035],
    ['fibre', 110, 0.7, 0.018],
    ['wifi-office', 50, 0.5, 0.015],
    ['satellite-leo', 12, 0.5, 0.055],
  ])('%s', (name, median, sigma, rtt) => {
    expect(clientOf(`clients: [{ profile: ${name} }]\n`)).toMatchObject({
      name,
      uplink: {
        kind: 'lognormal',
        mu: expect.closeTo(Math.log((median * 1e6) / 8), 9),
        sigma: expect.closeTo(sigma, 4),
      },
      rtt: { server: { value: rtt }, storage: { value: rtt } },
    });
  });

  it('node and multer, as measured with TLS on both hops', () => {
    expect(software('node-http')).toMatchObject({
      cpu: { perRequest: { value: 0.00136 }, perMiB: 0.00495 },
      baseMemory: 75 * 2 ** 20,
    });
    expect(software('express-multer').cpu).toMatchObject({ perRequest: { value: 0.00184 }, perMiB: 0.00534 });
  });

  it('of other software nothing was measured, and it says so', () => {
    for (const { name, values } of profileKinds.server.profiles) {
      const measured = ['node-http', 'express-multer'].includes(name);
      expect(values['cpu.perMiB']!.kind).toBe(measured ? 'measured' : 'estimate');
    }
  });

  it('facts', () => {
    const { server, instance, gateway } = profileKinds;
    expect(factOf(gateway, 'aws-lambda', 'largest body of a synchronous call')).toMatchObject({
      value: '6MB',
    });
    expect(factOf(server, 'gunicorn-sync', 'timeout')).toMatchObject({ value: '30s', kind: 'documented' });
    expect(factOf(server, 'gunicorn-sync', 'workers')).toMatchObject({ value: 1, kind: 'documented' });
    expect(factOf(server, 'node-http', 'requestTimeout')).toMatchObject({
      value: '300s',
      kind: 'documented',
    });
    expect(factOf(server, 'tomcat', 'acceptCount')).toMatchObject({ value: 100, kind: 'documented' });
    expect(factOf(server, 'nginx', 'client_max_body_size')).toMatchObject({ value: '1MB' });
    expect(factOf(instance, 'm5.xlarge', 'network burst, up to')).toMatchObject({
      value: '10Gbps',
      kind: 'recalled',
    });
  });

  it('s3-standard has what Amazon documents, and an estimate of the first byte', () => {
    const { storage } = siteOf('storage: { profile: s3-standard }\n');
    expect(storage).toMatchObject({
      network: { in: { rate: Number.POSITIVE_INFINITY, queue: 0 } },
      perConnection: 90e6,
      rtt: 0,
      firstByte: { kind: 'lognormal', mu: Math.log(0.03), sigma: expect.closeTo(0.6, 4) },
      requestRate: { rate: 3500, burst: 3500 },
    });
  });
});

describe('a field beside a profile', () => {
  it('overrides it, and leaves the rest', () => {
    expect(siteOf('storage: { profile: s3-standard, firstByte: 5ms }\n').storage).toMatchObject({
      firstByte: { kind: 'constant', value: 0.005 },
      requestRate: { rate: 3500 },
    });
    expect(siteOf('server: { profile: tomcat, threads: 400, cpu: { perMiB: 3ms } }\n').server).toMatchObject({
      threads: 400,
      baseMemory: 500e6,
      cpu: { perRequest: { value: 0.00136 }, perMiB: 0.003 },
    });
    expect(siteOf('server: { instance: m5.xlarge, network: { in: 2Gbps } }\n').server.network).toMatchObject({
      in: { rate: 250e6 },
      out: { rate: 156.25e6 },
    });
    expect(
      clientOf('clients: [{ profile: 4g, name: phones, weight: 4, rtt: { server: 70ms }, loss: 0.1% }]\n'),
    ).toMatchObject({
      name: 'phones',
      weight: 4,
      rtt: { server: { value: 0.07 }, storage: { value: 0.055 } },
      loss: { value: 0.001 },
    });
  });
});

describe('a machine and its software', () => {
  it('stand together', () => {
    expect(siteOf('server: { profile: tomcat, instance: c5.large }\n').server).toMatchObject({
      threads: 200,
      baseMemory: 500e6,
      cores: 2,
      memory: 4 * 2 ** 30,
      price: 0.085,
    });
  });

  it('leave what they do not know to the defaults', () => {
    expect(machine('Standard_B2s').network.out.rate).toBe(125e6);
    expect(machine('m5.xlarge').threads).toBe(200);
    expect(software('puma').price).toBeNull();
  });
});

describe('topologies', () => {
  const topologies = (site: string, own: string) =>
    `${site}topologies: [proxy-buffered, { name: x, kind: proxy-buffered, ${own} }]\n`;

  it('put a machine of their own under what is written', () => {
    const text = topologies(
      'server: { profile: tomcat, instance: m5.xlarge, cores: 3 }\n',
      'server: { instance: c5.large, cores: 1 }',
    );
    expect(siteOf(text, 0).server).toMatchObject({ threads: 200, cores: 3, memory: 16 * 2 ** 30 });
    expect(siteOf(text, 1).server).toMatchObject({
      threads: 200,
      cores: 1,
      memory: 4 * 2 ** 30,
      price: 0.085,
    });
    expect(parse(smallest + text).warnings.filter(warning => /still hold/.test(warning))).toEqual([]);
  });

  it('warn where a scenario has written out what its profile would give', () => {
    const given = 'server: { instance: c5.large, cores: 4, memory: 16GiB, network: 1.25Gbps }\n';
    expect(parse(smallest + given).warnings).toEqual([
      "server.instance c5.large hardly shows: the scenario's own server.cores, server.memory, server.network.in, server.network.out hold; leave them out if the instance's should",
    ]);
    expect(parse(`${smallest}server: { instance: c5.large, cores: 4 }\n`).warnings).toEqual([]);
  });

  it('warn where the scenario holds against it', () => {
    const warningsOf = (text: string) => parse(smallest + text).warnings;
    expect(
      warningsOf(topologies('server: { cores: 8, network: 2Gbps }\n', 'server: { instance: m5.large }')),
    ).toEqual([
      expect.stringMatching(
        /^"x" takes the instance m5\.large, but server\.cores, server\.network\.in, server\.network\.out of the scenario still hold; repeat them/,
      ),
    ]);
    expect(
      warningsOf(topologies('server: { cpu: { perMiB: 9ms } }\n', 'server: { profile: node-http }')),
    ).toEqual([
      expect.stringMatching(
        /^"x" takes the profile node-http, but server\.cpu\.perMiB of the scenario still holds/,
      ),
    ]);
    // The same value, or one that is repeated, is no surprise.
    expect(warningsOf(topologies('server: { cores: 2 }\n', 'server: { instance: m5.large }'))).toEqual([]);
    expect(
      warningsOf(topologies('server: { cores: 8 }\n', 'server: { instance: m5.large, cores: 8 }')),
    ).toEqual([]);
  });

  it('are told once what a profile cannot say of their kind', () => {
    const { warnings } = parse(
      `${smallest}server: { profile: puma }\ntopologies: [proxy-buffered, { name: y, kind: proxy-buffered }, valet-key]\n`,
    );
    expect(warnings).toEqual([
      expect.stringMatching(/^server\.profile puma, proxy-buffered: Puma receives a body as a whole/),
    ]);
    expect(parse(`${smallest}server: { profile: puma }\ntopologies: [valet-key]\n`).warnings).toEqual([]);
  });
});

describe('names of clients', () => {
  it('are those of their profiles, unless they have their own', () => {
    const { scenario, resolved } = parse(
      `${smallest}clients: [{ profile: cable }, { profile: cable, name: town }, { name: lab }]\n`,
    );
    expect(scenario.clients.map(({ name }) => name)).toEqual(['cable', 'town', 'lab']);
    expect(resolved).toMatchObject({
      clients: [{ name: 'cable', profile: 'cable' }, { name: 'town', profile: 'cable' }, { name: 'lab' }],
    });
  });

  it('are needed without a profile, and unique with one', () => {
    expect(problemsOf(`${smallest}clients: [{ weight: 2 }]\n`)).toMatchObject([
      { path: ['clients', 0, 'name'], message: 'missing', allowed: expect.stringMatching(/or a profile/) },
    ]);
    expect(problemsOf(`${smallest}clients: [{ profile: 4g }, { profile: 4g, weight: 2 }]\n`)).toMatchObject([
      { code: 'duplicate-name', message: expect.stringMatching(/"4g" is already that of item \[0\]/) },
    ]);
    expect(problemsOf(`${smallest}clients: [{ profile: 4g, uplnk: 5Mbps }]\n`)).toMatchObject([
      { code: 'unknown-key', message: expect.stringMatching(/did you mean uplink\?/) },
    ]);
  });
});

it('a value is laid under the field that its path leads to', () => {
  const sourced = { kind: 'estimate', source: 's' } as const;
  const values = {
    threads: { value: 1, ...sourced },
    'cpu.perMiB': { value: 'a', ...sourced },
    'cpu.perRequest': { value: 'b', ...sourced },
  };
  expect(valuesOf({ name: 'x', summary: '', values, facts: [] })).toEqual({
    threads: 1,
    cpu: { perMiB: 'a', perRequest: 'b' },
  });
});
