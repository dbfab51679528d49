import { describe, expect, it } from 'vitest';
import { formatOf, metricOf } from '../../src/present/metrics.js';

describe('metrics of objectives', () => {
  it.each([
    ['latency.p99 < 60s', 'latency.p99'],
    ['failed<=0.1%', 'failed'],
    ['background.a<b.latency.p50 >= 2s', 'background.a<b.latency.p50'],
    ['goodput > 1MB/s', 'goodput'],
  ])('finds the metric of %s', (expr, metric) => {
    expect(metricOf(expr)).toBe(metric);
  });

  it.each<[string, number, string]>([
    ['latency.mean', 1.5, '1.5 s'],
    ['completion.p99', 632, '10.5 min'],
    ['timeToToken.max', 0.05, '50 ms'],
    ['background.GET /feed.latency.p99', 0.05, '50 ms'],
    ['makespan', 10, '10 s'],
    ['server.down', 30, '30 s'],
    ['failed', 0.01, '1%'],
    ['background.x.failed', 0.01, '1%'],
    ['server.cpu.utilization', 0.5, '50%'],
    ['background.x.slowdown.p50', 2, '2×'],
    ['server.memory.peak', 16e9, '16 GB'],
    ['goodput', 1e6, '1 MB/s'],
    ['server.crashes', 3, '3'],
    ['cost.total', 12.5, '$12.50'],
  ])('writes %s in its unit', (metric, value, text) => {
    expect(formatOf(metric)(value)).toBe(text);
  });
});
