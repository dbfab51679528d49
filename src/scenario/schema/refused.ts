/** Keys that are understood and refused all the same: they come later, or stand in the wrong place for a reason. */
import { siteSections } from './topology.js';

const later = new Set<string>();

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
  readonly code: 'not-yet' | 'not-per-topology';
  readonly what: string;
  readonly allowed: string;
}

/** Why a key that is no part of the schema is refused, if the reason is better than that it is unknown. */
export function refusal(path: readonly (string | number)[]): Refusal | undefined {
  let steps = path.map(step => (typeof step === 'number' ? '*' : step));
  const [first, , key, ...rest] = steps;
  if (first === 'topologies' && key !== undefined) {
    const reason = rest.length === 0 && Object.hasOwn(notPerTopology, key) ? notPerTopology[key] : undefined;
    if (reason !== undefined) {
      const allowed = `a topology may override ${Object.keys(siteSections).join(', ')}, faults`;
      return {
        code: 'not-per-topology',
        what: `${key} cannot differ between topologies: ${reason}`,
        allowed,
      };
    }
    const own = !later.has(steps.join('.'));
    if (own) steps = steps.slice(2);
  }
  if (!later.has(steps.join('.'))) return undefined;
  return {
    code: 'not-yet',
    what: `${path[path.length - 1]} is not yet available`,
    allowed: 'remove the key',
  };
}
