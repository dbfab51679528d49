import { proxyBuffered } from './proxy-buffered.js';
import { proxySpooled } from './proxy-spooled.js';
import { proxyStreaming } from './proxy-streaming.js';
import type { Topology } from './topology.js';
import { valetKey } from './valet-key.js';
import { valetKeyMultipart } from './valet-key-multipart.js';

/** Every architecture that can be simulated. */
export const topologies: readonly Topology[] = [
  proxyBuffered,
  proxySpooled,
  proxyStreaming,
  valetKey,
  valetKeyMultipart,
];

export function topologyOf(kind: string): Topology {
  const found = topologies.find(topology => topology.kind === kind);
  if (found === undefined) throw new Error(`no topology of kind ${kind}`);
  return found;
}
