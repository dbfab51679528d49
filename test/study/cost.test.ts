/** What a run costs, line by line. Every figure is computed by hand, in the comment beside it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Cost, CostLine, TopologyResult } from '../../src/result.js';
import { costOf, type Used } from '../../src/study/cost.js';
import { specOf } from '../reference/hand-made.js';
import { fluidWith, type Part, plainBuffers, runText } from '../theory/scenario-text.js';

/** 8 Mbps in and out: 1 MB/s each way. */
const link = { in: '8Mbps', out: '8Mbps', efficiency: 1, queue: '0ms' };

const run = (parts: Part): readonly TopologyResult[] => runText(fluidWith(parts)).result.topologies;
const only = (parts: Part): TopologyResult => {
  const topologies = run(parts);
  expect(topologies).toHaveLength(1);
  return topologies[0]!;
};
const lineOf = ({ cost }: TopologyResult, name: CostLine['name']): CostLine =>
  cost.lines.find(line => line.name === name)!;
const burst = (count: number, size: string): Part => ({
  uploads: { arrivals: { count, at: '0s' }, size },
});

/** 360 files of 10 MB, 3.6 GB, through a server of 1 MB/s: an hour. */
const hour: Part = {
  workload: burst(360, '10MB'),
  server: { network: link, price: '0.5/h' },
  storage: { price: '5/million' },
  topologies: ['proxy-streaming'],
};
const all: Part = {
  ingress: '0.001/GB',
  acceleration: '0.04/GB',
  nat: '0.045/GB',
  crossZone: { price: '0.01/GB', share: '50%' },
  loadBalancer: { hour: '0.0225/h', processed: '0.008/GB' },
};

describe('an hour of a proxy', () => {
  const topology = only({ ...hour, prices: all });
  const { cost } = topology;

  it('costs its hours, its requests and its bytes', () => {
    expect(topology.window).toEqual([0, 3600]);
    const dollars = Object.fromEntries(cost.lines.map(line => [line.name, line.dollars]));
    expect(dollars.servers).toBeCloseTo(0.5, 12);
    expect(dollars.requests).toBeCloseTo(360 * 5e-6, 12);
    expect(dollars.ingress).toBeCloseTo(3.6 * 0.001, 12);
    // Nobody sends a byte past the server.
    expect(dollars.acceleration).toBe(0);
    expect(dollars.nat).toBeCloseTo(3.6 * 0.045, 12);
    // Half of 3.6 GB crosses, and is paid for twice.
    expect(dollars.crossZone).toBeCloseTo(2 * 1.8 * 0.01, 12);
    expect(dollars.loadBalancer).toBeCloseTo(0.0225, 12);
    expect(dollars.processed).toBeCloseTo(3.6 * 0.008, 12);
  });

  it('has sums of them', () => {
    expect(cost.servers).toBeCloseTo(0.5, 12);
    expect(cost.requests).toBeCloseTo(0.0018, 12);
    // 0.0036 + 0.162 + 0.036
    expect(cost.transfer).toBeCloseTo(0.2016, 12);
    // 0.0225 + 0.0288
    expect(cost.loadBalancer).toBeCloseTo(0.0513, 12);
    expect(cost.total).toBeCloseTo(0.5 + 0.0018 + 0.2016 + 0.0513, 12);
    expect(cost.perMillionUploads).toBeCloseTo((0.7547 * 1e6) / 360, 6);
  });

  it('says of each line what was counted, and where its price stands', () => {
    const rows = cost.lines.map(({ path, quantity, unit, price }) => [path, quantity, unit, price]);
    expect(rows).toEqual([
      ['server.price', 1, 'h', 0.5],
      ['storage.price', 360, 'request', 5e-6],
      ['prices.ingress', 3.6e9, 'B', 1e-12],
      ['prices.acceleration', 0, 'B', 4e-11],
      ['prices.nat', 3.6e9, 'B', 4.5e-11],
      ['prices.crossZone.price', 3.6e9, 'B', 1e-11],
      ['prices.loadBalancer.hour', 1, 'h', 0.0225],
      ['prices.loadBalancer.processed', 3.6e9, 'B', 8e-12],
    ]);
  });

  it('is paid for each server, however many hours that makes', () => {
    // Three servers of 1 MB/s are done after 20 minutes: three thirds of an hour.
    const three = only({ ...hour, server: { network: link, price: '0.5/h', count: 3 }, prices: all });
    expect(three.window).toEqual([0, 1200]);
    expect(three.cost.servers).toBeCloseTo(0.5, 12);
    // One load balancer for all of them, for a third of an hour.
    expect(lineOf(three, 'loadBalancer').dollars).toBeCloseTo(0.0075, 12);
  });
});

