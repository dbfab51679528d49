/** Lines whose terms and values are worked out here, on scenarios in which nothing else is in the way. */
import { expect, it } from 'vitest';
import type { HandCheck } from '../../src/result.js';
import { fluidWith, type Part, plainBuffers, runText } from '../theory/scenario-text.js';

/** The lines of one design, by their kind. */
function linesOf(topology: unknown, parts: Part): Readonly<Partial<Record<HandCheck['kind'], HandCheck>>> {
  const { result } = runText(fluidWith({ ...parts, topologies: [topology] }));
  return Object.fromEntries(result.topologies[0]!.byHand.map(check => [check.kind, check]));
}

const burst = (count: number, size: string) => ({ uploads: { arrivals: { count, at: '0s' }, size } });
const evenly = (rate: string, length: string, size: string) => ({
  uploads: { arrivals: { rate, for: length, process: 'constant' }, size },
});

/** 125 MB/s of payload each way. */
const gigabit = { in: '1Gbps', out: '1Gbps', efficiency: 1, queue: '0ms' };

it('1,000 x 50 MB / 125 MB/s = 400 s in each direction, and so it is simulated', () => {
  const { time } = linesOf('proxy-streaming', {
    workload: burst(1000, '50MB'),
    server: { network: gigabit },
  });
  expect(time).toMatchObject({
    resource: 'each direction of the network',
    terms: { uploads: 1000, size: 50e6, factor: 1, servers: 1, capacity: 125e6, span: 0 },
    value: 400,
  });
  expect(time!.simulated).toBeCloseTo(400, 6);
  expect(time!.uses).toEqual(
    expect.arrayContaining(['workload.uploads.arrivals', 'workload.uploads.size', 'server.network.in']),
  );
});

it('acknowledgements and headers take their part, and servers share the work', () => {
  const { time } = linesOf('proxy-streaming', {
    workload: burst(1000, '50MB'),
    transport: { ackLoad: '2.5%' },
    server: { count: 4, network: { ...gigabit, efficiency: 0.9415 } },
  });
  expect(time!.value / ((400 * 1.025) / 0.9415 / 4)).toBeCloseTo(1, 12);
  expect(time!.simulated! / time!.value).toBeCloseTo(1, 9);
});

it('takes the narrower of two directions, for which a buffered body counts once', () => {
  const { time } = linesOf(plainBuffers, {
    workload: burst(100, '50MB'),
    transport: { ackLoad: '2.5%' },
    server: { network: { ...gigabit, out: '200Mbps' } },
  });
  expect(time).toMatchObject({ resource: 'network out', value: 200 });
  expect(time!.simulated).toBeCloseTo(200, 6);
});

it('the cores may be narrower than the network', () => {
  const { turns } = linesOf('proxy-streaming', {
    workload: burst(300, '10MiB'),
    server: { network: gigabit, cores: 2, cpu: { perMiB: '20ms', perRequest: '1ms' } },
  });
  // 10 MiB cost 200 ms and 1 ms more.
  expect(turns).toMatchObject({ resource: 'CPU cores', terms: { uploads: 300, places: 2 } });
  expect(turns!.terms.each).toBeCloseTo(0.201, 12);
  expect(turns!.value).toBeCloseTo(30.15, 9);
  expect(turns!.simulated! / 30.15).toBeCloseTo(1, 9);
});

it('the pool of threads may be what decides', () => {
  const { turns, time } = linesOf(plainBuffers, {
    workload: burst(1000, '10MB'),
    clients: [{ name: 'slow', uplink: '1MB/s', rtt: '0s' }],
    server: { threads: 20, count: 2, network: '10Gbps' },
    storage: { firstByte: '1s', perConnection: '10MB/s' },
  });
  // 10 s in, 1 s out, 1 s until storage answers: 25 rounds of 40.
  expect(time).toBeUndefined();
  expect(turns).toMatchObject({
    resource: 'threads',
    terms: { uploads: 1000, each: 12, places: 40 },
    value: 300,
  });
  expect(turns!.simulated).toBeCloseTo(300, 6);
});

it('connections to storage, and what storage takes', () => {
  const { turns } = linesOf(
    { ...plainBuffers, upstreamConnections: 5 },
    { workload: burst(100, '10MB'), storage: { firstByte: '1s', perConnection: '10MB/s', rtt: '500ms' } },
  );
  expect(turns).toMatchObject({
    resource: 'connections to storage',
    terms: { uploads: 100, each: 2.5, places: 5 },
    value: 50,
  });
  expect(turns!.simulated).toBeCloseTo(50, 6);
  const { time } = linesOf('valet-key', { workload: burst(100, '50MB'), storage: { network: gigabit } });
  expect(time).toMatchObject({ resource: 'storage in', value: 40 });
  expect(time!.simulated).toBeCloseTo(40, 6);
});

