/** Whole replays with all measures, as many uploads or requests a second as the machine makes of them. */
import { replay } from '../../src/replay/replay.js';
import type { TopologySpec } from '../../src/scenario/types.js';
import { selfChecks } from '../../src/study/self-checks.js';
import { drawWorkload } from '../../src/workload/draw.js';
import type { Workload } from '../../src/workload/workload.js';
import { exponentialServers, millionUploads } from './scenarios.js';

const options = { seed: 'bench', horizon: Number.POSITIVE_INFINITY, warmup: 0 };

export function benchReplay(print: (line: string) => void): void {
  const many = millionUploads(1_000_000);
  const uploads = drawWorkload(many, 'bench');
  print('whole replay of 1,000,000 uploads, all in flight at the peak, with all measures');
  for (const spec of many.topologies) {
    const { seconds, peak } = timed(spec, uploads);
    print(
      `  ${spec.kind.padEnd(16)} ${rate(1e6 / seconds)} uploads/s, ${peak} in flight at the peak, ` +
        `resident ${Math.round(process.memoryUsage().rss / 1e6)} MB`,
    );
  }
  const queue = exponentialServers(1_000_000);
  const requests = drawWorkload(queue, 'bench');
  print('M/M/1 at rho 0.9, 1,000,000 background requests, fully measured');
  const times = Array.from({ length: 5 }, () => timed(queue.topologies[0]!, requests).seconds);
  print(`  ${rate(1e6 / median(times))} requests/s (median of 5)`);
}

function timed(spec: TopologySpec, workload: Workload): { seconds: number; peak: number } {
  globalThis.gc?.();
  const before = process.hrtime.bigint();
  const run = replay(spec, workload, options);
  const seconds = Number(process.hrtime.bigint() - before) / 1e9;
  const broken = selfChecks(run, run.offered).filter(check => !check.ok);
  if (broken.length > 0) throw new Error(`${spec.name}: ${broken.map(check => check.name).join(', ')}`);
  return { seconds, peak: run.recorder.active.peak };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;
}

function rate(perSecond: number): string {
  return Math.round(perSecond).toLocaleString('en');
}
