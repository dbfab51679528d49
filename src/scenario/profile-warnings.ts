/** What the user should know of the profiles that topologies run with. */
import { layersOf } from './schema/profiled.js';
import { siteSections } from './schema/topology.js';
import { filled, said } from './shape.js';
import { quoted } from './text.js';
import type { TopologyKind } from './types.js';

type Raw = Readonly<Record<string, unknown>>;
type Section = keyof typeof siteSections;
type Site = Readonly<Record<Section, unknown>>;

const sections = Object.keys(siteSections) as Section[];

/** A profile of a topology does not reach the fields that the scenario itself gives: that may not be what was meant. */
export function rebaseWarnings(name: string, own: Raw, written: Site, site: Site): string[] {
  return sections.flatMap(section => {
    const schema = siteSections[section];
    return layersOf(schema, own[section]).flatMap(({ field, profile, values }) => {
      const whole = filled(schema, values);
      const at = (value: unknown, path: string) => said(schema, value, path.split('.'));
      const fields = Object.keys(profile.values).filter(
        path =>
          at(written[section], path) !== undefined &&
          at(own[section], path) === undefined &&
          JSON.stringify(at(whole, path)) !== JSON.stringify(at(site[section], path)),
      );
      if (fields.length === 0) return [];
      const [hold, them] = fields.length > 1 ? ['hold', 'them'] : ['holds', 'it'];
      return [
        `${quoted(name)} takes the ${field} ${profile.name}, but ${fields.map(path => `${section}.${path}`).join(', ')} of the scenario still ${hold}; repeat ${them} for the topology if the ${field}'s should`,
      ];
    });
  });
}

/**
 * Most values of a profile that the scenario names do not hold, since the scenario gives its own: `--set
 * server.instance=...` on a scenario that has its hardware written out changes nothing. Judged by what holds in the
 * end, so that the resolved scenario gets the same warning.
 */
export function overriddenWarnings(written: Site, site: Site): string[] {
  return sections.flatMap(section => {
    const schema = siteSections[section];
    return layersOf(schema, written[section]).flatMap(({ field, profile, values }) => {
      const whole = filled(schema, values);
      const at = (value: unknown, path: string) => JSON.stringify(said(schema, value, path.split('.')));
      const paths = Object.keys(profile.values);
      const others = paths.filter(path => at(whole, path) !== at(site[section], path));
      if (others.length <= paths.length / 2) return [];
      return [
        `${section}.${field} ${profile.name} hardly shows: the scenario's own ${others.map(path => `${section}.${path}`).join(', ')} hold; leave them out if the ${field}'s should`,
      ];
    });
  });
}

/** What profiles say of themselves to who runs them in a kind of topology. */
export function cautions(kind: TopologyKind, site: Site): string[] {
  return sections.flatMap(section =>
    layersOf(siteSections[section], site[section]).flatMap(({ field, profile }) => {
      const caution = profile.cautions?.[kind];
      return caution === undefined ? [] : [`${section}.${field} ${profile.name}, ${kind}: ${caution}`];
    }),
  );
}
