import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { toCsv } from '../../src/present/export/csv.js';
import { toJson } from '../../src/present/export/json.js';
import { uploadsCsv } from '../../src/present/export/uploads-csv.js';
import { failureReasons, type Result, type TopologyResult } from '../../src/result.js';
import {
  everythingFailed,
  fixtures,
  oneTopology,
  priced,
  result,
  severalServers,
  times,
  topology,
  twoTopologies,
  uploadTable,
  usage,
  withBackground,
} from './fixtures.js';

const all = Object.entries(fixtures);

describe('JSON', () => {
  it.each(all)('%s comes back as it was', (_, fixture) => {
    expect(JSON.parse(toJson(fixture))).toEqual(fixture);
  });

  it('keeps the order of keys, and each time series on a line of its own', () => {
    const text = toJson(oneTopology);
    expect(Object.keys(JSON.parse(text))).toEqual(Object.keys(oneTopology));
    expect(text).toContain('\n        "time": [0, 360, 720],\n');
    expect(text.endsWith('}\n')).toBe(true);
  });

  it.each([Number.NaN, Infinity, -Infinity, undefined, 1n, () => 1])(
    'refuses %s and says where it is',
    value => {
      const bad = { topologies: [{ a: [1, 2] }, { latency: { p50: value } }] };
      expect(() => toJson(bad)).toThrow('"topologies[1].latency.p50"');
    },
  );

  it('refuses NaN in a series', () => {
    expect(() => toJson({ series: { time: [0, Number.NaN] } })).toThrow('"series.time[1]"');
  });

  it('writes the smallest documents', () => {
    expect(toJson({})).toBe('{}\n');
    expect(toJson([])).toBe('[]\n');
    expect(toJson({ a: [], b: {}, c: [[], {}], d: -0 })).toBe(
      '{\n  "a": [],\n  "b": {},\n  "c": [\n    [],\n    {}\n  ],\n  "d": 0\n}\n',
    );
  });
});

describe('CSV', () => {
  const read = (text: string): Record<string, string>[] => parse(text, { columns: true });

  it('has a row per topology with columns named by JSON path', () => {
    const rows = read(toCsv([twoTopologies, withBackground]));
    expect(rows.map(row => row.name)).toEqual(['proxy-buffered', 'valet-key', 'proxy-buffered', 'valet-key']);
    const [{ uploads, completion, server }] = twoTopologies.topologies;
    expect(rows[0]).toMatchObject({
      'scenario.name': twoTopologies.scenario.name,
      seed: '42',
      kind: 'proxy-buffered',
      'uploads.offered': String(uploads.offered),
      'completion.p99': String(completion.p99),
      'server.threads.holdTime.p99': String(server.threads.holdTime.p99),
      'window[1]': '722.4',
    });
    expect(rows[2]['background[0].name']).toBe('GET /feed');
    expect(rows[0]['background[0].name']).toBe('');
  });

  it('has an empty cell for null and leaves series and curves out', () => {
    const [row] = read(toCsv([everythingFailed]));
    expect(row['latency.p50']).toBe('');
    expect(Object.keys(row).filter(name => /^(series|completionCurve)/.test(name))).toEqual([]);
  });

  it('has a column for every reason of failure, whether it happened or not', () => {
    const [row] = read(toCsv([oneTopology]));
    for (const reason of failureReasons) expect(row[`uploads.failures.${reason}`]).toBe('0');
    expect(read(toCsv([everythingFailed]))[0]['uploads.failures.overloaded']).toBe('600');
  });

  it('has the same columns whatever happened', () => {
    const columns = (t: TopologyResult) => toCsv([result([t])]).split('\n')[0];
    const [, valet] = severalServers.topologies;
    const [{ background, server }] = withBackground.topologies;
    const quiet = topology('a', { background });
    const busy = topology('a', {
      timeToToken: times(1),
      background: [{ ...background[0], failures: {} }],
      server: { ...server, upstream: null, disk: usage(1e9, 1e8), diskSpace: usage(null, 1e8) },
    });
    expect(columns(busy)).toBe(columns(quiet));
    const without = valet.server.servers.map(one => ({ ...one, upstream: null }));
    expect(columns({ ...valet, server: { ...valet.server, servers: without } })).toBe(columns(valet));
    const [row] = read(toCsv([oneTopology]));
    expect(row).toMatchObject({ 'timeToToken.mean': '', 'timeToToken.p99': '' });
    expect(row.timeToToken).toBeUndefined();
  });

  it('has a column for each figure of a line of costs, wherever in the list it stands', () => {
    const [cheap] = priced.topologies;
    const [servers, requests] = cheap.cost.lines;
    const other = { ...cheap, name: 'other', cost: { ...cheap.cost, lines: [requests, servers] } };
    const rows = read(toCsv([result([cheap, other])]));
    for (const row of rows) {
      expect(row).toMatchObject({
        'cost.total': '4.5435',
        'cost.lines.requests.quantity': '1000',
        'cost.lines.requests.dollars': '0.005',
        'cost.lines.servers.price': '0.1925',
        'cost.lines.servers.perMonth': '',
      });
    }
    expect(rows.map(row => row['cost.lines.nat.dollars'])).toEqual(['4.5', '']);
  });

  it.each(all)('%s says what the JSON says', (_, fixture) => {
    const leaves = (value: unknown, path: string): [string, unknown][] =>
      typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([key, inner]) =>
            leaves(inner, Array.isArray(value) ? `${path}[${key}]` : path === '' ? key : `${path}.${key}`),
          )
        : [[path, value]];
    const rows = read(toCsv([fixture]));
    const { topologies }: Result = JSON.parse(toJson(fixture));
    topologies.forEach(
      ({ series: _series, completionCurve: _curve, samples: _samples, n: _n, ...rest }, i) => {
        for (const [path, value] of leaves(rest, '')) {
          // What does not apply has an empty cell for each of its figures.
          if (
            /^(timeToToken|connections|tokens(\.life|\.left)?|storage\.partitions)$/.test(path) ||
            /\.(upstream|disk|diskSpace|burst|autoscale|health|requestKinds)$/.test(path)
          )
            continue;
          // Lines of costs go by their names.
          if (path.startsWith('cost.lines')) continue;
          expect([path, rows[i][path]]).toEqual([path, value === null ? '' : String(value)]);
        }
      },
    );
  });

  it.each(all)('%s is readable, names and all', (_, fixture) => {
    const rows = read(toCsv([fixture]));
    expect(rows.map(row => row.name)).toEqual(fixture.topologies.map(t => t.name));
  });

  it('refuses what is no figure', () => {
    const broken = { ...oneTopology, topologies: [{ ...oneTopology.topologies[0], makespan: Number.NaN }] };
    expect(() => toCsv([broken])).toThrow('"makespan"');
  });
});

