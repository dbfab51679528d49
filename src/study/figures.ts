import type { FleetGauge } from '../measure/gauge.js';
import type { Sample } from '../measure/sample.js';
import type { Usage as Meter } from '../measure/usage.js';
import type { Distribution, Percentiles, Usage } from '../result.js';

/** A capacity as the result states it: null where it is unlimited. */
export function finite(value: number): number | null {
  return Number.isFinite(value) ? value : null;
}

export function ratio(a: number | null, b: number | null): number | null {
  return a === null || b === null || b === 0 ? null : a / b;
}

/** Order statistics of a sample among `outOf` values, those that are missing being infinite. */
export function percentilesOf(sample: Sample, outOf = sample.count): Percentiles {
  return {
    p50: sample.quantile(0.5, outOf),
    p90: sample.quantile(0.9, outOf),
    p95: sample.quantile(0.95, outOf),
    p99: sample.quantile(0.99, outOf),
    max: sample.quantile(1, outOf),
  };
}

export function distributionOf(sample: Sample): Distribution {
  return { mean: sample.mean, ...percentilesOf(sample) };
}

/** A meter over the window up to `to`. */
export function usageOf(meter: Meter, to: number): Usage {
  return usage(meter, to, meter.saturatedFor(to), () => meter.saturatedAt);
}

/** The fleet's sum; saturated while any of its servers is. */
export function fleetUsageOf(gauge: FleetGauge, to: number): Usage {
  for (const server of gauge.servers) server.integral(to);
  return usage(gauge.fleet, to, gauge.saturatedFor(to), () => gauge.saturatedAt());
}

function usage(meter: Meter, to: number, saturatedFor: number, saturatedAt: () => number | null): Usage {
  const mean = meter.mean(to);
  return {
    capacity: finite(meter.capacity),
    mean,
    peak: meter.peak,
    utilization: Number.isFinite(meter.capacity) ? mean / meter.capacity : null,
    saturatedAt: saturatedAt(),
    saturatedFor,
  };
}
