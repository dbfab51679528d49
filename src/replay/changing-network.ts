import type { Simulation } from '../kernel/simulation.js';
import type { ChangingShape, DirectionName } from '../measure/directions.js';
import type { Recorder } from '../measure/recorder.js';
import type { NetworkParameters, TopologySpec } from '../scenario/types.js';
import { BurstGuard } from './burst-guard.js';
import { Capacity, firstCapacity } from './capacity.js';
import type { Direction } from './host.js';
import { type Hosts, mostServers } from './site.js';
import { slowdownsOf, Throttle } from './throttle.js';

type Way = 'in' | 'out';

/** Whose network has a direction, and which of its two it is. */
interface Place {
  readonly name: DirectionName;
  readonly owner: 'server' | 'storage';
  readonly way: Way;
}

const places: readonly Place[] = [
  { name: 'networkIn', owner: 'server', way: 'in' },
  { name: 'networkOut', owner: 'server', way: 'out' },
  { name: 'storageIn', owner: 'storage', way: 'in' },
  { name: 'storageOut', owner: 'storage', way: 'out' },
];

const hasBurst = (network: NetworkParameters, way: Way): boolean => network[way].burst !== null;

/** Whether a direction of any of its owner's hosts is ever anything else than what it is at first. */
function changes({ faults, ...spec }: TopologySpec, { owner, way }: Place): boolean {
  if (hasBurst(spec[owner].network, way)) return true;
  return faults.some(
    fault =>
      (fault.kind === 'link' && fault.links.includes(`${owner}.${way}`)) ||
      (fault.kind === 'storage-slow' && owner === 'storage'),
  );
}

/** Which of a design's limited directions change their capacities during a run, and what there is to be measured. */
export function changingDirections(spec: TopologySpec): Partial<Record<DirectionName, ChangingShape>> {
  return Object.fromEntries(
    places.flatMap(place => {
      const { name, owner, way } = place;
      const { network } = spec[owner];
      const { burst } = network[way];
      const capacity = firstCapacity(network, way);
      if (capacity === Number.POSITIVE_INFINITY || !changes(spec, place)) return [];
      const count = owner === 'server' ? mostServers(spec.server) : 1;
      const credit = burst === null ? null : burst.credit * network.efficiency;
      return [[name, { count, capacity, credit } satisfies ChangingShape]];
    }),
  );
}

/** Something of a design's network changes during a run. */
export const networkChanges = (spec: TopologySpec): boolean => places.some(place => changes(spec, place));

/** What keeps the capacities of a site's directions as they have to be. */
export class ChangingNetwork {
  /** By link; nothing where a direction has no burst. */
  readonly guards: (BurstGuard | undefined)[] = [];
  private readonly capacities: number[];

  constructor(
    private readonly spec: TopologySpec,
    private readonly hosts: Hosts,
    private readonly simulation: Simulation,
    private readonly recorder: Recorder,
    /** The scenario's instant at which the replay's clock begins. */
    private readonly epoch: number,
  ) {
    this.capacities = [...hosts.capacities];
    for (const place of places) {
      if (!changes(spec, place)) continue;
      const owners = place.owner === 'server' ? hosts.servers : [hosts.storage];
      for (const [index, host] of owners.entries()) this.follow(place, index, host[place.way]);
    }
  }

  private follow(place: Place, host: number, direction: Direction): void {
    const { simulation, recorder, hosts, capacities, spec, epoch } = this;
    const { name, owner, way } = place;
    const { network } = spec[owner];
    const isMeasured = direction.capacity < Number.POSITIVE_INFINITY;
    const capacity = new Capacity(
      direction,
      network,
      way,
      capacities,
      hosts.paths,
      simulation,
      (now, its) => {
        if (isMeasured) recorder.capacityChanged(name, host, now, its);
      },
    );
    const guard = hasBurst(network, way) ? this.guard(place, host, capacity) : undefined;
    if (guard !== undefined) this.guards[direction.link] = guard;
    const slowdowns = slowdownsOf(spec.faults, owner, way, host, epoch);
    if (slowdowns.length === 0) return;
    new Throttle(slowdowns, simulation, (factor, resumes) => {
      capacity.scale(factor, resumes);
      guard?.scale(factor);
    });
  }

  private guard({ name, owner, way }: Place, host: number, capacity: Capacity): BurstGuard {
    const { simulation, recorder } = this;
    const { network } = this.spec[owner];
    const { rate, burst } = network[way];
    return new BurstGuard(
      capacity,
      burst!.rate * network.efficiency,
      rate * network.efficiency,
      burst!.credit * network.efficiency,
      simulation,
      (now, level, growth) => recorder.creditChanged(name, host, now, level, growth),
    );
  }
}
