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
  readonly requestRate: TokenBucket;
  /** Null where it never goes down. */
  readonly outage: Outage | null;

  constructor(
    readonly parameters: StorageParameters,
    network: { readonly in: Direction; readonly out: Direction },
    readonly routes: { readonly direct: Path },
    goesDown: boolean,
  ) {
    this.in = network.in;
    this.out = network.out;
    this.plain = !goesDown && network.in.standing === 0 && network.out.standing === 0;
    this.outage = goesDown ? new Outage() : null;
    this.requestRate = new TokenBucket(parameters.requestRate.rate, parameters.requestRate.burst);
  }
}
