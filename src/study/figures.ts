import type { FleetGauge } from '../measure/gauge.js';
import type { Sample } from '../measure/sample.js';
import type { Usage as Meter } from '../measure/usage.js';
import type { CompletionCurve, Distribution, Percentiles, TopologyResult, Usage } from '../result.js';

/** What was measured of a topology, before anything is judged or computed by hand. */
export type Figures = Omit<TopologyResult, 'slo' | 'byHand'>;

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

/** The same order statistics at every percent, for a curve. */
export function curveOf(sample: Sample, outOf: number): CompletionCurve {
  return { share: curveShares, seconds: curveShares.map(share => sample.quantile(share, outOf)) };
}

const curveShares: readonly number[] = [...Array.from({ length: 99 }, (_, i) => (i + 1) / 100), 0.999, 1];

/** The end of the measured window on the replay's clock, and where on the scenario's that clock begins. */
export interface Frame {
  readonly to: number;
  readonly epoch: number;
}

/** A meter over the window; of a resource that is not always there, with its share of the time. */
export function usageOf(meter: Meter, frame: Frame, there = 1): Usage {
  return usage(meter, frame, there, meter.saturatedFor(frame.to), () => meter.saturatedAt);
}

/** The fleet's sum; saturated while any of its servers is. `there`: the share of its servers, in the mean over time. */
export function fleetUsageOf(gauge: FleetGauge, frame: Frame, there = 1): Usage {
  for (const server of gauge.servers) server.integral(frame.to);
  return usage(gauge.fleet, frame, there, gauge.saturatedFor(frame.to), () => gauge.saturatedAt());
}

function usage(
  meter: Meter,
  { to, epoch }: Frame,
  there: number,
  saturatedFor: number,
  saturatedAt: () => number | null,
): Usage {
  const mean = meter.mean(to);
  const capacity = meter.capacity * there;
  const since = saturatedAt();
  return {
    capacity: finite(capacity),
    mean,
    peak: meter.peak,
    utilization: Number.isFinite(capacity) && there > 0 ? mean / capacity : null,
    saturatedAt: since === null ? null : since + epoch,
    saturatedFor,
  };
}
