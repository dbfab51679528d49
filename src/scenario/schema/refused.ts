/** Keys that are understood and refused all the same: they stand in the wrong place for a reason. */
import { siteSections } from './topology.js';

/** What a topology cannot have of its own, and why. */
const notPerTopology: Readonly<Record<string, string>> = {
  workload: "every topology replays the same workload, so that a difference is the topology's and not luck",
  clients: "every topology replays the same clients, so that a difference is the topology's and not luck",
  seed: "every topology replays the same workload, drawn once from the scenario's seed",
  horizon: 'every topology is given the same time',
  warmup: 'every topology is measured over the same arrivals',
  slo: "objectives stand in the scenario's `slo`, each with the name of its topology",
  topologies: 'topologies do not nest',
  description: 'a topology has a name only',
};

export interface Refusal {
  readonly what: string;
  readonly allowed: string;
}

/** Why a key that is no part of the schema is refused, if the reason is better than that it is unknown. */
export function refusal(path: readonly (string | number)[]): Refusal | undefined {
  const [first, , key, ...rest] = path;
  if (first !== 'topologies' || typeof key !== 'string' || rest.length > 0) return undefined;
  if (!Object.hasOwn(notPerTopology, key)) return undefined;
  return {
    what: `${key} cannot differ between topologies: ${notPerTopology[key]}`,
    allowed: `a topology may override ${Object.keys(siteSections).join(', ')}, faults`,
  };
}
