import type { Result } from '../result.js';

/** What stands at a path of a scenario in scenario form; undefined where nothing does. */
export function at(value: unknown, ...path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (part, key) =>
      typeof part === 'object' && part !== null && Object.hasOwn(part, key)
        ? (part as Readonly<Record<string, unknown>>)[key]
        : undefined,
    value,
  );
}

/** A value of the scenario as it holds for one topology. */
export function settingOf({ scenario }: Result, topology: string, ...path: readonly string[]): unknown {
  const { resolved } = scenario;
  const topologies = at(resolved, 'topologies');
  const own = Array.isArray(topologies) ? topologies.find(item => at(item, 'name') === topology) : undefined;
  return at(own, ...path) ?? at(resolved, ...path);
}
