import { dollars, percent, ratio } from '../../readable.js';
import type { CostLine, Result, TopologyResult } from '../../result.js';
import { ALIKE, called, listed } from './words.js';

/** From this share of a bill on, one thing is what it is about. */
const MOST = 0.5;

type Priced = TopologyResult & { readonly cost: { readonly perMillionUploads: number } };

/** What a million uploads cost, in a sentence; nothing where it is not known of any design. */
export function money({ topologies }: Result): readonly string[] {
  const known = topologies
    .filter((t): t is Priced => t.cost.perMillionUploads !== null)
    .sort((a, b) => a.cost.perMillionUploads - b.cost.perMillionUploads);
  const [first, ...others] = known;
  if (first === undefined) return [];
  const least = first.cost.perMillionUploads;
  const cheap = known.filter(t => t.cost.perMillionUploads <= ALIKE * least);
  const dear = others.filter(t => !cheap.includes(t));
  if (dear.length === 0) {
    const about = cheap.length > 1 ? 'about the same: ' : '';
    return [`A million uploads that succeed cost ${about}${listed(cheap.map(priceOf))}.`];
  }
  const against = dear.map(t => {
    const times = least > 0 ? ratio(t.cost.perMillionUploads / least) : null;
    const remarks = [times && `${times} as much`, mainly(t)].filter(text => text !== null);
    return `${priceOf(t)}${remarks.length === 0 ? '' : ` (${remarks.join(', ')})`}`;
  });
  return [`A million uploads that succeed cost ${listed(cheap.map(priceOf))}, against ${listed(against)}.`];
}

function priceOf(topology: TopologyResult): string {
  return `${dollars(topology.cost.perMillionUploads)} with ${called(topology)}`;
}

/** "84% of it for NAT". */
function mainly({ cost: { lines, total } }: TopologyResult): string | null {
  if (total === null || total === 0) return null;
  const largest = lines.find(({ dollars }) => (dollars ?? 0) > MOST * total);
  return largest === undefined
    ? null
    : `${percent(largest.dollars! / total)} of it for ${words[largest.name]}`;
}

const words: Readonly<Record<CostLine['name'], string>> = {
  servers: 'servers',
  requests: 'requests to storage',
  ingress: 'bytes in',
  acceleration: 'transfer acceleration',
  nat: 'NAT',
  crossZone: 'traffic between zones',
  loadBalancer: 'the hours of the load balancer',
  processed: 'the bytes through the load balancer',
};
