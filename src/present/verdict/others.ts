import type { BackgroundResult, TopologyResult } from '../../result.js';
import { duration, percent, ratio } from '../units.js';

/** Below this, nobody notices. */
const SLOWER = 1.1;

/** A clause on the other requests of the servers; on the class that suffers most, where there are several. */
export function others({ background }: TopologyResult): string | null {
  const asked = background.filter(({ offered }) => offered > 0);
  const [first, ...more] = asked.sort((a, b) => suffering(b) - suffering(a));
  if (first === undefined) return null;
  const said = described(first);
  if (said === null) {
    const p99 = first.slowdown.p99 === null ? '' : ` (p99 ${ratio(first.slowdown.p99)})`;
    return more.length === 0 ? `${first.name} hardly notices${p99}` : `the other requests hardly notice`;
  }
  return more.length === 0 ? said : `of the other requests the worst off: ${said}`;
}

/** Failures weigh more than any waiting. */
function suffering({ failed, offered, slowdown }: BackgroundResult): number {
  return failed > 0 ? 1e9 * (1 + failed / offered) : (slowdown.p99 ?? 0);
}

/** Null where there is nothing to complain of. */
function described({ name, failed, offered, slowdown, latency, baseline }: BackgroundResult): string | null {
  const parts: string[] = [];
  if (failed > 0) parts.push(`${percent(failed / offered)} of ${name} fail`);
  if (slowdown.p99 !== null && slowdown.p99 >= SLOWER) {
    const whose = failed > 0 ? 'the p99 of the others' : `the p99 of ${name}`;
    const instead = `${duration(latency.p99)} instead of ${duration(baseline.p99)}`;
    parts.push(`${whose} is ${ratio(slowdown.p99)} what it is alone (${instead})`);
  }
  return parts.length === 0 ? null : parts.join(' and ');
}
