import { bytes, capacity, count, duration } from '../../readable.js';
import type { FailureReason, TopologyResult } from '../../result.js';
import { type Column, type Key, table } from '../document/table.js';
import { type Section, titled } from './section.js';

/** What stood before the servers, and how many requests of any kind it turned away; nothing where there was none. */
export const gateway: Section = ({ topologies }) => {
  if (topologies.every(topology => topology.gateway === null)) return [];
  const columns = reasons
    .filter(({ reason }) => topologies.some(topology => turnedAway(topology, reason) > 0))
    .map(refused);
  const refusals = columns.length === 0 ? [] : [{ title: 'requests turned away', columns }];
  return titled('Gateway', table(topologies, { key, groups: [{ columns: limits }, ...refusals] }));
};

const key: Key<TopologyResult> = { head: 'topology', cell: ({ name }) => name };

const limits: readonly Column<TopologyResult>[] = [
  {
    head: 'gateway',
    align: 'left',
    cell: ({ gateway }) => (gateway === null ? 'none' : (gateway.profile ?? 'own limits')),
  },
  limit('largest body', gateway => capacity(bytes)(gateway.maxBody)),
  limit('timeout', gateway => capacity(duration)(gateway.timeout)),
  limit('idle', gateway => capacity(duration)(gateway.idle)),
  limit('buffers', gateway => (gateway.buffers ? 'yes' : 'no')),
];

interface Reason {
  readonly head: string;
  readonly reason: FailureReason;
}

const reasons: readonly Reason[] = [
  { head: '413', reason: 'payload-too-large' },
  { head: '504 late', reason: 'gateway-timeout' },
  { head: '504 idle', reason: 'gateway-idle' },
];

function limit(
  head: string,
  cell: (gateway: NonNullable<TopologyResult['gateway']>) => string,
): Column<TopologyResult> {
  return { head, cell: ({ gateway }) => (gateway === null ? '' : cell(gateway)) };
}

function refused({ head, reason }: Reason): Column<TopologyResult> {
  return {
    head,
    cell: topology => (topology.gateway === null ? '' : count(turnedAway(topology, reason))),
    tone: topology => (turnedAway(topology, reason) > 0 ? 'bad' : undefined),
  };
}

/** Attempts of uploads, and the other requests. */
function turnedAway({ uploads, background }: TopologyResult, reason: FailureReason): number {
  return background.reduce(
    (sum, { failures }) => sum + (failures[reason] ?? 0),
    uploads.attemptFailures[reason] ?? 0,
  );
}
