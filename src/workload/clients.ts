import { sequence } from '../kernel/random.js';
import type { ClientClass, Distribution, Trace } from '../scenario/types.js';
import { pickWeighted, sample } from './sample.js';

type Property = 'uplink' | 'downlink' | 'rttServer' | 'rttStorage' | 'loss';

/** The distribution of a property within a class of clients. */
function propertyOf(client: ClientClass, property: Property): Distribution {
  if (property === 'rttServer') return client.rtt.server;
  if (property === 'rttStorage') return client.rtt.storage;
  return client[property];
}

/**
 * The client of each job: its class, drawn by the weights of the classes, and its network. A property that is
 * constant within every class is not stored by job.
 */
export class ClientColumns {
  readonly classOf: (job: number) => number;
  readonly rttServer: (job: number) => number;
  readonly rttStorage: (job: number) => number;
  readonly uplink: (job: number) => number;
  readonly downlink: (job: number) => number;
  readonly loss: (job: number) => number;

  constructor(
    private readonly classes: readonly ClientClass[],
    private readonly count: number,
    private readonly seed: string,
    trace: Trace | undefined,
    private readonly id: Uint32Array,
  ) {
    this.classOf = this.drawClasses();
    this.uplink = this.drawProperty('uplink', trace?.uplink);
    this.downlink = this.drawProperty('downlink', trace?.downlink);
    this.rttServer = this.drawProperty('rttServer', trace?.rtt);
    // One round trip for both where the scenario gives one; two independent ones where it gives two.
    const oneForBoth = classes.every(({ rtt }) => rtt.server === rtt.storage);
    this.rttStorage = oneForBoth ? this.rttServer : this.drawProperty('rttStorage', trace?.rtt);
    this.loss = this.drawProperty('loss', undefined);
  }

  read(job: number, into: { client: number; uplink: number; downlink: number; loss: number }): void {
    into.client = this.classOf(job);
    into.uplink = this.uplink(job);
    into.downlink = this.downlink(job);
    into.loss = this.loss(job);
  }

  private drawClasses(): (job: number) => number {
    if (this.classes.length === 1) return () => 0;
    const uniforms = sequence(this.seed, 'client');
    const weights = this.classes.map(client => client.weight);
    const drawn = new Uint16Array(this.count);
    for (let job = 0; job < this.count; job++) drawn[job] = pickWeighted(weights, uniforms);
    return job => drawn[job]!;
  }

  private drawProperty(property: Property, traced: Float64Array | undefined): (job: number) => number {
    const distributions = this.classes.map(client => propertyOf(client, property));
    if (traced === undefined && distributions.every(({ kind }) => kind === 'constant')) {
      const values = distributions.map(d => (d.kind === 'constant' ? d.value : Number.NaN));
      return values.length === 1 ? () => values[0]! : job => values[this.classOf(job)]!;
    }
    const uniforms = sequence(this.seed, property);
    const drawn = new Float64Array(this.count);
    for (let job = 0; job < this.count; job++) {
      const known = traced === undefined ? Number.NaN : traced[this.id[job]!]!;
      drawn[job] = Number.isNaN(known) ? sample(distributions[this.classOf(job)]!, uniforms) : known;
    }
    return job => drawn[job]!;
  }
}
