import { describe, expect, it } from 'vitest';
import { formatOf, metricOf } from '../../src/present/metrics.js';
import { bytes, count, dollars, duration, percent, rate, ratio } from '../../src/readable.js';
import { metricKinds } from '../../src/scenario/objectives.js';

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
    ['server.bytes', 5e9, '5 GB'],
    ['storage.abandonedBytes', 0, '0 B'],
    ['storage.orphanBytes', 2e6, '2 MB'],
    ['goodput', 1e6, '1 MB/s'],
    ['server.crashes', 3, '3'],
    ['cost.total', 12.5, '$12.50'],
  ])('writes %s in its unit', (metric, value, text) => {
    expect(formatOf(metric)(value)).toBe(text);
  });

  it('writes whatever an objective can name in the unit of its limit', () => {
    const formats = { time: duration, size: bytes, share: percent, rate, dollars };
    for (const [metric, kind] of metricKinds()) {
      const format = formatOf(metric.replace('NAME', 'GET /feed'));
      if (kind in formats) expect(format, metric).toBe(formats[kind as keyof typeof formats]);
      else expect([count, ratio], metric).toContain(format);
    }
  });
});
