import { describe, expect, it } from 'vitest';
import { bits, bytes, count, duration, noValue, percent, rate, ratio } from '../../src/readable.js';
import {
  costLine,
  direction,
  everythingFailed,
  fixtures,
  fourTopologies,
  noTimes,
  oddNames,
  oneTopology,
  oneUpload,
  priced,
  result,
  selfCheckBroken,
  server,
  severalServers,
  sloMissed,
  steady,
  threads,
  topology,
  twoTopologies,
  unlimited,
  usage,
  valetKey,
  withBackground,
} from './fixtures.js';
import { part, row, show, widest } from './screen.js';

const all = Object.entries(fixtures);
const widths = [60, 80, 100, 160] as const;

describe('every report', () => {
  it.each(all)('%s fits the width', (_, fixture) => {
    for (const width of widths) expect(widest(show(fixture, width))).toBeLessThanOrEqual(width);
  });

  it.each(all)('%s never shows what is not a figure', (_, fixture) => {
    for (const width of widths) expect(show(fixture, width)).not.toMatch(/NaN|\bnull\b|undefined|Infinity/);
  });

  it.each(all)('%s holds no control characters but newlines', (_, fixture) => {
    expect(show(fixture).replaceAll('\n', '')).not.toMatch(/\p{Cc}|(?!\u200d)\p{Cf}/u);
  });

  it.each(all)('%s says the same with colour and without', (_, fixture) => {
    const coloured = show(fixture, 100, { FORCE_COLOR: '1' });
    expect(coloured).toContain('\u001b[');
    // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colour is made of
    expect(coloured.replace(/\u001b\[\d+(?:;\d+)*m/g, '').replace(/ +$/gm, '')).toBe(show(fixture));
  });

  it.each(all)('%s has neither trailing spaces nor gaps of more than a line', (_, fixture) => {
    expect(show(fixture)).not.toMatch(/ \n|\n\n\n|\n\n$/);
  });

  it.each(all)('%s has the same figures at every width', (_, fixture) => {
    const { name, uploads, makespan, goodput } = fixture.topologies[0];
    for (const width of widths) {
      const cells = row(part(show(fixture, width), 'Uploads'), width < 80 && name.length > 15 ? '' : name);
      if (cells.length === 0) continue;
      expect(cells).toEqual(
        expect.arrayContaining([
          count(uploads.offered),
          count(uploads.failed),
          duration(makespan),
          rate(goodput),
        ]),
      );
    }
  });
});

describe('the header', () => {
  it('names scenario, seed, version and workload', () => {
    const [name, facts, workload] = show(twoTopologies).split('\n');
    expect(name).toBe('1,000 concurrent 50 MB uploads');
    expect(facts).toBe('seed 42 · 2 topologies · scenarios/1000-uploads.yaml · valet-sim 0.1.0');
    expect(workload).toBe('1,000 uploads of 50MB, all at 0s');
  });

  it('counts background requests', () => {
    expect(show(withBackground)).toContain('; 29,871 background requests (GET /feed)');
  });

  it.each<[object, string]>([
    [{ rate: '5/s', for: '10m' }, '1,000 uploads of 50MB, 5/s for 10m'],
    [{ count: 1000, over: '60s' }, '1,000 uploads of 50MB spread over 60s'],
    [{ users: 30, think: '5s', for: '10m' }, '1,000 uploads of 50MB by 30 users in 10m'],
    [{ trace: 'day.csv' }, '1,000 uploads of 50MB, replayed from day.csv'],
    [{ rate: [{ until: '1m', rate: '2/s' }] }, '1,000 uploads of 50MB'],
  ])('describes the arrivals %o', (arrivals, text) => {
    const scenario = {
      ...oneTopology.scenario,
      resolved: { workload: { uploads: { arrivals, size: '50MB' } } },
    };
    expect(show({ ...oneTopology, scenario }).split('\n')[2]).toBe(text);
  });

  it('says "1 upload" of one', () => {
    expect(show(oneUpload).split('\n')[2]).toBe('1 upload of 50MB, all at 0s');
    const [{ background }] = withBackground.topologies;
    const single = result([topology('a', { background: [{ ...background[0], offered: 1 }] })]);
    expect(show(single).split('\n')[2]).toContain('; 1 background request (GET /feed)');
  });

  it('gives the range where a closed loop offers each topology a number of its own', () => {
    const { uploads } = oneTopology.topologies[0];
    const less = valetKey('valet-key', { uploads: { ...uploads, offered: 980 } });
    expect(show(result([topology('a'), less])).split('\n')[2]).toContain('980 to 1,000 uploads');
  });

  it('copes with a resolved scenario of any shape', () => {
    for (const resolved of [null, 1, 'x', [], { workload: 3 }, { workload: { uploads: null } }])
      expect(() => show({ ...oneTopology, scenario: { ...oneTopology.scenario, resolved } })).not.toThrow();
  });
});

describe('uploads', () => {
  it.each(fourTopologies.topologies.map(t => [t.name, t] as const))('shows the figures of %s', (name, t) => {
    const cells = row(part(show(fourTopologies, 160), 'Uploads'), name);
    expect(cells).toEqual([
      count(t.uploads.offered),
      count(t.uploads.succeeded),
      count(t.uploads.failed),
      ...[t.completion.p50, t.completion.p95, t.completion.p99, t.completion.max].map(duration),
      ...[t.latency.mean, t.latency.p50, t.latency.p99].map(duration),
      ...[t.timeToToken?.mean, t.timeToToken?.p50, t.timeToToken?.p99].map(duration),
      duration(t.makespan),
      rate(t.goodput),
    ]);
  });

  it('shows failures and what is unfinished, and why a percentile is missing', () => {
    const text = part(show(everythingFailed), 'Uploads');
    expect(text).toContain('unfinished');
    expect(row(text, 'proxy-buffered').slice(0, 8)).toEqual([
      '1,000',
      '0',
      '998',
      '2',
      ...Array(4).fill(noValue),
    ]);
    expect(text).toContain('— where the rank falls on one that did not succeed');
  });

  it('says that no upload counts where all arrived within the warm-up', () => {
    const none = { latency: noTimes, completion: noTimes };
    const text = show(result([topology('a', none)]));
    expect(text).toContain('All uploads arrived within the warm-up, so none counts');
    expect(text).not.toContain('did not succeed');
  });

  it('leaves open why there are no times where uploads failed and there was a warm-up', () => {
    const scenario = { ...oneTopology.scenario, resolved: { warmup: '60s' } };
    const text = show({ ...everythingFailed, scenario }).replace(/\s+/g, ' ');
    expect(text).toContain('that arrived after the warm-up; — where the rank falls on one that did not');
    expect(text).toContain('or where there is none');
  });

  it('leaves out columns and remarks that would say nothing', () => {
    const text = show(oneUpload);
    for (const absent of [
      'unfinished',
      'signed URL',
      'where the rank',
      'histogram',
      'Failures',
      'Objectives',
      'Cost',
    ])
      expect(text).not.toContain(absent);
  });

  it('says when percentiles are approximate', () => {
    expect(show(result([topology('a', { quantiles: 'histogram' })]))).toContain(
      'at most 0.1% relative error',
    );
  });
});

describe('resources', () => {
  it('shows capacity, use and saturation', () => {
    const { threads, networkIn, memory } = oneTopology.topologies[0].server;
    const text = part(show(oneTopology), 'Resources');
    expect(row(text, 'threads')).toEqual([
      count(threads.capacity),
      count(threads.peak),
      count(threads.mean),
      percent(threads.utilization),
      duration(threads.saturatedAt),
      duration(threads.saturatedFor),
    ]);
    expect(row(text, 'network in').slice(0, 2)).toEqual([bits(networkIn.capacity), bits(networkIn.peak)]);
    expect(row(text, 'memory').slice(4)).toEqual([noValue, noValue]);
    expect(row(text, 'memory')[1]).toBe(bytes(memory.peak));
  });

  it('says "unlimited", and leaves out what was not used', () => {
    const text = part(show(unlimited), 'Resources');
    expect(row(text, 'threads').slice(0, 2)).toEqual(['unlimited', '1,000']);
    expect(row(text, 'threads')[3]).toBe(noValue);
    for (const unused of ['CPU cores', 'backlog', 'upstream', 'storage out'])
      expect(text).not.toContain(unused);
  });

  it('says "an instant" where something was full for no time at all', () => {
    const memory = usage(16e9, 16e9, { saturatedAt: 3, saturatedFor: 0 });
    const text = show(result([topology('a', { server: { ...server({ memory }), ...steady, servers: [] } })]));
    expect(row(part(text, 'Resources'), 'memory').slice(4)).toEqual(['3 s', 'an instant']);
  });

  it('counts instants from the begin where the clock has too many digits', () => {
    const late = (from: number) => {
      const memory = usage(16e9, 16e9, { saturatedAt: from + 3, saturatedFor: 2 });
      const one = server({ memory, threads: threads(4, 1), networkIn: direction(1e9, 0), upstream: null });
      const t = topology('a', {
        window: [from, from + 10],
        server: { ...one, ...steady, servers: [one, one] },
      });
      return show(result([t]), 160);
    };
    for (const from of [0, 50, 1.7e9]) {
      const [resources, servers] = ['Resources', 'Servers'].map(heading => part(late(from), heading));
      const shown = from === 50 ? '53 s' : '3 s';
      expect(row(resources, 'memory').slice(4)).toEqual([shown, '2 s']);
      expect(row(servers, 'server 1')).toContain(shown);
      const said = "Instants are counted from 1,700,000,000 s on the scenario's clock.";
      expect([resources.includes(said), servers.includes(said)]).toEqual([from > 50, from > 50]);
    }
    const idle = server({ threads: threads(4, 1), networkIn: direction(1e9, 0), upstream: null });
    const none = topology('a', {
      window: [1.7e9, 1.7e9 + 9],
      server: { ...idle, ...steady, servers: [idle, idle] },
    });
    for (const heading of ['Resources', 'Servers'])
      expect(part(show(result([none])), heading)).not.toContain('Instants');
  });

  it('tells of crashes', () => {
    expect(show(severalServers)).toContain('four servers: 2 crashes of a server, 60 s down in all');
    expect(show(oneTopology)).not.toContain('crash');
  });

  it('shows how long a thread is held', () => {
    const text = part(show(twoTopologies), 'Thread hold time of an upload');
    expect(row(text, 'proxy-buffered')).toEqual(['3.21 s', '2.98 s', '12.4 s']);
    expect(show(unlimited)).not.toContain('Thread hold time');
  });

  it('gives each of several servers a row, up to a number', () => {
    const text = part(show(severalServers, 160), 'Servers');
    expect(text.match(/server \d+/g)).toHaveLength(4 + 8);
    expect(text).toContain('twenty servers: 12 more servers in the JSON result.');
    expect(row(text, 'server 2')).toEqual(expect.arrayContaining(['40%', '23.3%', '61.2 ms', '1', '30 s']));
    expect(show(oneTopology)).not.toContain('Servers');
  });
});

describe('failures', () => {
  it('lists reasons with uploads and attempts', () => {
    const text = part(show(everythingFailed), 'Failures');
    expect(row(text, 'proxy-buffered')).toEqual(['998', '99.8%', '5,799', '99.98%', '188 GB']);
    expect(row(text, 'overloaded')).toEqual(['600', '60%', '3,000', '51.7%']);
    expect(row(text, 'timeout')).toEqual(['0', '0%', '1', percent(1 / 5800)]);
  });
});

describe('a budget of retries', () => {
  const withBudget = (retriesDenied: number) => ({
    ...everythingFailed,
    topologies: everythingFailed.topologies.map(topology => ({
      ...topology,
      uploads: { ...topology.uploads, retriesDenied },
    })),
  });

  it('says under the failures what it had no room for', () => {
    expect(part(show(withBudget(1234)), 'Failures')).toMatch(
      /Retries for which the budget had no room: proxy-buffered 1,234/,
    );
    expect(show(withBudget(0))).not.toContain('budget');
  });
});

describe('background requests', () => {
  it('sets latency beside the baseline', () => {
    const { latency, baseline, slowdown } = withBackground.topologies[0].background[0];
    const text = part(show(withBackground, 160), 'Background requests');
    expect(row(text, 'GET /feed').slice(0, 8)).toEqual([
      '29,871',
      '11',
      duration(latency.p50),
      duration(latency.p99),
      duration(baseline.p50),
      duration(baseline.p99),
      ratio(slowdown.p50),
      ratio(slowdown.p99),
    ]);
    expect(row(text, 'GET /feed').slice(8).at(-1)).toBe(noValue);
  });
});

describe('objectives', () => {
  it('shows value and verdict', () => {
    const text = part(show(sloMissed), 'Objectives');
    expect(row(text, 'completion.p99 < 10m')).toEqual(['10.5 min', 'MISSED']);
    expect(row(text, 'failed < 0.1%')).toEqual(['0%', 'met']);
    expect(row(text, 'background.GET /feed.slowdown.p99 <= 2')).toEqual([noValue, 'MISSED']);
  });
});

describe('comparison', () => {
  it('shows ratio and signed difference in the unit of the metric', () => {
    const text = part(show(twoTopologies), 'Comparison');
    expect(text).toContain('\nvalet-key\n');
    expect(text).toContain('Ratios and differences are to proxy-buffered.');
    expect(row(text, 'completion.p99')).toEqual(['0.136×', '-9.1 min']);
    expect(row(text, 'goodput')).toEqual([noValue, '+439 MB/s']);
    expect(text).not.toContain('interval');
  });

  it('names the baseline of each pair where there are several', () => {
    const [entry] = twoTopologies.comparison;
    const comparison = [entry, { ...entry, baseline: 'valet-key', topology: 'third' }];
    const text = part(show({ ...twoTopologies, comparison }), 'Comparison');
    expect(text).toContain('valet-key against proxy-buffered');
    expect(text).toContain('third against valet-key');
    expect(text).not.toContain('Ratios and differences');
  });

  it('shows confidence intervals where there are any', () => {
    expect(row(part(show(oddNames), 'Comparison'), 'makespan')).toEqual([
      '2×',
      '+10 s',
      '-1 s to +21 s',
      'not distinguishable',
    ]);
  });
});

describe('trust', () => {
  it('says how many self-checks hold', () => {
    expect(show(twoTopologies)).toContain('self-checks: 6 of 6 hold');
    expect(show(everythingFailed)).toContain('self-checks: none were made');
  });

  it('is loud about a broken one', () => {
    const text = show(selfCheckBroken);
    expect(text).toContain('!!! self-checks: 1 of 2 hold');
    expect(text).toContain('proxy-buffered: conservation of bytes');
    expect(text).toContain('do NOT trust this result');
  });

  it('leaves warnings to standard error', () => {
    const warned = { ...oneTopology, warnings: ['the sigma in use is far off'] };
    expect(show(warned)).toBe(show(oneTopology));
  });

  it('shows only costs that are known, and says what is left out', () => {
    const lines = [
      costLine('servers', 'server.price', 0.2, 'h', 0.1925),
      costLine('requests', 'storage.price', 1000, 'request', null),
    ];
    const { cost } = topology('a');
    const some = topology('a', { cost: { ...cost, servers: 0.0385, lines } });
    const text = part(show(result([some, topology('b')])), 'Cost');
    expect(row(text, 'a')).toEqual(['—', '—']);
    const known = ['0.2 h', '$0.193/h', '$0.0385', '$38.50'];
    expect(row(text, 'servers')).toEqual([...known, '0.2 h', '—', '—', '—']);
    expect(text).not.toContain('requests');
    expect(text.replace(/\s+/g, ' ')).toContain(
      'No total without storage.price, server.price, prices of bytes: what is unknown is not free.',
    );
    expect(show(priced)).not.toContain('No total');
  });

  it('shows cost only where prices are known', () => {
    const text = part(show(priced), 'Cost');
    expect(row(text, 'proxy-buffered')).toEqual(['$4.54', '$4,544']);
    expect(row(text, 'servers')).toEqual(['0.2 h', '$0.193/h', '$0.0385', '$38.50']);
    expect(row(text, 'storage requests')).toEqual(['1,000', '$5/million', '$0.005', '$5.00']);
    expect(row(text, 'NAT')).toEqual(['100 GB', '$0.045/GB', '$4.50', '$4,500']);
    // What costs nothing takes no line.
    expect(text).not.toContain('bytes in');
    expect(text).toContain('prices.runsPerMonth');
    expect(part(show(oneTopology), 'Cost')).toBe('');
    const { cost } = topology('a');
    const lines = [costLine('requests', 'storage.price', 1000, 'request', 5e-6)];
    const requests = topology('a', { cost: { ...cost, requests: 0.005, lines } });
    expect(part(show(result([requests])), 'Cost')).toBe('');
  });
});

describe('odd names', () => {
  it('keep the columns of a table in line', () => {
    const lines = part(show(oddNames, 100), 'Thread hold time of an upload').split('\n').filter(Boolean);
    const ends = new Set(lines.map(line => widest(line)));
    expect(lines).toHaveLength(6);
    expect(ends.size).toBe(1);
  });
});