it('says nothing of a link where uploads were lost to something else', () => {
  const { time, requests } = linesOf('proxy-streaming', {
    workload: burst(1000, '50MB'),
    server: { network: gigabit },
    storage: { requestRate: { rate: '1/s', burst: 3 } },
  });
  expect(time).toBeUndefined();
  expect(requests).toMatchObject({ value: 3, simulated: 997 });
  const given = linesOf('proxy-streaming', {
    workload: burst(1000, '50MB'),
    server: { network: gigabit },
    client: { timeout: '60s' },
  });
  expect(given.time).toMatchObject({ value: 400 });
  expect(given.time!.simulated).toBeCloseTo(60, 6);
});

it('says nothing of a link that clients cannot fill', () => {
  // 100 x 1 MB/s pass 125 MB/s with ease: 8 s by the link, 10 s by the clients.
  const { time, alone } = linesOf('proxy-streaming', {
    workload: burst(100, '10MB'),
    clients: [{ name: 'slow', uplink: '1MB/s', rtt: '0s' }],
    server: { network: gigabit },
  });
  expect(time).toBeUndefined();
  expect(alone).toMatchObject({ value: 10, simulated: 10 });
});

it('a steady load is a share of the time, and threads are busy by Little', () => {
  const { share, threads, time } = linesOf('proxy-streaming', {
    workload: evenly('10/s', '200s', '5MB'),
    clients: [{ name: 'slow', uplink: '5MB/s', rtt: '0s' }],
    server: { network: gigabit, threads: 100 },
  });
  expect(time).toBeUndefined();
  // 50 MB/s of 125; ten a second for a second each.
  expect(share!.resource).toBe('each direction of the network');
  expect(share!.value).toBeCloseTo(0.4, 2);
  expect(share!.simulated! / share!.value).toBeCloseTo(1, 9);
  expect(threads).toMatchObject({ terms: { each: 1, limit: 100 } });
  expect(threads!.value).toBeCloseTo(10, 1);
  expect(threads!.simulated! / threads!.value).toBeCloseTo(1, 9);
});

it('a share is measured where the warm-up has passed', () => {
  const parts = {
    workload: evenly('10/s', '200s', '5MB'),
    clients: [{ name: 'slow', uplink: '5MB/s', rtt: '0s' }],
    server: { network: gigabit },
    warmup: '100s',
  };
  const { share } = linesOf('proxy-streaming', parts);
  // One second of what came before it is still under way.
  expect(share!.simulated! / share!.value).toBeCloseTo(1 + 0.5 / 100, 2);
});

it('what happened in the warm-up is not set against what was measured after it', () => {
  const parts = { workload: burst(1000, '50MB'), server: { network: gigabit }, warmup: '10s' };
  expect(linesOf('proxy-streaming', parts).time).toMatchObject({ value: 400, simulated: null });
});

it('memory: bodies against the limit, and the instant at which it is full', () => {
  const parts = {
    workload: burst(1000, '50MB'),
    server: { network: gigabit, memory: '16GB', baseMemory: '500MB' },
  };
  const options = { ...plainBuffers, copies: 1.25, completeCopies: 2 };
  const { memory, 'memory-full': full, time } = linesOf(options, parts);
  expect(memory).toMatchObject({
    terms: { bodies: 1000, factor: 2, size: 50e6, more: 0, base: 500e6, limit: 16e9 },
    value: 100.5e9,
    simulated: 16e9,
  });
  // 15.5 GB at 1.25 x 125 MB/s.
  expect(full!.value).toBeCloseTo(99.2, 9);
  expect(full!.simulated! / 99.2).toBeCloseTo(1, 9);
  expect(time).toBeUndefined();

  const pool = { ...parts, server: { ...parts.server, threads: 200 } };
  expect(linesOf(options, pool)).not.toHaveProperty('memory-full');
  expect(linesOf(options, pool).memory).toMatchObject({ terms: { bodies: 200 }, value: 20.5e9 });
  const roomy = { ...parts, server: { ...parts.server, memory: '300GB' } };
  expect(linesOf(options, roomy)).not.toHaveProperty('memory');
  const small = linesOf({ ...options, perRequest: '10MB' }, pool);
  expect(small.memory).toMatchObject({ terms: { more: 10e6 }, value: 22.5e9 });
});

