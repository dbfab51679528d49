/** The figures of a result, each from arithmetic. Nothing is random but where a seed is named. */
import { describe, expect, it } from 'vitest';
import { fluidWith, type Part, plainBuffers, runText } from '../theory/scenario-text.js';

const link = (rate: string) => ({ in: rate, out: rate, efficiency: 1, queue: '0ms' });

const run = (parts: Part, files?: Record<string, string>) => {
  const { result, uploads } = runText(fluidWith(parts), files);
  return { result, topology: result.topologies[0]!, table: uploads[0]! };
};

const trace = (rows: readonly string[]) => ({ 't.csv': `start,size,uplink\n${rows.join('\n')}\n` });
const traced: Part = { uploads: { arrivals: { trace: 't.csv' } } };

describe('latency and completion', () => {
  // 1 to 10 s each at 1 MB/s; the last two give up after 8.5 s.
  const rows = Array.from({ length: 10 }, (_, i) => `${10 * i},${1e6 * (i + 1)},1e6`);
  const { topology } = run(
    {
      workload: traced,
      client: { timeout: '8.5s', retry: { attempts: 1 } },
      topologies: ['proxy-streaming'],
    },
    trace(rows),
  );

  it('latency is of those that succeeded, by nearest rank', () => {
    const { latency } = topology;
    expect(latency.mean).toBeCloseTo(4.5, 9);
    expect(latency.p50).toBeCloseTo(4, 9);
    expect(latency.p90).toBeCloseTo(8, 9);
    expect(latency.max).toBeCloseTo(8, 9);
  });

  it('completion is of all, those that failed being infinite', () => {
    const { completion } = topology;
    expect(completion.p50).toBeCloseTo(5, 9);
    expect([completion.p90, completion.p95, completion.p99, completion.max]).toEqual([
      null,
      null,
      null,
      null,
    ]);
  });

  it('the curve has a point for every percent, and ends where uploads begin to fail', () => {
    const { share, seconds } = topology.completionCurve;
    expect(share).toHaveLength(101);
    expect([share[0], share[49], share[98], share[99], share[100]]).toEqual([0.01, 0.5, 0.99, 0.999, 1]);
    // Ten uploads: each is a tenth of them.
    share.forEach((s, i) => {
      const upload = Math.ceil((Math.round(1000 * s) * 10) / 1000);
      if (upload <= 8) expect(seconds[i]).toBeCloseTo(upload, 9);
      else expect(seconds[i]).toBeNull();
    });
    expect(seconds.indexOf(null)).toBe(80);
  });

  it('makespan, window and goodput', () => {
    // From 0 to 90 s + the timeout; 36 MB of it were stored.
    expect(topology.makespan).toBeCloseTo(98.5, 9);
    expect(topology.window).toEqual([0, 98.5]);
    expect(topology.goodput).toBeCloseTo(36e6 / 98.5, 3);
    expect(topology.uploads).toMatchObject({
      offered: 10,
      succeeded: 8,
      failed: 2,
      failures: { timeout: 2 },
    });
    expect(topology.uploads.wastedBytes).toBeCloseTo(2 * 8.5e6, 3);
  });

  it('the series count who completed and who failed', () => {
    const { completed, failed, time, binWidth } = topology.series;
    expect(completed.reduce((a, b) => a + b)).toBe(8);
    expect(failed.reduce((a, b) => a + b)).toBe(2);
    expect(time[1]! - time[0]!).toBeCloseTo(binWidth, 12);
    expect(topology.quantiles).toBe('exact');
  });
});

describe('a fleet', () => {
  // Two servers of 1 MB/s: 3 MB on the first, 1 MB on the second, at once.
  const { topology } = run(
    {
      workload: traced,
      server: { count: 2, threads: 4, backlog: 3, network: link('8Mbps'), memory: '10MB' },
      topologies: [plainBuffers],
    },
    trace(['0,3e6,', '0,1e6,']),
  );
  const { server } = topology;

  it('is the sum of its servers, which stand beside it', () => {
    expect(server.threads.capacity).toBe(8);
    expect(server.backlog.capacity).toBe(6);
    expect(server.networkIn.capacity).toBe(2e6);
    expect(server.memory.capacity).toBe(20e6);
    expect(server.cpu.capacity).toBeNull();
    expect(server.servers).toHaveLength(2);
    expect(server.bytes).toBeCloseTo(4e6, 3);
    expect(server.servers.map(({ bytes }) => Math.round(bytes))).toEqual([3e6, 1e6]);
  });

  it('has time averages over the window', () => {
    // Threads for 6 s and 2 s, of 6 s.
    expect(server.threads.mean).toBeCloseTo(8 / 6, 9);
    expect(server.threads.utilization).toBeCloseTo(8 / 6 / 8, 9);
    expect(server.threads.peak).toBe(2);
    expect(server.networkIn.mean).toBeCloseTo(4e6 / 6, 3);
    // Bodies grow in 3 s and 1 s, and stay as long again.
    expect(server.memory.mean).toBeCloseTo((3e6 * 3 * 1.5 + 1e6 * 1.5) / 6, 3);
    expect(server.threads.holdTime.mean).toBeCloseTo(4, 9);
    expect(server.threads.holdTime.p50).toBeCloseTo(2, 9);
  });

  it('is saturated while any of its servers is', () => {
    // In: the first until 3 s. Out: the second from 1 to 2 s, the first from 3 to 6 s.
    expect(server.networkIn.saturatedFor).toBeCloseTo(3, 9);
    expect(server.networkOut.saturatedFor).toBeCloseTo(4, 9);
    expect(server.networkOut.saturatedAt).toBeCloseTo(1, 9);
    expect(server.servers[0]!.networkOut.saturatedAt).toBeCloseTo(3, 9);
    expect(server.threads.saturatedAt).toBeNull();
    expect(server.servers[1]!.networkOut.saturatedFor).toBeCloseTo(1, 9);
  });
});

