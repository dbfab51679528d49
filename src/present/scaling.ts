import { count, type Format, percent } from '../readable.js';
import type { AutoscalingResult } from '../result.js';

/** What autoscaling watches, as a reader calls it, and how its values are written. */
interface Metric {
  readonly name: string;
  readonly format: Format;
}

const metrics: Readonly<Record<string, Metric>> = {
  cpu: { name: 'CPU', format: percent },
  threads: { name: 'threads', format: percent },
  memory: { name: 'memory', format: percent },
  networkIn: { name: 'network in', format: percent },
  networkOut: { name: 'network out', format: percent },
  requests: { name: 'requests on a server', format: count },
};

export function metricOf({ metric }: AutoscalingResult): Metric {
  return metrics[metric] ?? { name: metric, format: count };
}

/** "network in > 70%". */
export function watched(scaling: AutoscalingResult): string {
  const { name, format } = metricOf(scaling);
  return `${name} > ${format(scaling.above)}`;
}
