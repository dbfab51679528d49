/**
 * Which values of a run nobody gave: defaults and those of profiles, each with where it comes from and how sure it
 * is. A reader of the result has to know what is documented and what is a guess.
 */
import type { z } from 'zod';
import type { Assumption } from '../result.js';
import { flow } from './flow.js';
import { storageProfile } from './profiles/registry.js';
import { documentationOf, isMapping } from './schema/form.js';
import { chosen, core, expanded, fieldsOf, filled, partOf } from './shape.js';

type Schema = z.core.$ZodType;
export type Assumed = Omit<Assumption, 'topologies'>;

/** Everything below `path` that stands in no file: the defaults of fields that `written` leaves out. */
export function assumed(schema: Schema, written: unknown, path: string): Assumed[] {
  const { fallback, schema: inner, def } = core(schema);
  const { source, sourceKind } = documentationOf(schema);
  if (written === undefined && fallback === undefined) return [];
  const isDefault = written === undefined;
  if (isDefault && source !== undefined && sourceKind !== undefined) {
    return [{ path, value: flow(fallback), kind: sourceKind, source }];
  }
  const value = expanded(inner, isDefault ? fallback : written);
  if (def.type === 'array') {
    const items = Array.isArray(value) ? value : [];
    return items.flatMap(item => assumed(def.element, item, `${path}.${String(partOf(item, 'name'))}`));
  }
  const form = chosen(inner, value);
  if (!isMapping(value) || !('_zod' in form)) return [];
  return Object.entries(fieldsOf(form) ?? {}).flatMap(([key, part]) => {
    const at = path === '' ? key : `${path}.${key}`;
    const given = partOf(value, key);
    const { source, sourceKind } = documentationOf(part);
    // What follows from other fields is known only once those are filled in.
    const follows = given === undefined && core(part).fallback === undefined;
    if (!follows || source === undefined || sourceKind === undefined) return assumed(part, given, at);
    return [{ path: at, value: flow(partOf(filled(inner, value), key)), kind: sourceKind, source }];
  });
}

/** The same of `storage`, where a profile may stand between what is written and the defaults. */
export function assumedOfStorage(schema: Schema, written: unknown): Assumed[] {
  const profile = storageProfile(String(partOf(written, 'profile')));
  const defaults = assumed(schema, written, 'storage');
  if (profile === undefined) return defaults;
  const fromProfile = Object.entries(profile.storage)
    .filter(([field]) => partOf(written, field) === undefined)
    .map(([field, { value, kind, source, note }]) => ({
      path: `storage.${field}`,
      value: flow(value),
      kind,
      source: `profile ${profile.name}: ${source}${note === undefined ? '' : ` (${note})`}`,
    }));
  const covered = Object.keys(profile.storage).map(field => `storage.${field}`);
  const left = defaults.filter(
    ({ path }) => !covered.some(field => path === field || path.startsWith(`${field}.`)),
  );
  return [...fromProfile, ...left];
}

/** Who assumes what, once for all topologies that assume the same. */
export function gathered(all: readonly (Assumed & { readonly topology: string })[]): Assumption[] {
  const known = new Map<string, Assumed & { readonly topologies: string[] }>();
  for (const { topology, ...assumption } of all) {
    const key = `${assumption.path} ${assumption.value}`;
    const same = known.get(key);
    if (same === undefined) known.set(key, { ...assumption, topologies: [topology] });
    else same.topologies.push(topology);
  }
  return [...known.values()];
}
