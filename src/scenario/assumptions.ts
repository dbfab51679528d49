/**
 * Which values of a run nobody gave: defaults and those of profiles, each with where it comes from and how sure it
 * is. A reader of the result has to know what is documented and what is a guess.
 */
import type { z } from 'zod';
import type { Assumption } from '../result.js';
import { flow } from './flow.js';
import { Complaint, documentationOf, isMapping, unionForm } from './schema/form.js';
import { layersOf } from './schema/profiled.js';
import {
  chosen,
  core,
  expanded,
  fieldsOf,
  filled,
  nameOf,
  overlaid,
  overProfiles,
  partOf,
  said,
  schemaAt,
} from './shape.js';

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
    return items.flatMap(item => assumed(def.element, item, `${path}.${String(nameOf(item))}`));
  }
  const form = chosen(inner, value);
  if (!isMapping(value) || form instanceof Complaint) return [];
  return [...ofProfiles(form, value, path), ...ofDefaults(form, value, path)];
}

const within = (path: string, key: string): string => (path === '' ? key : `${path}.${key}`);

/** The defaults of what neither a mapping nor its profiles give. */
function ofDefaults(form: Schema, written: unknown, path: string): Assumed[] {
  const value = overProfiles(form, written);
  const whole = () => filled(form, value);
  // A profile that gives the whole of a field speaks for its parts, too.
  const covered = layersOf(form, written)
    .flatMap(({ profile }) => Object.keys(profile.values))
    .filter(key => said(form, written, key.split('.')) === undefined)
    .map(key => `${within(path, key)}.`);
  return Object.entries(fieldsOf(form) ?? {})
    .flatMap(([key, part]): Assumed[] => {
      const at = within(path, key);
      const given = partOf(value, key);
      const { source, sourceKind } = documentationOf(part);
      // What follows from other fields is known only once those are filled in.
      const follows = given === undefined && core(part).fallback === undefined;
      if (!follows || source === undefined || sourceKind === undefined) return assumed(part, given, at);
      return [{ path: at, value: flow(partOf(whole(), key)), kind: sourceKind, source }];
    })
    .filter(assumption => !covered.some(start => assumption.path.startsWith(start)));
}

/** What the profiles of a mapping give, as far as nothing lies over it. */
function ofProfiles(form: Schema, written: unknown, path: string): Assumed[] {
  let above = written;
  return layersOf(form, written).flatMap(({ field, profile, values }) => {
    const over = above;
    above = overlaid(form, values, above);
    return Object.entries(profile.values).flatMap(([key, { value, kind, source, note }]) => {
      const part = schemaAt(form, values, key.split('.'));
      if (part === undefined) return [];
      return showing(part, value, said(form, over, key.split('.')), within(path, key)).map(one => ({
        path: one.path,
        value: flow(one.value),
        kind,
        source: `${field} ${profile.name}: ${source}${note === undefined ? '' : ` (${note})`}`,
      }));
    });
  });
}

interface Piece {
  readonly path: string;
  readonly value: unknown;
}

/** The name of the profile that gives an assumed value; null where it is a default of the program. */
export function profileOf({ source }: Pick<Assumption, 'source'>): string | null {
  return /^(?:profile|instance) ([^:]+): /.exec(source)?.[1] ?? null;
}

/** What of a value still holds where another one is laid over it. */
function showing(schema: Schema, value: unknown, above: unknown, path: string): Piece[] {
  if (above === undefined) return value === undefined ? [] : [{ path, value }];
  const { schema: inner, def } = core(schema);
  if (def.type === 'union' && unionForm(inner)?.expand === undefined) return [];
  const lower = expanded(inner, value);
  const upper = expanded(inner, above);
  const form = chosen(inner, upper);
  if (form instanceof Complaint || !isMapping(lower) || !isMapping(upper)) return [];
  return Object.entries(fieldsOf(form) ?? {}).flatMap(([key, part]) =>
    showing(part, partOf(lower, key), partOf(upper, key), within(path, key)),
  );
}

/** Who assumes what, once for all topologies that assume the same. */
export function gathered(all: readonly (Assumed & { readonly topology: string })[]): Assumption[] {
  const known = new Map<string, Assumed & { readonly topologies: string[] }>();
  for (const { topology, ...assumption } of all) {
    const key = `${assumption.path} ${assumption.value} ${assumption.source}`;
    const same = known.get(key);
    if (same === undefined) known.set(key, { ...assumption, topologies: [topology] });
    else same.topologies.push(topology);
  }
  return [...known.values()];
}
