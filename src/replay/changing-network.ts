import type { Simulation } from '../kernel/simulation.js';
import type { ChangingShape, DirectionName } from '../measure/directions.js';
import type { Recorder } from '../measure/recorder.js';
import type { NetworkParameters, TopologySpec } from '../scenario/types.js';
import { BurstGuard } from './burst-guard.js';
import { Capacity, firstCapacity } from './capacity.js';
import type { Direction } from './host.js';
import type { Hosts } from './site.js';

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

/** Which of a design's directions change their capacities during a run, and what there is to be measured of them. */
export function changingDirections(spec: TopologySpec): Partial<Record<DirectionName, ChangingShape>> {
  return Object.fromEntries(
    places.flatMap(({ name, owner, way }) => {
      const { network } = spec[owner];
      const { burst } = network[way];
      if (!hasBurst(network, way)) return [];
      const count = owner === 'server' ? spec.server.count : 1;
      const credit = burst === null ? null : burst.credit * network.efficiency;
      return [[name, { count, capacity: firstCapacity(network, way), credit } satisfies ChangingShape]];
    }),
  );
}

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
  ) {
    this.capacities = [...hosts.capacities];
    for (const place of places) {
      if (!hasBurst(spec[place.owner].network, place.way)) continue;
      const owners = place.owner === 'server' ? hosts.servers : [hosts.storage];
      for (const [index, host] of owners.entries()) this.guard(place, index, host[place.way]);
    }
  }

  private guard({ name, owner, way }: Place, host: number, direction: Direction): void {
    const { simulation, recorder, hosts, capacities } = this;
    const { network } = this.spec[owner];
    const { rate, burst } = network[way];
    const capacity = new Capacity(direction, network, way, capacities, hosts.paths, simulation, (now, its) =>
      recorder.capacityChanged(name, host, now, its),
    );
    this.guards[direction.link] = new BurstGuard(
      capacity,
      burst!.rate * network.efficiency,
      rate * network.efficiency,
      burst!.credit * network.efficiency,
      simulation,
      (now, level, growth) => recorder.creditChanged(name, host, now, level, growth),
    );
  }
}