describe('what a design does not use costs nothing', () => {
  const [buffered, valet] = run({
    ...hour,
    prices: all,
    topologies: [plainBuffers, 'valet-key'],
    valetKey: { request: '1KB', response: '3KB' },
    clients: [{ name: 'c', rtt: '0s', uplink: '8Mbps' }],
  });

  it('a valet key has no NAT, and may have acceleration', () => {
    expect(lineOf(valet!, 'nat')).toMatchObject({ quantity: 0, dollars: 0 });
    expect(lineOf(valet!, 'crossZone')).toMatchObject({ quantity: 0, dollars: 0 });
    expect(lineOf(valet!, 'ingress').dollars).toBeCloseTo(3.6 * 0.001, 12);
    expect(lineOf(valet!, 'acceleration').dollars).toBeCloseTo(3.6 * 0.04, 12);
    // Its load balancer sees the requests for URLs and the answers: 360 x 4 KB.
    expect(lineOf(valet!, 'processed').quantity).toBe(1.44e6);
  });

  it('a buffering proxy has both hops', () => {
    expect(lineOf(buffered!, 'nat').quantity).toBe(3.6e9);
    expect(lineOf(buffered!, 'processed').quantity).toBe(3.6e9);
    expect(lineOf(buffered!, 'acceleration').quantity).toBe(0);
  });
});

it('the published arithmetic: 2,000,000 uploads of 3 MB a day through NAT are 270 dollars', () => {
  // A hundredth of a day: 20,000 x 3 MB = 60 GB; x 0.045 = 2.70. A day: 6 TB, 270. A million: 3 TB, 135.
  const topology = only({
    workload: { uploads: { arrivals: { count: 20_000, over: '864s' }, size: '3MB' } },
    prices: { nat: '0.045/GB' },
    topologies: ['proxy-streaming'],
  });
  expect(topology.cost.transfer).toBeCloseTo(2.7, 9);
  const nat = lineOf(topology, 'nat');
  expect(nat.perMillionUploads).toBeCloseTo(135, 6);
  // 730 hours of 24 to a day.
  expect(nat.perMonth).toBeCloseTo((270 * 730) / 24, 6);
});

describe('messages through the load balancer', () => {
  it('are those of background requests, too', () => {
    const topology = only({
      workload: {
        ...burst(2, '1MB'),
        background: [
          {
            name: 'GET /feed',
            arrivals: { count: 10, at: '0s' },
            request: '1KB',
            response: '20KB',
            service: '0s',
          },
        ],
      },
      prices: all,
      topologies: ['proxy-streaming'],
    });
    // 2 MB of files and 10 x 21 KB.
    expect(lineOf(topology, 'processed').quantity).toBe(2.21e6);
  });
});

describe('attempts that fail', () => {
  it('are paid for as far as their bytes came', () => {
    // 10 MB at 1 MB/s, given up after 4 s, twice.
    const topology = only({
      workload: burst(1, '10MB'),
      client: { timeout: '4s', retry: { attempts: 2, base: '1s', jitter: 'none' } },
      server: { network: link },
      prices: { nat: '1/GB', ingress: '1/GB' },
      storage: { price: '1/request' },
      topologies: ['proxy-streaming'],
    });
    expect(topology.uploads.failed).toBe(1);
    expect(lineOf(topology, 'nat').quantity).toBeCloseTo(8e6, 3);
    expect(lineOf(topology, 'ingress').quantity).toBeCloseTo(8e6, 3);
    expect(topology.cost.perMillionUploads).toBeNull();
    expect(lineOf(topology, 'nat').perMillionUploads).toBeNull();
  });

  const requests = (parts: Part) =>
    lineOf(only({ workload: burst(3, '1MB'), topologies: ['valet-key'], ...parts }), 'requests').quantity;

  it('with a 503 of storage are not billed', () => {
    // One of three finds room in the request rate.
    expect(requests({ storage: { price: '5/million', requestRate: { rate: '1/h', burst: 1 } } })).toBe(1);
  });

  it('with a 403 or a 404 are', () => {
    const wrong = (mistake: string) => ({
      clients: [{ name: 'c', rtt: '0s', mistakes: { [mistake]: '100%' } }],
    });
    expect(requests(wrong('signature'))).toBe(3);
    expect(requests(wrong('bucket'))).toBe(3);
  });
});

