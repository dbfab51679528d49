import { duration, percent, ratio } from '../../readable.js';
import type { BackgroundResult, TopologyResult } from '../../result.js';
import { ALIKE } from './words.js';

/** A clause on the other requests of the servers; on the class that suffers most, where there are several. */
export function others({ background }: TopologyResult): string | null {
  const asked = background.filter(({ offered }) => offered > 0);
  const [first, ...more] = asked.sort((a, b) => suffering(b) - suffering(a));
  if (first === undefined) return null;
  const said = described(first);
  if (said === null) {
    const rank = worstRank(first);
    const by = rank === null ? '' : ` (${rank} ${ratio(first.slowdown[rank])})`;
    return more.length === 0 ? `${first.name} hardly notices${by}` : `the other requests hardly notice`;
  }
  return more.length === 0 ? said : `of the other requests the worst off: ${said}`;
}

/** Failures weigh more than any waiting. */
function suffering(requests: BackgroundResult): number {
  const { failed, offered, slowdown } = requests;
  if (failed > 0) return 1e9 * (1 + failed / offered);
  const rank = worstRank(requests);
  return rank === null ? 0 : slowdown[rank]!;
}

/** Where the slow-down is greatest: of the typical requests, or of the slowest. */
function worstRank({ slowdown: { p50, p99 } }: BackgroundResult): 'p50' | 'p99' | null {
  if (p50 === null && p99 === null) return null;
  return p99 === null || (p50 !== null && p50 > p99) ? 'p50' : 'p99';
}

/** Null where there is nothing to complain of. */
function described(requests: BackgroundResult): string | null {
  const { name, failed, offered, slowdown, latency, baseline } = requests;
  const rank = worstRank(requests);
  const parts: string[] = [];
  if (failed > 0) parts.push(`${percent(failed / offered)} of ${name} fail`);
  if (rank !== null && slowdown[rank]! >= ALIKE) {
    const whose = failed > 0 ? `the ${rank} of the others` : `the ${rank} of ${name}`;
    const instead = `${duration(latency[rank])} instead of ${duration(baseline[rank])}`;
    parts.push(`${whose} is ${ratio(slowdown[rank])} what it is alone (${instead})`);
  }
  return parts.length === 0 ? null : parts.join(' and ');
}
