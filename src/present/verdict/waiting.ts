import type { Series, TopologyResult } from '../../result.js';
import { type ResourceUse, serverResources } from '../resources.js';

/** What moves bytes or computes, and where its use over time stands. Everything else is room, held by one at a time. */
const rates: Readonly<Record<string, Exclude<keyof Series, 'binWidth'> | null>> = {
  'CPU cores': 'cpu',
  'network in': 'networkIn',
  'network out': 'networkOut',
  disk: 'disk',
  'storage in': 'storageIn',
  'storage out': null,
};

/** Used less than this while it is in use, a link or a processor catches up between bursts. */
const BUSY = 0.6;

/**
 * Whether somebody waits for a resource that is full. Whoever comes to full room (threads, memory, connections) waits
 * for somebody else to leave, always. A link is full, too, whenever a buffered body leaves at line rate, which holds
 * nobody up: it has to be busy for whole bins of the series on end, not only full again and again.
 */
export function makesWait(use: ResourceUse, topology: TopologyResult): boolean {
  const series = rates[use.name];
  if (series === undefined) return true;
  if (use.utilization === null) return false;
  const used = series === null ? null : topology.series[series];
  const busy = used === null ? use.utilization : asMet(use.capacity!, used);
  return busy * unevenness(use, topology) >= BUSY;
}

/** The utilisation of the bin in which a byte passes, in the mean over all bytes: idle hours do not count. */
function asMet(capacity: number, used: Series['cpu']): number {
  const sum = used.reduce((all, one) => all + one, 0);
  return sum === 0 ? 0 : used.reduce((all, one) => all + one * one, 0) / (sum * capacity);
}

/** How much busier than the mean the busiest of several servers is: those who are sent there wait there. */
function unevenness({ name, utilization }: ResourceUse, { server: { servers } }: TopologyResult): number {
  const usage = serverResources.find(resource => resource.name === name)?.usage;
  if (usage === undefined || servers.length === 0 || !utilization) return 1;
  return Math.max(...servers.map(server => usage(server)?.utilization ?? 0)) / utilization;
}
