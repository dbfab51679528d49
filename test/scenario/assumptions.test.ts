import { expect, test } from 'vitest';
import type { Assumption } from '../../src/result.js';
import { type Part, parseText } from '../theory/scenario-text.js';

const uploads = { arrivals: { count: 3, at: '0s' }, size: '1MB' };

function assumptionsOf(parts: Part): ReadonlyMap<string, Assumption> {
  const { assumptions } = parseText({ name: 'a', workload: { uploads }, ...parts });
  return new Map(assumptions.map(assumption => [assumption.path, assumption]));
}

test('every default is named with its value, its kind and its source', () => {
  const assumed = assumptionsOf({});
  expect(assumed.get('server.threads')).toEqual({
    path: 'server.threads',
    value: '200',
    kind: 'documented',
    source: 'Tomcat maxThreads',
    topologies: ['proxy-buffered', 'valet-key'],
  });
  expect(assumed.get('valetKey.authorise')).toMatchObject({
    value: '{exponential: 4ms}',
    kind: 'estimate',
    topologies: ['valet-key'],
  });
  expect(assumed.get('copies')).toMatchObject({ value: '1.27', topologies: ['proxy-buffered'] });
  expect(assumed.get('clients')).toMatchObject({ kind: 'published' });
  // Follows from the rate of its direction.
  expect(assumed.get('server.network.queue')).toMatchObject({
    value: '{in: 50ms, out: 50ms}',
    kind: 'estimate',
  });
  expect(assumed.has('streamBuffer')).toBe(false);
  expect(assumed.has('name')).toBe(false);
});

test('what the scenario gives is no assumption, the parts beside it are', () => {
  const assumed = assumptionsOf({
    server: { threads: 400, network: '10Gbps', cpu: { perMiB: '3ms' } },
    clients: [{ name: 'dsl', uplink: '10Mbps' }],
    valetKey: { authorise: '1ms' },
  });
  for (const path of ['server.threads', 'server.network.in', 'server.cpu.perMiB', 'clients.dsl.uplink']) {
    expect(assumed.has(path)).toBe(false);
  }
  expect(assumed.has('valetKey.authorise')).toBe(false);
  expect(assumed.get('server.cpu.perRequest')).toMatchObject({ value: '1.4ms' });
  expect(assumed.get('server.network.efficiency')).toMatchObject({ kind: 'derived' });
  expect(assumed.get('clients.dsl.rtt')).toMatchObject({ kind: 'estimate' });
});

test('a profile stands between what is given and the defaults', () => {
  const assumed = assumptionsOf({ storage: { profile: 'minio', firstByte: '9ms' } });
  expect(assumed.has('storage.firstByte')).toBe(false);
  expect(assumed.get('storage.network')?.source).toMatch(/^profile minio: /);
  expect(assumed.has('storage.network.in')).toBe(false);
});

test('of a profile, what nothing lies over is named, with the name of the profile', () => {
  const assumed = assumptionsOf({
    clients: [{ profile: '4g', rtt: { server: '70ms' } }],
    server: { profile: 'tomcat', instance: 'm5.xlarge', cpu: { perMiB: '3ms' }, network: { in: '2Gbps' } },
    storage: { profile: 's3-standard', network: { in: '5Gbps' } },
  });
  const given = ['clients.4g.rtt.server', 'server.cpu.perMiB', 'server.network.in', 'storage.network.in'];
  for (const path of given) expect(assumed.has(path)).toBe(false);
  expect(assumed.get('clients.4g.rtt.storage')).toMatchObject({
    value: '55ms',
    kind: 'estimate',
    source: expect.stringMatching(/^profile 4g: /),
  });
  expect(assumed.has('clients.4g.rtt')).toBe(false);
  expect(assumed.get('server.threads')?.source).toMatch(/^profile tomcat: /);
  expect(assumed.get('server.memory')).toMatchObject({
    value: '16GiB',
    kind: 'recalled',
    source: expect.stringMatching(/^instance m5\.xlarge: /),
  });
  expect(assumed.get('server.network.out')).toMatchObject({ value: '1.25Gbps', kind: 'documented' });
  // What the machine does not say of its network is still a default.
  expect(assumed.get('server.network.queue')).toMatchObject({ kind: 'estimate' });
  expect(assumed.get('storage.network.out')).toMatchObject({
    value: 'unlimited',
    source: expect.stringMatching(/^profile s3-standard: /),
  });
  expect(assumed.get('storage.network.queue')).toMatchObject({ value: '{in: 50ms, out: 0s}' });
});

test('the same value of two profiles is named with both sources', () => {
  const { assumptions } = parseText({
    name: 'a',
    workload: { uploads },
    server: { profile: 'tomcat' },
    topologies: ['valet-key', { name: 'ruby', kind: 'valet-key', server: { profile: 'puma' } }],
  });
  const sources = assumptions.filter(({ path }) => path === 'server.cpu.perMiB');
  expect(sources.map(({ source, topologies }) => [source.split(':')[0], topologies])).toEqual([
    ['profile tomcat', ['valet-key']],
    ['profile puma', ['ruby']],
  ]);
});

test('an assumption belongs to the topologies that make it', () => {
  const assumed = assumptionsOf({
    topologies: ['valet-key', { name: 'big', kind: 'proxy-streaming', server: { cores: 64 } }],
  });
  expect(assumed.get('server.cores')?.topologies).toEqual(['valet-key']);
  expect(assumed.get('server.memory')?.topologies).toEqual(['valet-key', 'big']);
  expect(assumed.get('streamBuffer')?.topologies).toEqual(['big']);
});