it('memory of each of several servers, which their clients may fill more slowly than the links', () => {
  const { 'memory-full': full } = linesOf(
    { ...plainBuffers, copies: 1, completeCopies: 1 },
    {
      workload: burst(200, '500MB'),
      clients: [{ name: 'slow', uplink: '1MB/s', rtt: '0s' }],
      server: { count: 2, network: gigabit, memory: '10GB' },
    },
  );
  // A hundred on each server, at 1 MB/s.
  expect(full).toMatchObject({ terms: { inflow: 100e6 }, value: 100 });
  expect(full!.simulated! / 100).toBeCloseTo(1, 9);
});

it('does not say when memory is full where small bodies are gone by then', () => {
  const choice = { choice: [{ value: '1MB', weight: 9 }, { value: '500MB' }] };
  const lines = linesOf(plainBuffers, {
    workload: { uploads: { arrivals: { count: 1000, at: '0s' }, size: choice } },
    server: { network: gigabit, memory: '16GB' },
  });
  expect(lines.memory!.value).toBeGreaterThan(16e9);
  expect(lines).not.toHaveProperty('memory-full');
});

it('a server that turns bodies away does not fill', () => {
  const lines = linesOf(plainBuffers, {
    workload: burst(1000, '50MB'),
    server: { network: gigabit, memory: '16GB', onOutOfMemory: 'reject' },
  });
  expect(lines).not.toHaveProperty('memory-full');
  expect(lines.memory!.simulated).toBeLessThanOrEqual(16e9);
});

it('all URLs are signed when the cores, or the threads, have had them all', () => {
  const cores = linesOf('valet-key', {
    workload: burst(1000, '1MB'),
    clients: [{ name: 'a', uplink: '1MB/s', rtt: '0s' }],
    server: { cores: 2, cpu: { perRequest: '1ms' } },
    valetKey: { sign: '3ms' },
  });
  expect(cores.signing).toMatchObject({ resource: 'CPU cores', value: 2 });
  expect(cores.signing!.simulated).toBeCloseTo(2, 6);
  const threads = linesOf('valet-key', {
    workload: burst(1000, '1MB'),
    clients: [{ name: 'a', uplink: '1MB/s', rtt: '0s' }],
    server: { threads: 10 },
    valetKey: { authorise: '50ms', sign: '1ms' },
  });
  expect(threads.signing).toMatchObject({ resource: 'threads', terms: { places: 10 } });
  expect(threads.signing!.value).toBeCloseTo(5.1, 9);
  expect(threads.signing!.simulated! / 5.1).toBeCloseTo(1, 3);
});

it('signing takes the mean of what varies: that is what many add up to', () => {
  const { signing } = linesOf('valet-key', {
    workload: burst(4000, '1MB'),
    server: { cores: 1 },
    valetKey: { sign: { exponential: '2ms' } },
  });
  expect(signing!.value).toBeCloseTo(8, 9);
  expect(signing!.simulated! / 8).toBeCloseTo(1, 1);
});

it('the request rate of storage: its burst, and its rate as long as uploads come', () => {
  const { requests } = linesOf('valet-key', {
    workload: evenly('20/s', '100s', '1MB'),
    storage: { requestRate: { rate: '5/s', burst: 10 } },
  });
  expect(requests!.terms).toMatchObject({ burst: 10, rate: 5, uploads: 2000 });
  expect(requests!.value).toBeCloseTo(510, -1);
  // Nobody tries again: who is turned away is lost.
  expect(requests!.simulated! + requests!.value).toBeCloseTo(2000, -1);
});

it('an upload alone is that in the middle, whole: not the medians of its parts', () => {
  // 1 s, 2 s and 100 s; medians of size and uplink would give 10 s.
  const trace = 'start,size,uplink\n0,1e6,1e6\n1000,1e7,5e6\n2000,1e8,1e6\n';
  const { result } = runText(
    fluidWith({
      workload: { uploads: { arrivals: { trace: 't.csv' } } },
      topologies: ['proxy-streaming'],
    }),
    { 't.csv': trace },
  );
  const alone = result.topologies[0]!.byHand.find(({ kind }) => kind === 'alone');
  expect(alone).toMatchObject({ terms: { size: 1e7, rate: 5e6 }, value: 2 });
  expect(alone!.simulated).toBeCloseTo(2, 9);
});

it('nothing is known by hand of a closed loop, nor where nothing is uploaded in time', () => {
  const closed = { uploads: { arrivals: { users: 3, think: '1s', for: '10s' }, size: '1MB' } };
  const slow = { clients: [{ name: 'a', uplink: '1MB/s', rtt: '0s' }] };
  expect(linesOf('valet-key', { workload: closed, ...slow })).toEqual({});
  const late = { uploads: { arrivals: { count: 3, at: '2m' }, size: '1MB' } };
  expect(linesOf('valet-key', { workload: late, ...slow, horizon: '1m' })).toEqual({});
});

