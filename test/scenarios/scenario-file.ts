/**
 * Runs the files of scenarios/, for tests of what their head comments claim.
 *
 * A claim holds for the scenario's own seed and for others: `eachSeed` runs a test with its own and one more;
 * SCENARIO_SEEDS=10 npx vitest run test/scenarios takes ten more, as was done before the claims were written down.
 */
import { readdirSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { BackgroundResult, TopologyResult, UploadTable } from '../../src/result.js';
import { uploadStatus } from '../../src/result.js';
import { loadScenario } from '../../src/scenario/load.js';
import { type Run, runScenario } from '../../src/study/run.js';

const folder = 'scenarios';

export const scenarioFiles = readdirSync(folder)
  .filter(file => file.endsWith('.yaml'))
  .sort();

export const pathOf = (file: string): string => `${folder}/${file}`;

interface Choice {
  readonly set?: readonly string[];
  readonly seed?: string;
  readonly topologies?: readonly string[];
}

const runs = new Map<string, Promise<Run>>();

/** Runs a file of scenarios/ in this process; the same run is run once. */
export function runFile(file: string, choice: Choice = {}): Promise<Run> {
  const key = JSON.stringify([file, choice]);
  const run = runs.get(key) ?? load(file, choice).then(loaded => runScenario(loaded));
  runs.set(key, run);
  return run;
}

function load(file: string, { set = [], ...selection }: Choice) {
  return loadScenario(pathOf(file), set, selection);
}

const others = Number(process.env.SCENARIO_SEEDS ?? 1);
/** The other seeds. */
export const seeds = Array.from({ length: others }, (_, k) => `other ${k + 1}`);

/** A test of one run of a file for each seed. */
export function eachSeed(file: string, claim: (run: Run) => void, choice: Omit<Choice, 'seed'> = {}): void {
  it('with its own seed', async () => claim(await runFile(file, choice)));
  it.each(seeds)('with seed "%s"', async seed => claim(await runFile(file, { ...choice, seed })));
}

export function topologyOf({ result }: Run, name: string): TopologyResult {
  return result.topologies.find(topology => topology.name === name)!;
}

export function backgroundOf(run: Run, topology: string, name: string): BackgroundResult {
  return topologyOf(run, topology).background.find(background => background.name === name)!;
}

export function uploadsOf({ uploads }: Run, topology: string): UploadTable {
  return uploads.find(table => table.topology === topology)!;
}

const succeeded = uploadStatus.indexOf('succeeded');
const failed = uploadStatus.indexOf('failed');

/** The rows of uploads that failed in the end. */
export function failedRows({ count, status }: UploadTable): number[] {
  return Array.from({ length: count }, (_, row) => row).filter(row => status[row] === failed);
}

/** Latencies in ascending order of the uploads that `where` picks by their row; infinite where one did not succeed. */
export function latencies(
  { count, start, end, status }: UploadTable,
  where: (row: number) => boolean,
): Float64Array {
  const rows = Array.from({ length: count }, (_, row) => row).filter(where);
  const spans = rows.map(row => (status[row] === succeeded ? end[row]! - start[row]! : Infinity));
  return Float64Array.from(spans).sort();
}

/** Nearest rank. */
export function quantile(ascending: Float64Array, share: number): number {
  expect(ascending.length).toBeGreaterThan(0);
  return ascending[Math.ceil(share * ascending.length) - 1]!;
}

/** How many uploads succeeded in [from, to). */
export function completedIn({ count, end, status }: UploadTable, from: number, to: number): number {
  let completed = 0;
  for (let row = 0; row < count; row++) {
    if (status[row] === succeeded && end[row]! >= from && end[row]! < to) completed++;
  }
  return completed;
}

/** The mean of a series over whole bins in [from, to). */
export function meanIn(
  { series }: TopologyResult,
  figure: 'threads' | 'backlog' | 'networkIn' | 'networkOut' | 'cpu',
  from: number,
  to: number,
): number {
  const bins = series.time.flatMap((time, bin) =>
    time >= from && time + series.binWidth <= to ? [series[figure][bin]!] : [],
  );
  expect(bins.length).toBeGreaterThan(0);
  return bins.reduce((sum, value) => sum + value, 0) / bins.length;
}

/** Equal but for a share of the expected value. */
export function expectAbout(value: number | null, expected: number, share: number): void {
  expect(value).not.toBeNull();
  expect(value!).toBeGreaterThanOrEqual(expected * (1 - share));
  expect(value!).toBeLessThanOrEqual(expected * (1 + share));
}

/** Strictly between two values. */
export function expectBetween(value: number | null, low: number, high: number): void {
  expect(value).not.toBeNull();
  expect(value!).toBeGreaterThan(low);
  expect(value!).toBeLessThan(high);
}

/** Each start and end of an upload in ascending order, with the number of uploads under way after it. */
export function* uploadsInSystem({ count, start, end }: UploadTable): Generator<readonly [number, number]> {
  const changes: [instant: number, change: number][] = [];
  for (let row = 0; row < count; row++) {
    changes.push([start[row]!, 1]);
    if (!Number.isNaN(end[row]!)) changes.push([end[row]!, -1]);
  }
  changes.sort(([a], [b]) => a - b);
  let inSystem = 0;
  for (const [instant, change] of changes) {
    inSystem += change;
    yield [instant, inSystem];
  }
}
