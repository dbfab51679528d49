/** The defaults as they are documented, each by name. */
import { describe, expect, it } from 'vitest';
import { parse, smallest } from './help.js';

const { scenario, warnings } = parse(smallest);
const constant = (value: number) => ({ kind: 'constant', value });

describe('the smallest scenario', () => {
  it('has the documented defaults', () => {
    expect(warnings).toEqual([]);
    expect(scenario).toMatchObject({
      name: 'm',
      description: '',
      seed: '1',
      horizon: Number.POSITIVE_INFINITY,
      warmup: 0,
      slo: [],
    });
    expect(scenario.workload).toEqual({
      uploads: {
        arrivals: { kind: 'burst', count: 1, at: 0 },
        size: constant(1e6),
        bucket: { values: ['media-uploads'], weights: [1] },
        file: { values: ['file.bin'], weights: [1] },
      },
      background: [],
    });
  });

  it('has one class of clients', () => {
    expect(scenario.clients).toEqual([
      {
        name: 'broadband',
        weight: 1,
        uplink: constant(2.7e6),
        downlink: constant(25e6),
        rtt: { server: constant(0.024), storage: constant(0.024) },
        loss: constant(0),
        mistakes: { bucket: 0, key: 0, method: 0, signature: 0 },
        drops: { seconds: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY },
      },
    ]);
  });

  it('compares the buffering proxy with the valet key', () => {
    expect(scenario.topologies.map(({ name, kind }) => [name, kind])).toEqual([
      ['proxy-buffered', 'proxy-buffered'],
      ['valet-key', 'valet-key'],
    ]);
    const network = (rate: number, queue: number) => ({
      in: { rate, queue, queueInBytes: false, burst: null },
      out: { rate, queue, queueInBytes: false, burst: null },
      efficiency: 0.9415,
    });
    expect(scenario.topologies[0]).toEqual({
      name: 'proxy-buffered',
      kind: 'proxy-buffered',
      options: {
        streamBuffer: 204_800,
        copies: 1.27,
        completeCopies: 1.85,
        perRequest: 16_384,
        upstreamConnections: 50,
        partSize: 5 * 2 ** 20,
        parallel: 6,
        signing: 'upfront',
      },
      client: {
        timeout: Number.POSITIVE_INFINITY,
        patience: { kind: 'constant', value: Number.POSITIVE_INFINITY },
        retry: { attempts: 3, base: 0.1, cap: 20, jitter: 'full', budget: null },
      },
      transport: {
        tls: '1.3',
        slowStart: true,
        unfairness: 0.2,
        ackLoad: 0.025,
        preflight: false,
        keepAlive: 0,
      },
      server: {
        count: 1,
        threads: 200,
        backlog: 8192,
        memory: 16e9,
        baseMemory: 75 * 2 ** 20,
        cores: 4,
        cpu: { perRequest: constant(0.0014), perMiB: 0.005 },
        network: network(125e6, 0.05),
        disk: { space: Number.POSITIVE_INFINITY, bandwidth: Number.POSITIVE_INFINITY },
        balancing: 'round-robin',
        onOutOfMemory: 'crash',
        restart: 30,
        price: null,
        health: null,
        autoscale: null,
      },
      storage: {
        network: network(Number.POSITIVE_INFINITY, 0),
        perConnection: 90e6,
        rtt: 0,
        firstByte: constant(0.03),
        requestRate: { rate: 3500, burst: 3500, partitions: 1, split: null },
        price: null,
        buckets: ['media-uploads'],
      },
      valetKey: {
        ttl: 900,
        clockSkew: 0,
        credentialsEnd: null,
        maxSize: Number.POSITIVE_INFINITY,
        useAfter: constant(0),
        authorise: { kind: 'exponential', mean: 0.004 },
        sign: constant(0.0005),
        request: 1000,
        response: 1000,
        notify: 'none',
      },
      prices: null,
      gateway: null,
      faults: [],
    });
  });
});