it('money: servers x window x price; what is not known is null', () => {
  const work = { uploads: { arrivals: { count: 1, at: '0s' }, size: '3600MB' } };
  const site = { server: { count: 3, price: '0.5/h', network: link('8Mbps') } };
  const { topology } = run({ workload: work, ...site, topologies: ['proxy-streaming'] });
  // 3,600 s at 1 MB/s.
  expect(topology.cost.servers).toBeCloseTo(1.5, 9);
  expect(topology.cost).toMatchObject({
    requests: null,
    transfer: null,
    total: null,
    perMillionUploads: null,
  });
  const free = run({ workload: work, topologies: ['proxy-streaming'] });
  expect(free.topology.cost.servers).toBeNull();
});

it('valet-key alone has a time to token', () => {
  const workload = { uploads: { arrivals: { count: 3, at: '0s' }, size: '1MB' } };
  const clients = [{ name: 'c', rtt: '100ms' }];
  const [proxy, valet] = runText(
    fluidWith({ workload, clients, topologies: ['proxy-streaming', 'valet-key'] }),
  ).result.topologies;
  expect(proxy!.timeToToken).toBeNull();
  expect(valet!.timeToToken!.p50).toBeCloseTo(0.2, 9);
  expect(valet!.latency.p50).toBeCloseTo(0.4, 9);
});

it('a background class beside its quiet self', () => {
  const background = [
    { name: 'get', arrivals: { count: 5, over: '1s' }, request: '0B', response: '0B', service: '100ms' },
  ];
  const workload = { uploads: { arrivals: { count: 1, at: '0s' }, size: '10MB' }, background };
  const { topology } = run({
    workload,
    server: { network: { in: '8Mbps', out: '8Mbps', efficiency: 1, queue: { in: '0ms', out: '50ms' } } },
    topologies: ['proxy-streaming'],
  });
  const [get] = topology.background;
  expect(get).toMatchObject({
    name: 'get',
    offered: 5,
    succeeded: 5,
    failed: 0,
    unfinished: 0,
    failures: {},
  });
  expect(get!.baseline.p50).toBeCloseTo(0.1, 9);
  expect(get!.latency.p50).toBeCloseTo(0.15, 9);
  expect(get!.slowdown.p50).toBeCloseTo(1.5, 9);
});

describe('the table of uploads', () => {
  it('is in the order of the rows of the trace', () => {
    const { table } = run({ workload: traced, topologies: ['valet-key'] }, trace(['5,1,', '1,2,', '3,3,']));
    expect([...table.start]).toEqual([5, 1, 3]);
    expect([...table.size]).toEqual([1, 2, 3]);
    expect([table.topology, table.replication, table.count]).toEqual(['valet-key', 0, 3]);
  });
});

describe('warm-up', () => {
  // Each alone: 4 s for the early ones, 1 s for the late.
  const rows = ['0,4e6,1e6', '10,4e6,1e6', '20,1e6,1e6', '30,1e6,1e6'];
  const of = (warmup: string) =>
    run({ warmup, workload: traced, topologies: ['proxy-streaming'] }, trace(rows)).topology;

  it('keeps early arrivals out of the percentiles, not out of the counts', () => {
    const { latency, completion, uploads, makespan } = of('15s');
    expect(uploads).toMatchObject({ offered: 4, succeeded: 4 });
    expect(of('15s').completionCurve.seconds.every(s => Math.abs(s! - 1) < 1e-9)).toBe(true);
    expect([latency.mean, latency.max, completion.max].map(x => Math.round(x! * 1e9) / 1e9)).toEqual([
      1, 1, 1,
    ]);
    expect(makespan).toBeCloseTo(31, 9);
    expect(of('0s').latency.max).toBeCloseTo(4, 9);
  });

  it('an arrival at its end counts', () => {
    expect(of('10s').latency.max).toBeCloseTo(4, 9);
    expect(of('10.001s').latency.max).toBeCloseTo(1, 9);
  });

  it('time averages begin at its end', () => {
    const { window, server } = of('12s');
    expect(window).toEqual([12, 31]);
    // A thread until 14 s, and for 1 s twice.
    expect(server.threads.mean).toBeCloseTo((2 + 1 + 1) / 19, 9);
    expect(server.networkIn.mean).toBeCloseTo(4e6 / 19, 3);
    for (const check of of('12s').checks) expect(check).toMatchObject({ ok: true });
  });
});
