import { bytes, capacity, count, duration } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import { type Column, type Key, table } from '../document/table.js';
import { type Section, titled } from './section.js';

/** What stood before the servers, and how many requests of any kind it turned away; nothing where there was none. */
export const gateway: Section = result =>
  titled(
    'Gateway',
    result.topologies.some(topology => topology.gateway !== null)
      ? table(result.topologies, {
          key,
          groups: [{ columns: limits }, { title: 'requests turned away', columns: turnedAway }],
        })
      : [],
  );

const key: Key<TopologyResult> = { head: 'topology', cell: ({ name }) => name };

const limits: readonly Column<TopologyResult>[] = [
  {
    head: 'gateway',
    align: 'left',
    cell: ({ gateway }) => (gateway === null ? 'none' : (gateway.profile ?? 'yes')),
  },
  limit('largest body', gateway => capacity(bytes)(gateway.maxBody)),
  limit('timeout', gateway => capacity(duration)(gateway.timeout)),
  limit('idle', gateway => capacity(duration)(gateway.idle)),
  limit('buffers', gateway => (gateway.buffers ? 'yes' : 'no')),
];

const turnedAway: readonly Column<TopologyResult>[] = [
  refused('413', 'payload-too-large'),
  refused('504 late', 'gateway-timeout'),
  refused('504 idle', 'gateway-idle'),
];

function limit(
  head: string,
  cell: (gateway: NonNullable<TopologyResult['gateway']>) => string,
): Column<TopologyResult> {
  return { head, cell: ({ gateway }) => (gateway === null ? '' : cell(gateway)) };
}

/** Attempts of uploads, and the other requests. */
function refused(head: string, reason: string): Column<TopologyResult> {
  const all = ({ uploads, background }: TopologyResult): number =>
    background.reduce(
      (sum, { failures }) => sum + (failures[reason] ?? 0),
      uploads.attemptFailures[reason] ?? 0,
    );
  return {
    head,
    cell: topology => (topology.gateway === null ? '' : count(all(topology))),
    tone: topology => (all(topology) > 0 ? 'bad' : undefined),
  };
}
