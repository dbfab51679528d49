import { KeyedUniforms, standardNormal } from '../kernel/random.js';
import type { Distribution, TopologySpec } from '../scenario/types.js';
import { sample } from '../workload/sample.js';

/** Addresses what is drawn: for which stream of jobs, which job of it, which try. Integers below 2^32. */
export interface DrawKey {
  readonly stream: number;
  readonly item: number;
  readonly turn: number;
}

/** A quantity that is drawn during the replay, addressed by what it is for. */
class Draw {
  /** What is always drawn, or null where it varies. */
  readonly constant: number | null;
  private readonly uniforms: KeyedUniforms;

  constructor(
    private readonly distribution: Distribution,
    seed: string,
    purpose: string,
  ) {
    this.constant = distribution.kind === 'constant' ? distribution.value : null;
    this.uniforms = new KeyedUniforms(seed, `replay/${purpose}`);
  }

  for(key: DrawKey): number {
    const { distribution } = this;
    if (distribution.kind === 'constant') return distribution.value;
    return sample(distribution, this.uniforms.at(key.item, key.turn, key.stream));
  }
}

/**
 * All that is random during a replay. Each draw has its own key (purpose, client, attempt), never a place in a
 * shared sequence: what happens to one upload cannot shift what another draws.
 */
export class Draws {
  /** Core-seconds. */
  readonly perRequest: Draw;
  readonly sign: Draw;
  /** Seconds. */
  readonly authorise: Draw;
  readonly useAfter: Draw;
  readonly firstByte: Draw;
  readonly patience: Draw;
  private readonly jitter: KeyedUniforms;
  private readonly shares: KeyedUniforms;
  private readonly sigma: number;
  private readonly retry: TopologySpec['client']['retry'];

  constructor(spec: TopologySpec, seed: string) {
    this.perRequest = new Draw(spec.server.cpu.perRequest, seed, 'cpu per request');
    this.sign = new Draw(spec.valetKey.sign, seed, 'sign');
    this.authorise = new Draw(spec.valetKey.authorise, seed, 'authorise');
    this.useAfter = new Draw(spec.valetKey.useAfter, seed, 'use after');
    this.firstByte = new Draw(spec.storage.firstByte, seed, 'first byte');
    this.patience = new Draw(spec.client.patience, seed, 'patience');
    this.jitter = new KeyedUniforms(seed, 'replay/retry jitter');
    this.shares = new KeyedUniforms(seed, 'replay/unfairness');
    this.sigma = spec.transport.unfairness;
    this.retry = spec.client.retry;
  }

  /** The share of a link that this flow gets beside others: lognormal with mean 1. */
  share(key: DrawKey): number {
    const { sigma } = this;
    if (sigma === 0) return 1;
    return Math.exp(
      sigma * standardNormal(this.shares.at(key.item, key.turn, key.stream)) - (sigma * sigma) / 2,
    );
  }

  /** Seconds before retry n = 0, 1, ...: min(cap, base * 2^n) with the scenario's jitter. */
  backoff(key: DrawKey, n: number): number {
    const { base, cap, jitter } = this.retry;
    const longest = Math.min(cap, base * 2 ** n);
    if (jitter === 'none') return longest;
    const u = this.jitter.at(key.item, key.turn, key.stream).double();
    return jitter === 'full' ? longest * u : longest / 2 + (longest / 2) * u;
  }
}