describe('uploads CSV', () => {
  const text = (tables: Parameters<typeof uploadsCsv>[0]) => [...uploadsCsv(tables)].join('');

  it('writes a row per upload in full precision', () => {
    expect(text([uploadTable()])).toBe(
      'topology,replication,upload,start,end,latency,status,reason,attempts,size,client,server,bucket\n' +
        'proxy-buffered,0,0,0,12.345678901234567,12.345678901234567,succeeded,,1,50000000,cable,0,media-uploads\n' +
        'proxy-buffered,0,1,0.1,7.5,,failed,timeout,6,1,"4g, ""rural""",3,media-uploads\n' +
        'proxy-buffered,0,2,0.30000000000000004,,,unfinished,,2,1e+21,"4g, ""rural""",,"user\nprofiles"\n',
    );
  });

  it('orders by topology as they come, then replication', () => {
    const tables = [
      uploadTable({ topology: 'b', replication: 0 }),
      uploadTable({ topology: 'a', replication: 0 }),
      uploadTable({ topology: 'b', replication: 1 }),
      uploadTable({ topology: 'a', replication: 1 }),
    ];
    const rows: string[][] = parse(text(tables), { fromLine: 2 });
    expect(rows.filter((_, i) => i % 3 === 0).map(row => row.slice(0, 2).join())).toEqual([
      'b,0',
      'b,1',
      'a,0',
      'a,1',
    ]);
    expect(rows.slice(0, 3).map(row => row[2])).toEqual(['0', '1', '2']);
  });

  it('is a header where there are no uploads', () => {
    expect(text([uploadTable({ count: 0 })]).split('\n')).toHaveLength(2);
    expect(text([]).split('\n')).toHaveLength(2);
  });

  it('comes in small pieces, whatever the number of uploads', () => {
    const count = 100_000;
    const table = uploadTable({
      count,
      start: new Float64Array(count).fill(0.1),
      end: new Float64Array(count).fill(Math.PI * 1000),
      status: new Uint8Array(count).fill(1),
      reason: new Uint8Array(count),
      attempts: new Uint32Array(count).fill(1),
      size: new Float64Array(count).fill(50e6),
      client: new Uint16Array(count),
      server: new Int32Array(count),
      bucket: new Uint16Array(count),
    });
    let rows = 0;
    for (const piece of uploadsCsv([table])) {
      expect(piece.length).toBeLessThan(1 << 18);
      rows += piece.split('\n').length - 1;
    }
    expect(rows).toBe(count + 1);
  });
});
