/** The measured runs, and the same runs simulated: the set-up of the README beside this file, nothing fitted. */
import type { UploadTable } from '../../src/result.js';
import { csvRows, csvText } from '../theory/csv-rows.js';
import { type Part, runText } from '../theory/scenario-text.js';

export interface Upload {
  /** Seconds since the beginning of the burst. */
  readonly start: number;
  readonly end: number;
  readonly bytes: number;
}

export const repeats = [1, 2, 3] as const;

export function measured(name: string, repeat: number): Upload[] {
  const rows = csvRows(new URL(`data/S1q-${name}-r${repeat}.csv`, import.meta.url));
  return rows.map(({ start_s, end_s, bytes, status }) => {
    if (status !== '200') throw new Error(`an upload of ${name} failed`);
    return { start: Number(start_s), end: Number(end_s), bytes: Number(bytes) };
  });
}

export const setUp: Part = {
  name: 'shaped links',
  clients: [{ name: 'namespace', rtt: '0.1ms' }],
  transport: { tls: 'none' },
  server: {
    threads: 'unlimited',
    backlog: 'unlimited',
    memory: 'unlimited',
    cores: 1,
    cpu: { perRequest: '0.5ms', perMiB: '10ms' },
    network: { in: '100Mbps', out: '100Mbps', efficiency: 0.9564, queue: '50ms' },
  },
  storage: {
    network: { in: '300Mbps', out: 'unlimited', efficiency: 0.9564, queue: '66ms' },
    perConnection: 'unlimited',
    firstByte: '3ms',
    requestRate: 'unlimited',
  },
  valetKey: { authorise: '0s', sign: '1.1ms' },
};

/** Replays the arrivals of a measured run; one run for each seed. */
export function simulated(kind: string, arrivals: readonly Upload[], seeds: readonly number[]): Upload[][] {
  const trace = csvText(
    'start,size',
    arrivals.map(({ start, bytes }) => [start, bytes]),
  );
  const workload = { uploads: { arrivals: { trace: 'arrivals.csv' } } };
  const scenario = { ...setUp, workload, topologies: [kind] };
  return seeds.map(seed => {
    const { uploads } = runText(scenario, { 'arrivals.csv': trace }, String(seed));
    return fromTable(uploads[0]!);
  });
}

function fromTable({ count, start, end, size }: UploadTable): Upload[] {
  return Array.from({ length: count }, (_, i) => ({ start: start[i]!, end: end[i]!, bytes: size[i]! }));
}

export interface Figures {
  readonly makespan: number;
  readonly mean: number;
  readonly p50: number;
  readonly p99: number;
}

export const figureNames = ['makespan', 'mean', 'p50', 'p99'] as const;

export function figuresOf(uploads: readonly Upload[]): Figures {
  const latencies = uploads.map(({ start, end }) => end - start).sort((a, b) => a - b);
  const n = latencies.length;
  return {
    makespan: Math.max(...uploads.map(({ end }) => end)) - Math.min(...uploads.map(({ start }) => start)),
    mean: latencies.reduce((sum, latency) => sum + latency, 0) / n,
    p50: latencies[Math.ceil(n / 2) - 1]!,
    p99: latencies[Math.ceil(0.99 * n) - 1]!,
  };
}

export function average(all: readonly Figures[]): Figures {
  const of = (name: keyof Figures) => all.reduce((sum, figures) => sum + figures[name], 0) / all.length;
  return { makespan: of('makespan'), mean: of('mean'), p50: of('p50'), p99: of('p99') };
}

export function middle(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
}