it('an upload in parts pays for its opening, each part and its completion', () => {
  // 100 MB in parts of 5 MiB are 20: 22 requests for each of two, 110 dollars for a million, where one PUT costs 5.
  const [parts, whole] = run({
    workload: burst(2, '100MB'),
    storage: { price: '0.005/1000' },
    topologies: [{ name: 'valet-key-multipart', partSize: '5MiB' }, 'valet-key'],
  });
  expect(lineOf(parts!, 'requests').quantity).toBe(44);
  expect(lineOf(parts!, 'requests').perMillionUploads).toBeCloseTo(110, 9);
  expect(lineOf(whole!, 'requests').perMillionUploads).toBeCloseTo(5, 9);
});

describe('a price that nobody gives', () => {
  const known = ({ servers, requests, transfer, loadBalancer, total, perMillionUploads, perMonth }: Cost) =>
    Object.entries({ servers, requests, transfer, loadBalancer, total, perMillionUploads, perMonth }).flatMap(
      ([name, dollars]) => (dollars === null ? [] : [name]),
    );
  const pricedBy = (server: Part, storage: Part, prices: Part) =>
    known(only({ workload: burst(1, '1MB'), server, storage, prices, topologies: ['valet-key'] }).cost);
  const server = { price: '1/h' };
  const storage = { price: '5/million' };

  it('is unknown, not 0, and so is what contains it', () => {
    expect(pricedBy({}, {}, {})).toEqual([]);
    expect(pricedBy(server, {}, {})).toEqual(['servers']);
    expect(pricedBy(server, storage, {})).toEqual(['servers', 'requests']);
    expect(pricedBy({}, storage, { nat: '1/GB' })).toEqual(['requests', 'transfer', 'loadBalancer']);
    expect(pricedBy(server, {}, { nat: '1/GB' })).toEqual(['servers', 'transfer', 'loadBalancer']);
    expect(pricedBy(server, storage, { runsPerMonth: 1 })).toEqual(['servers', 'requests']);
  });

  it('of one link is that of a link that is not there, once others are given', () => {
    const total = ['servers', 'requests', 'transfer', 'loadBalancer', 'total', 'perMillionUploads'];
    expect(pricedBy(server, storage, { ingress: '0/GB' })).toEqual(total);
    expect(pricedBy(server, storage, { loadBalancer: { hour: '1/h' } })).toEqual(total);
  });
});

describe('a topology', () => {
  it('may have prices of its own, over those of the scenario and its profile', () => {
    const [natted, endpoint] = run({
      workload: burst(1, '1GB'),
      prices: { profile: 'aws-us-east-1', crossZone: '0.02/GB' },
      topologies: [
        'proxy-streaming',
        { name: 'endpoint', kind: 'proxy-streaming', prices: { nat: '0/GB', crossZone: { share: '25%' } } },
      ],
    });
    expect(lineOf(natted!, 'nat').dollars).toBeCloseTo(0.045, 12);
    expect(lineOf(endpoint!, 'nat').dollars).toBe(0);
    // A price alone leaves the profile's share, 50%: 2 x 0.5 GB x 0.02.
    expect(lineOf(natted!, 'crossZone').dollars).toBeCloseTo(0.02, 12);
    expect(lineOf(endpoint!, 'crossZone').dollars).toBeCloseTo(0.01, 12);
    expect(lineOf(endpoint!, 'processed').dollars).toBeCloseTo(0.008, 12);
  });

  it('has all bytes cross unless told otherwise', () => {
    const { cost } = only({
      workload: burst(1, '1GB'),
      prices: { crossZone: '0.01/GB' },
      topologies: ['proxy-streaming'],
    });
    expect(cost.transfer).toBeCloseTo(0.02, 12);
  });
});

