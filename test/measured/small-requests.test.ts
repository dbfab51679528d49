/**
 * A small request beside the uploads: the standing queues of the congested directions. The measured medians and
 * 99th percentiles, in milliseconds, are those of the README. Arrivals are random (seeds fixed); their number,
 * some 200 requests a run, and their spread of under 1 ms leave the median no room to move.
 */
import { expect, it } from 'vitest';
import { csvText } from '../theory/csv-rows.js';
import { runText } from '../theory/scenario-text.js';
import { measured, middle, setUp } from './runs.js';

const seeds = [1, 2, 3, 4, 5];

interface Beside {
  readonly p50: number;
  readonly p99: number;
  readonly idle: number;
}

/** Medians over the seeds, ms. `service` is what the measured idle request takes beyond the wire and the CPU. */
function beside(name: string, kind: string): Beside {
  const uploads = measured(name, 1);
  const until = Math.max(...uploads.map(({ end }) => end));
  const get = {
    name: 'get',
    arrivals: { rate: '20/s', for: `${until}s` },
    request: '200B',
    response: '1KB',
    service: '1.4ms',
  };
  const workload = { uploads: { arrivals: { trace: 'a.csv' } }, background: [get] };
  const trace = csvText(
    'start,size',
    uploads.map(({ start, bytes }) => [start, bytes]),
  );
  const runs = seeds.map(seed => {
    const { result } = runText({ ...setUp, workload, topologies: [kind] }, { 'a.csv': trace }, String(seed));
    return result.topologies[0]!.background[0]!;
  });
  const median = (of: (run: (typeof runs)[number]) => number | null) =>
    1000 * middle(runs.map(run => of(run)!));
  return {
    p50: median(run => run.latency.p50),
    p99: median(run => run.latency.p99),
    idle: median(run => run.baseline.p50),
  };
}

const off = (model: number, real: number) => Math.abs(model / real - 1);

it('beside buffered uploads, half of the requests meet one full queue', () => {
  const { p50, p99, idle } = beside('mem', 'proxy-buffered');
  expect(off(idle, 2.0)).toBeLessThan(0.1);
  expect(off(p50, 47)).toBeLessThan(0.15);
  // The model's queues are full or empty; measured ones are seldom both full to the brim.
  expect(off(p99, 76)).toBeLessThan(0.5);
  expect(p99).toBeGreaterThan(76);
});

it('beside streamed uploads every request meets two', () => {
  const { p50, p99 } = beside('stream', 'proxy-streaming');
  expect(off(p50, 71)).toBeLessThan(0.5);
  expect(off(p99, 78)).toBeLessThan(0.5);
  expect(p50).toBeGreaterThan(beside('mem', 'proxy-buffered').p50);
});

it('beside valet-key uploads it hardly notices them', () => {
  const { p50, p99 } = beside('valet', 'valet-key');
  expect(off(p50, 2.4)).toBeLessThan(0.15);
  // The burst of signing: 50 x 1.6 ms of one core, of which a request in the midst of it waits for a part.
  expect(p99).toBeLessThan(2 * 18);
});