it('what comes after the horizon is not counted', () => {
  const { time } = linesOf('proxy-streaming', {
    workload: evenly('100/s', '100s', '5MB'),
    server: { network: gigabit },
    horizon: '50s',
  });
  expect(time!.terms.uploads).toBeGreaterThan(4990);
  expect(time!.terms.uploads).toBeLessThanOrEqual(5001);
});

it('bodies that a gateway refuses are no load on the servers', () => {
  const sizes = { choice: [{ value: '50MB' }, { value: '1MB' }] };
  const parts = {
    workload: { uploads: { arrivals: { count: 1000, at: '0s' }, size: sizes } },
    server: { network: gigabit },
    gateway: { maxBody: '10MB' },
  };
  const { oversize, time } = linesOf('proxy-streaming', parts);
  expect(time).toBeUndefined();
  expect(oversize).toMatchObject({
    terms: { uploads: 1000, limit: 10e6 },
    uses: expect.arrayContaining(['gateway.maxBody']),
  });
  // About half of them; what was drawn was counted on both sides.
  expect(oversize!.value).toBeGreaterThan(400);
  expect(oversize!.value).toBeLessThan(600);
  expect(oversize!.simulated).toBe(oversize!.value);
  expect(linesOf('valet-key', parts).oversize).toBeUndefined();
});

it('an upload that needs 40 s of the 29 s that its gateway waits', () => {
  const parts = {
    workload: burst(10, '50MB'),
    clients: [{ name: 'slow', uplink: '10Mbps', rtt: '0s' }],
    gateway: { timeout: '29s' },
  };
  const { late } = linesOf('proxy-streaming', parts);
  expect(late).toMatchObject({ terms: { size: 50e6, rate: 1.25e6, limit: 29 }, value: 40, simulated: 10 });
  expect(linesOf('proxy-streaming', { ...parts, gateway: { timeout: '41s' } }).late).toBeUndefined();
  expect(
    linesOf('proxy-streaming', { ...parts, gateway: { timeout: '29s', buffers: true } }).late,
  ).toBeUndefined();
});

it('a body that is forwarded for 80 s while its client hears nothing', () => {
  const parts = {
    workload: burst(3, '4GB'),
    storage: { perConnection: '50MB/s' },
    gateway: { profile: 'aws-alb' },
  };
  const { silent } = linesOf(plainBuffers, parts);
  expect(silent).toMatchObject({ terms: { size: 4e9, rate: 50e6, limit: 60 }, value: 80, simulated: 3 });
  expect(linesOf('proxy-streaming', parts).silent).toBeUndefined();
});

it('attempts over connections that break: (1 - (1 - p)^n) / p with p = exp(-s / every)', () => {
  const parts = (every: string, attempts: number, more: Part = {}): Part => ({
    workload: burst(2000, '50MB'),
    clients: [{ name: 'phone', uplink: '1MB/s', rtt: '0s', drops: { every } }],
    client: { retry: { attempts, base: '1s' } },
    ...more,
  });
  const p = Math.exp(-0.5);
  // Neither a crowd nor another topology has a part in it.
  const crowd = { server: { network: gigabit } };
  for (const kind of ['valet-key', 'proxy-streaming']) {
    const { breaks } = linesOf(kind, parts('100MB', 1000, crowd));
    expect(breaks!.value).toBeCloseTo(1 / p, 9);
    // The standard deviation of so many attempts is sqrt(1 - p) / p = 1.03: 5 standard errors are 0.12.
    expect(Math.abs(breaks!.simulated! - 1 / p)).toBeLessThan(0.12);
    const few = linesOf(kind, parts('100MB', 2)).breaks;
    expect(few!.value).toBeCloseTo(2 - p, 9);
    expect(few!.terms.whole).toBeCloseTo(p, 9);
  }
  expect(linesOf('valet-key', parts('unlimited', 5)).breaks).toBeUndefined();
  expect(linesOf('valet-key', parts('100MB', 5, { client: { timeout: '60s' } })).breaks).toBeDefined();
  // Where something else makes clients try again, the formula has nothing to say; nor of a time in a crowd.
  expect(linesOf('valet-key', parts('100MB', 5, { client: { timeout: '40s' } })).breaks).toBeUndefined();
  // A time is told where uploads do not get into each other's way: 50 s for each, as alone.
  expect(linesOf('valet-key', parts('100s', 2)).breaks!.value).toBeCloseTo(2 - p, 9);
  expect(linesOf('proxy-streaming', parts('100s', 2, crowd)).breaks).toBeUndefined();
});
