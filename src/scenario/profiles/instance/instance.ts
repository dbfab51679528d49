import type { Fact, Profile, Sourced } from '../profile.js';

export interface Hardware {
  readonly cores: Sourced;
  readonly memory: Sourced;
  /** What lasts, not what credits allow for some minutes; undefined where no figure was found. */
  readonly network: { readonly in: Sourced; readonly out: Sourced } | undefined;
  readonly price: Sourced;
}

/** A machine that one can rent. */
export function instance(
  name: string,
  summary: string,
  { cores, memory, network, price }: Hardware,
  facts: readonly Fact[],
): Profile {
  const networks = network === undefined ? {} : { 'network.in': network.in, 'network.out': network.out };
  return { name, summary, values: { cores, memory, ...networks, price }, facts };
}

/** `750Mbps`, `1.25Gbps`. */
export const rate = (mbps: number): string => (mbps < 1000 ? `${mbps}Mbps` : `${mbps / 1000}Gbps`);
