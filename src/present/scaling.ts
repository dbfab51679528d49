import { count, type Format, percent } from '../readable.js';
import type { Result } from '../result.js';
import { settingOf } from './resolved.js';

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

export function metricOf(result: Result, topology: string): Metric {
  const metric = settingOf(result, topology, 'server', 'autoscale', 'metric');
  return metrics[String(metric)] ?? { name: String(metric), format: count };
}

/** "network in > 70%". */
export function watched(result: Result, topology: string): string {
  const above = settingOf(result, topology, 'server', 'autoscale', 'above');
  return `${metricOf(result, topology).name} > ${above}`;
}