describe('a month', () => {
  const prices = { ingress: '1/GB', loadBalancer: { hour: '2/h' } };
  const monthOf = (arrivals: Part, more: Part = {}, files = {}) =>
    runText(
      fluidWith({
        workload: { uploads: { arrivals, size: '1MB' } },
        server: { price: '1/h' },
        storage: { price: '0/million' },
        prices,
        topologies: ['proxy-streaming'],
        clients: [{ name: 'c', rtt: '0s', uplink: '8Mbps' }],
        ...more,
      }),
      files,
    ).result.topologies[0]!;

  it('of a steady load goes on like that', () => {
    // 100 x 1 MB in 100 s: 1 MB/s, 2.628 TB in 730 hours; a server and a load balancer for 730 hours.
    const spread = monthOf({ count: 100, over: '100s' });
    expect(lineOf(spread, 'ingress').perMonth).toBeCloseTo(2628, 6);
    expect(lineOf(spread, 'servers').perMonth).toBeCloseTo(730, 6);
    expect(lineOf(spread, 'loadBalancer').perMonth).toBeCloseTo(1460, 6);
    expect(spread.cost.perMonth).toBeCloseTo(2628 + 730 + 1460, 6);
    const constant = monthOf({ rate: '1/s', for: '100s', process: 'constant' });
    expect(lineOf(constant, 'ingress').perMonth).toBeCloseTo(2628, 6);
  });

  it('of random arrivals is that of those that came', () => {
    const poisson = monthOf({ rate: '2/s', for: '50s' });
    const { offered } = poisson.uploads;
    expect(lineOf(poisson, 'ingress').perMonth).toBeCloseTo((offered * 0.001 * 730 * 3600) / 50, 6);
    const pieces = monthOf({
      rate: [
        { until: '10s', rate: '1/s' },
        { until: '40s', rate: '2/s' },
      ],
    });
    expect(lineOf(pieces, 'ingress').perMonth).toBeCloseTo(
      (pieces.uploads.offered * 0.001 * 730 * 3600) / 40,
      6,
    );
    const users = monthOf({ users: 2, think: '9s', for: '95s' });
    // Thinking begins every 10 s and never after 95 s: uploads at 9, 19, ... 99.
    expect(users.uploads.offered).toBe(20);
    expect(lineOf(users, 'ingress').perMonth).toBeCloseTo((20 * 0.001 * 730 * 3600) / 95, 6);
  });

  it('of a trace is as long as it: from its first arrival to its last', () => {
    const trace = monthOf({ trace: 't.csv' }, {}, { 't.csv': 'start,size\n1040,1000000\n1000,1000000\n' });
    expect(lineOf(trace, 'ingress').perMonth).toBeCloseTo((2 * 0.001 * 730 * 3600) / 40, 6);
    const single = monthOf({ trace: 't.csv' }, {}, { 't.csv': 'start,size\n1040,1000000\n' });
    expect(single.cost.perMonth).toBeNull();
  });

  it('of what the horizon cuts off is that of the time until then', () => {
    const cut = monthOf({ rate: '1/s', for: '100s', process: 'constant' }, { horizon: '50.5s' });
    expect(cut.cost.perMonth).not.toBeNull();
    expect(lineOf(cut, 'ingress').perMonth).toBeCloseTo(
      (lineOf(cut, 'ingress').dollars! * 730 * 3600) / 50.5,
      9,
    );
  });

  it('of a burst is unknown, unless somebody says how often it comes', () => {
    expect(monthOf({ count: 100, at: '0s' }).cost.perMonth).toBeNull();
    const nightly = monthOf({ count: 100, at: '0s' }, { prices: { ...prices, runsPerMonth: 30 } });
    // 30 x 100 MB; the server waits for it all month.
    expect(lineOf(nightly, 'ingress').perMonth).toBeCloseTo(3, 9);
    expect(lineOf(nightly, 'servers').perMonth).toBeCloseTo(730, 9);
  });

  it('says it for a steady load, too', () => {
    const told = monthOf({ count: 100, over: '100s' }, { prices: { ...prices, runsPerMonth: 30 } });
    expect(lineOf(told, 'ingress').perMonth).toBeCloseTo(3, 9);
  });
});