describe('a class that is given', () => {
  it('limits nothing that it does not name', () => {
    const [client] = parse(`${smallest}clients: [{ name: a }]\n`).scenario.clients;
    expect(client).toMatchObject({
      weight: 1,
      uplink: constant(Number.POSITIVE_INFINITY),
      downlink: constant(Number.POSITIVE_INFINITY),
      rtt: { server: constant(0.024), storage: constant(0.024) },
      loss: constant(0),
    });
  });

  it('has background requests of 1 KB and 20 KB that take 5 ms', () => {
    const text = `${smallest}  background: [{ name: a, arrivals: { rate: 1/s, for: 1s } }]\n`;
    expect(parse(text).scenario.workload.background[0]).toMatchObject({
      request: constant(1000),
      response: constant(20_000),
      service: { kind: 'exponential', mean: 0.005 },
    });
  });
});

describe('the credentials that sign', () => {
  const ends = (text: string) =>
    parse(`${smallest}valetKey: { credentialsEnd: ${text} }\n`).scenario.topologies[1]!.valetKey
      .credentialsEnd;

  it.each([
    ['unlimited', null],
    ['20m', { first: 1200, every: Number.POSITIVE_INFINITY, ahead: 0 }],
    ['0s', { first: 0, every: Number.POSITIVE_INFINITY, ahead: 0 }],
    ['{ every: 1h }', { first: 3600, every: 3600, ahead: 0 }],
    ['{ every: 1h, first: 20m, ahead: 5m }', { first: 1200, every: 3600, ahead: 300 }],
  ])('%s', (text, expected) => {
    expect(ends(text)).toEqual(expected);
  });
});

describe("the clocks' skew", () => {
  it.each([
    ['2s', 2],
    ['-1.5m', -90],
    ['-0s', 0],
  ])('%s', (text, expected) => {
    expect(
      parse(`${smallest}valetKey: { clockSkew: ${text} }\n`).scenario.topologies[1]!.valetKey.clockSkew,
    ).toBe(expected);
  });
});

describe('networks and request rates', () => {
  const server = (network: string) =>
    parse(`${smallest}server: { network: ${network} }\n`).scenario.topologies[0]!.server.network;
  const storage = (rate: string) =>
    parse(`${smallest}storage: { requestRate: ${rate} }\n`).scenario.topologies[0]!.storage.requestRate;

  it.each([
    ['2Gbps', 250e6, 0.05, 250e6, 0.05],
    ['unlimited', Number.POSITIVE_INFINITY, 0, Number.POSITIVE_INFINITY, 0],
    ['{ in: unlimited }', Number.POSITIVE_INFINITY, 0, 125e6, 0.05],
    ['{ queue: 0s }', 125e6, 0, 125e6, 0],
    ['{ in: unlimited, queue: 1ms }', Number.POSITIVE_INFINITY, 0.001, 125e6, 0.001],
    ['{ efficiency: 1, queue: 1.25MB }', 125e6, 0.01, 125e6, 0.01],
    ['{ queue: { in: 10ms } }', 125e6, 0.01, 125e6, 0.05],
    ['{ out: unlimited, queue: 1MB, efficiency: 0.5 }', 125e6, 0.016, Number.POSITIVE_INFINITY, 0],
  ])('%s', (text, inRate, inQueue, outRate, outQueue) => {
    expect(server(text)).toMatchObject({
      in: { rate: inRate, queue: inQueue },
      out: { rate: outRate, queue: outQueue },
    });
  });

  it.each([
    ['100/s', 100, 100],
    ['30/m', 0.5, 1],
    ['unlimited', Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    ['{ burst: 10 }', 3500, 10],
    ['{ rate: 100/s }', 100, 100],
    ['{ rate: 100/s, burst: unlimited }', 100, Number.POSITIVE_INFINITY],
  ])('%s', (text, rate, burst) => {
    expect(storage(text)).toEqual({ rate, burst, partitions: 1, split: null });
  });
});
