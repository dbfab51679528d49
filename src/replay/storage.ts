import { SplittingBucket } from '../kernel/resources/splitting-bucket.js';
import { TokenBucket } from '../kernel/resources/token-bucket.js';
import type { StorageParameters } from '../scenario/types.js';
import type { StorageSite } from '../topologies/topology.js';
import type { Direction, Host, Path } from './host.js';
import { Outage } from './outage.js';

/** The object storage: one host that all servers and clients share. */
export class Storage implements Host, StorageSite {
  readonly name = 'storage';
  readonly plain: boolean;
  readonly in: Direction;
  readonly out: Direction;
  readonly requestRate: TokenBucket | SplittingBucket;
  /** What faults leave of its speed: of the rate of each connection, and of how soon it answers. */
  speed = 1;
  /** Null where it never goes down. */
  readonly outage: Outage | null;

  constructor(
    readonly parameters: StorageParameters,
    network: { readonly in: Direction; readonly out: Direction },
    readonly routes: { readonly direct: Path },
    { goesDown, linkStops }: { readonly goesDown: boolean; readonly linkStops: boolean },
  ) {
    this.in = network.in;
    this.out = network.out;
    this.plain = !goesDown && !linkStops && network.in.standing === 0 && network.out.standing === 0;
    this.outage = goesDown ? new Outage() : null;
    const { rate, burst, partitions, split } = parameters.requestRate;
    this.requestRate =
      split === null
        ? new TokenBucket(rate * partitions, burst * partitions)
        : new SplittingBucket(rate, burst, partitions, split);
  }

  get breaks(): number {
    return this.outage?.count ?? 0;
  }

  /** How many partitions there are at `now`, and the instants at which they doubled; null where they never do. */
  partitionsAt(now: number): { readonly count: number; readonly splits: readonly number[] } | null {
    const { requestRate } = this;
    if (!(requestRate instanceof SplittingBucket)) return null;
    requestRate.pass(now);
    return { count: requestRate.parts, splits: requestRate.splits };
  }
}
