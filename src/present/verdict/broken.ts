import { bytes, percent } from '../../readable.js';
import type { TopologyResult } from '../../result.js';

/** Of the attempts; where fewer break off, it is not what the design suffers from. */
const MANY = 0.1;

/** A clause on connections that break, and on what was sent over them for nothing, whether or not it is lost in the end. */
export function broken({ uploads }: TopologyResult): string | null {
  const { attempts, attemptFailures, wastedBytes } = uploads;
  const lost = attemptFailures['connection-lost'] ?? 0;
  if (lost < MANY * attempts || wastedBytes === 0) return null;
  return `${percent(lost / attempts)} of the attempts break off, and ${bytes(wastedBytes)} are sent for nothing`;
}
