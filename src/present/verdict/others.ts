import type { BackgroundResult, TopologyResult } from '../../result.js';
import { duration, percent, ratio } from '../units.js';

/** Below this, nobody notices. */
const SLOWER = 1.1;

/** A clause on the other requests of the servers; on the class that suffers most, where there are several. */
export function others({ background }: TopologyResult): string | null {
  if (background.length === 0) return null;
  const worst = background.reduce((a, b) => (suffering(b) > suffering(a) ? b : a));
  return `${background.length > 1 ? 'of the other requests, ' : ''}${described(worst)}`;
}

function suffering({ failed, offered, slowdown }: BackgroundResult): number {
  return offered === 0 ? 0 : 1000 * (failed / offered) + (slowdown.p99 ?? 0);
}

function described({ name, failed, offered, slowdown, latency, baseline }: BackgroundResult): string {
  const parts: string[] = [];
  if (failed > 0) parts.push(`${percent(failed / offered)} of ${name} fail`);
  if (slowdown.p99 !== null && slowdown.p99 >= SLOWER) {
    const whose = failed > 0 ? 'the p99 of the others' : `the p99 of ${name}`;
    const instead = `${duration(latency.p99)} instead of ${duration(baseline.p99)}`;
    parts.push(`${whose} is ${ratio(slowdown.p99)} what it is alone (${instead})`);
  }
  if (parts.length > 0) return parts.join(' and ');
  return `${name} hardly notices${slowdown.p99 === null ? '' : ` (p99 ${ratio(slowdown.p99)} what it is alone)`}`;
}
