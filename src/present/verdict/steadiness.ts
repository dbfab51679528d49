import { count } from '../../readable.js';
import type { TopologyResult } from '../../result.js';

/** A clause on a design that has no times of a steady state, where they are asked for; null where it has. */
export function unsteady({ steady }: TopologyResult): string | null {
  if (steady === null || steady.stable) return null;
  if (steady.reason === 'unsettled')
    return 'its latencies do not settle, so that there are none of a steady state';
  const { resource, offered, capacity } = steady;
  const offers = `has no steady state: ${count(offered)} uploads/s are offered`;
  if (capacity === null) return `${offers}, more than ${named(resource)} can serve`;
  return `${offers}, ${named(resource)} can serve ${count(capacity)}/s`;
}

function named(resource: string | null): string {
  return resource === null ? 'its resources' : resource;
}
