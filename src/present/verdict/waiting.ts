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

/** Where what they can carry over time stands, should it change. */
const capacities: Readonly<Record<string, Exclude<keyof Series, 'binWidth'>>> = {
  'network in': 'networkInCapacity',
  'network out': 'networkOutCapacity',
  'storage in': 'storageInCapacity',
};

/** Used so much in the mean, a link or a processor has no pauses to catch up in. */
const BUSY = 0.6;
/** A bin of the series that is used so much is full throughout: what is left are its edges. */
const THROUGHOUT = 0.9;
/** So much of the time for which something is full has to lie in such bins. */
const MOSTLY = 0.5;

/**
 * Whether somebody waits for a resource that is full. Whoever comes to full room (threads, memory, connections) waits
 * for somebody else to leave, always. A link is full, too, whenever a buffered body leaves at line rate, which holds
 * nobody up: it has to be busy in the mean, or full for whole bins of the series on end, not again and again.
 */
export function makesWait(use: ResourceUse, topology: TopologyResult): boolean {
  const series = rates[use.name];
  if (series === undefined) return true;
  if (use.utilization === null) return false;
  const busiest = unevenness(use, topology);
  if (use.utilization * busiest >= BUSY) return true;
  if (series === null) return false;
  const { binWidth, [series]: used } = topology.series;
  if (used === null) return false;
  const changing = capacities[use.name];
  const capacity = changing === undefined ? null : topology.series[changing];
  const full = used.filter(
    (mean, bin) => mean * busiest >= THROUGHOUT * (capacity === null ? use.capacity! : capacity[bin]!),
  );
  return full.length * binWidth >= MOSTLY * use.saturatedFor!;
}

/** How much busier than the mean the busiest of several servers is: those who are sent there wait there. */
function unevenness({ name, utilization }: ResourceUse, { server: { servers } }: TopologyResult): number {
  const usage = serverResources.find(resource => resource.name === name)?.usage;
  if (usage === undefined || servers.length === 0 || !utilization) return 1;
  return Math.max(...servers.map(server => usage(server)?.utilization ?? 0)) / utilization;
}