describe('with a warm-up', () => {
  // 100 s at one upload of 1 MB a second, each of which takes a second; the window begins at 40 s.
  const topology = (warmup: string) =>
    runText(
      fluidWith({
        workload: {
          uploads: { arrivals: { rate: '1/s', for: '100s', process: 'constant' }, size: '1MB' },
        },
        clients: [{ name: 'c', rtt: '0s', uplink: '8Mbps' }],
        server: { price: '36/h' },
        storage: { price: '1/thousand' },
        prices: { ingress: '0/GB' },
        warmup,
        topologies: ['proxy-streaming'],
      }),
    ).result;

  it('servers are paid for over the window, what uploads use over the whole run, and a warning says so', () => {
    const { topologies, warnings } = topology('40s');
    const [{ cost, window, uploads }] = topologies as [TopologyResult];
    // A cent a second.
    expect(cost.servers).toBeCloseTo((window[1] - 40) * 0.01, 9);
    expect(cost.requests).toBeCloseTo(uploads.succeeded / 1000, 12);
    expect(warnings).toHaveLength(1);
    expect(warnings[0]).toMatch(
      /^proxy-streaming: .*end of the warm-up.*: 40 s of servers are missing, \$0\.40 \(/,
    );
  });

  it('and not without one, nor without a total', () => {
    expect(topology('none').warnings).toEqual([]);
  });
});

describe('whatever was used, at whatever price', () => {
  const amount = fc.double({ min: 0, max: 1e12, noNaN: true });
  const used: fc.Arbitrary<Used> = fc.record({
    hours: fc.double({ min: 1e-6, max: 1e4, noNaN: true }),
    serverHours: amount,
    requests: fc.nat(),
    toServers: amount,
    onToStorage: amount,
    pastServers: amount,
    messages: amount,
    succeeded: fc.nat(),
  });
  const price = fc.option(fc.double({ min: 0, max: 1e3, noNaN: true }));
  const prices = fc.option(
    fc.record({
      ingress: price,
      acceleration: price,
      nat: price,
      crossZone: fc.option(
        fc.record({
          price: fc.double({ min: 0, max: 1e3, noNaN: true }),
          share: fc.double({ min: 0, max: 1, noNaN: true }),
        }),
      ),
      loadBalancer: fc.record({ hour: price, processed: price }),
      runsPerMonth: fc.option(fc.double({ min: 1, max: 1e3, noNaN: true })),
    }),
  );
  const site = fc.record({ server: price, storage: price, prices });
  type Site = typeof site extends fc.Arbitrary<infer S> ? S : never;
  const bill = ({ server, storage, prices }: Site, what: Used, span: number | null): Cost => {
    const spec = specOf('proxy-streaming', { server: { price: server }, storage: { price: storage } });
    return costOf({ ...spec, prices }, what, span);
  };
  const loadSpan = fc.option(fc.double({ min: 1, max: 1e6, noNaN: true }));

  const near = (actual: number | null, expected: number | null): void => {
    if (actual === null || expected === null) expect(actual).toBe(expected);
    else expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
  };
  const sum = (dollars: readonly (number | null)[]): number | null =>
    dollars.includes(null) ? null : dollars.reduce<number>((all, one) => all + one!, 0);

  it('the lines add up to the total, and to its parts', () => {
    fc.assert(
      fc.property(site, used, loadSpan, (site, what, span) => {
        const { lines, ...cost } = bill(site, what, span);
        for (const { quantity, price, dollars } of lines) {
          expect(dollars).toBe(price === null ? null : quantity * price);
        }
        if (site.prices === null) {
          expect(cost).toMatchObject({ transfer: null, loadBalancer: null, total: null, perMonth: null });
          return;
        }
        near(cost.total, sum(lines.map(({ dollars }) => dollars)));
        near(cost.total, sum([cost.servers, cost.requests, cost.transfer, cost.loadBalancer]));
        near(cost.perMonth, sum(lines.map(({ perMonth }) => perMonth)));
        if (what.succeeded > 0) near(cost.perMillionUploads, sum(lines.map(l => l.perMillionUploads)));
        else expect(cost.perMillionUploads).toBeNull();
      }),
    );
  });

  it('nothing gets cheaper by a higher price', () => {
    fc.assert(
      fc.property(
        site,
        used,
        loadSpan,
        fc.double({ min: 1, max: 10, noNaN: true }),
        (site, what, span, by) => {
          const raised = (price: number | null): number | null => (price === null ? null : price * by);
          const { prices } = site;
          const dearer: Site = {
            ...site,
            server: raised(site.server),
            prices: prices && {
              ...prices,
              nat: raised(prices.nat),
              loadBalancer: { ...prices.loadBalancer, processed: raised(prices.loadBalancer.processed) },
            },
          };
          const before = bill(site, what, span);
          const after = bill(dearer, what, span);
          for (const figure of ['total', 'perMillionUploads', 'perMonth', 'servers', 'transfer'] as const) {
            if (before[figure] === null) expect(after[figure]).toBeNull();
            else expect(after[figure]!).toBeGreaterThanOrEqual(before[figure]);
          }
        },
      ),
    );
  });
});
