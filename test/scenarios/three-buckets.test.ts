/** scenarios/three-buckets.yaml: what a rush of videos does to invoices and avatars, by bucket. */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseScenario } from '../../src/scenario/parse.js';
import { type Run, runScenario } from '../../src/study/run.js';
import { csvRows } from '../theory/csv-rows.js';
import {
  backgroundOf,
  expectAbout,
  expectBetween,
  latencies,
  pathOf,
  quantile,
  runFile,
  seeds,
  topologyOf,
  uploadsOf,
} from './scenario-file.js';

const file = 'three-buckets.yaml';
const csv = 'scenarios/three-buckets.csv';
const script = 'scenarios/three-buckets.mjs';
const proxies = ['proxy-buffered', 'proxy-streaming'] as const;

/** Minutes 0 to 4, and 4 to 7: the rush and what is left of it. */
const quiet = [0, 240] as const;
const rush = [240, 420] as const;

/** A percentile of the uploads to a bucket that began in [from, to), in seconds. */
function percentile(
  run: Run,
  topology: string,
  bucket: string,
  share: number,
  [from, to]: readonly [number, number],
): number {
  const table = uploadsOf(run, topology);
  const picked = latencies(
    table,
    row =>
      table.buckets[table.bucket[row]!] === bucket && table.start[row]! >= from && table.start[row]! < to,
  );
  expect(picked.length).toBeGreaterThan(100);
  return quantile(picked, share);
}

const generated = (...seed: string[]) =>
  execFileSync(process.execPath, [script, ...seed], { encoding: 'utf8' });

/** Claims about the trace of the scenario, and about others of the same kind. */
function eachTrace(claim: (run: Run) => void, overrides: readonly string[] = []): void {
  it('in the trace of the scenario', async () => claim(await runFile(file, { set: overrides })));
  it.each(seeds)('in the trace of seed "%s"', seed => {
    const bytes = new TextEncoder().encode(generated(seed));
    const readFile = () => ({ ok: true as const, bytes });
    const parsed = parseScenario(readFileSync(pathOf(file), 'utf8'), { file, overrides, readFile });
    claim(runScenario({ ...parsed, file, sha256: '' }));
  });
}

describe('the trace', () => {
  it('is what its script writes', () => {
    expect(readFileSync(csv, 'utf8')).toBe(generated());
  });

  it('is what the comment says', () => {
    const rows = csvRows(new URL(`../../${csv}`, import.meta.url));
    const of = (bucket: string, [from, to]: readonly [number, number]) =>
      rows.filter(row => row.bucket === bucket && Number(row.start) >= from && Number(row.start) < to);
    const median = (numbers: number[]) => quantile(Float64Array.from(numbers).sort(), 0.5);
    const sizes = (bucket: string) => median(of(bucket, [0, 720]).map(({ size }) => Number(size)));
    const uplinks = (bucket: string) => median(of(bucket, [0, 720]).map(({ uplink }) => Number(uplink) * 8));
    // Numbers of a Poisson process: within 4 standard deviations.
    const arrive = (bucket: string, span: readonly [number, number], rate: number) => {
      const mean = rate * (span[1] - span[0]);
      expect(Math.abs(of(bucket, span).length - mean)).toBeLessThan(4 * Math.sqrt(mean));
    };
    arrive('media-uploads', [0, 240], 1);
    arrive('media-uploads', [240, 360], 6);
    arrive('media-uploads', [360, 720], 1);
    arrive('secure-invoices', [0, 720], 1);
    arrive('user-profiles', [0, 720], 1.5);
    // Of 700 and more: the median of a lognormal with a sigma of 0.77 is off by 4%.
    expectAbout(sizes('media-uploads'), 25e6, 0.15);
    expectAbout(sizes('secure-invoices'), 300e3, 0.15);
    expectAbout(sizes('user-profiles'), 200e3, 0.15);
    expectAbout(uplinks('media-uploads'), 12e6, 0.15);
    expectAbout(uplinks('secure-invoices'), 50e6, 0.15);
    expectAbout(uplinks('user-profiles'), 9e6, 0.15);
    const bytes = of('media-uploads', [240, 360]).reduce((sum, { size }) => sum + Number(size), 0);
    expectAbout(bytes / 120, 180e6, 0.03);
    expect(Math.round((0.9415 * 1.25e9) / 8 / 1e6)).toBe(147);
  });
});

describe('in the quiet the proxies are a little faster', () => {
  eachTrace(run => {
    for (const name of proxies) {
      expectAbout(percentile(run, name, 'secure-invoices', 0.5, quiet), 0.16, 0.1);
      expect(percentile(run, name, 'secure-invoices', 0.95, quiet)).toBeLessThan(0.35);
      const avatars = (topology: string) => percentile(run, topology, 'user-profiles', 0.5, quiet);
      expect(avatars(name)).toBeLessThan(avatars('valet-key'));
    }
    expectAbout(percentile(run, 'valet-key', 'secure-invoices', 0.5, quiet), 0.21, 0.1);
  });
});

describe.each(proxies)('%s, in the rush', name => {
  eachTrace(run => {
    const { threads } = topologyOf(run, name).server;
    expectBetween(threads.saturatedAt, ...rush);
    for (const bucket of ['secure-invoices', 'user-profiles']) {
      expect(percentile(run, name, bucket, 0.95, rush)).toBeGreaterThan(4);
    }
    const videos = (span: readonly [number, number]) => percentile(run, name, 'media-uploads', 0.5, span);
    expectBetween(videos(rush) / videos(quiet), 1.5, 3);
    expect(backgroundOf(run, name, 'GET /feed').latency.p99).toBeGreaterThan(2);
  });

  it('in this trace', async () => {
    const run = await runFile(file);
    expect(percentile(run, name, 'secure-invoices', 0.95, rush)).toBeGreaterThan(10);
    expect(backgroundOf(run, name, 'GET /feed').latency.p99).toBeGreaterThan(5);
  });
});

describe('valet-key', () => {
  eachTrace(run => {
    for (const span of [quiet, rush]) {
      expect(percentile(run, 'valet-key', 'secure-invoices', 0.95, span)).toBeLessThan(0.4);
    }
    const videos = (span: readonly [number, number]) =>
      percentile(run, 'valet-key', 'media-uploads', 0.5, span);
    expectAbout(videos(rush), videos(quiet), 0.25);
    expectAbout(backgroundOf(run, 'valet-key', 'GET /feed').slowdown.p99, 1, 0.05);
  });
});

describe('with 1000 threads', () => {
  const claim = (run: Run) => {
    for (const name of proxies) expect(topologyOf(run, name).server.backlog.peak).toBe(0);
    expectBetween(percentile(run, 'proxy-streaming', 'secure-invoices', 0.95, rush), 1, 2);
    const { upstream } = topologyOf(run, 'proxy-buffered').server;
    expect(upstream!.peak).toBe(50);
  };
  eachTrace(claim, ['server.threads=1000']);
});
