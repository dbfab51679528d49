/**
 * Mappings that can name profiles: which ones they name, and what those lay under what is written. Kept beside the
 * schemas by their definitions, as everything in `form.ts`.
 */
import type { z } from 'zod';
import { type Profile, type ProfileKind, valuesOf } from '../profiles/profile.js';
import { profileKinds, profileNamed } from '../profiles/registry.js';
import { isMapping, maybe } from './form.js';
import { word } from './values.js';

type Raw = Record<string, unknown>;

/** The field that names a profile. */
export function profileField({ noun, profiles }: ProfileKind, description: string) {
  const names = profiles.map(profile => profile.name);
  return maybe(word(names, { noun, text: `name of ${noun}`, homeOf }), description);
}

/** The place of a scenario that takes a profile of this name. */
export function homeOf(name: string): string | undefined {
  return Object.values(profileKinds).find(kind => profileNamed(kind, name) !== undefined)?.field;
}

interface Naming {
  /** The fields that name profiles; the values of an earlier one lie over those of a later one. */
  readonly kinds: Readonly<Record<string, ProfileKind>>;
  /** Whether a mapping without a name is called after its profile. */
  readonly named: boolean;
}

const namings = new WeakMap<object, Naming>();

export function profiled<S extends z.ZodType>(
  schema: S,
  kinds: Readonly<Record<string, ProfileKind>>,
  { named = false } = {},
): S {
  namings.set(schema._zod.def, { kinds, named });
  return schema;
}

/** A profile that a mapping names, by the field that does. */
export interface Layer {
  readonly field: string;
  readonly profile: Profile;
  /** What it lays under the mapping, in scenario form. */
  readonly values: Raw;
}

/** The profiles that a mapping names, the uppermost first; none where it is something else. */
export function layersOf(schema: z.core.$ZodType, raw: unknown): readonly Layer[] {
  const naming = namings.get(schema._zod.def);
  if (naming === undefined || !isMapping(raw)) return [];
  return Object.entries(naming.kinds).flatMap(([field, kind]): Layer[] => {
    const profile = profileNamed(kind, raw[field]);
    if (profile === undefined) return [];
    const values = valuesOf(profile);
    return [{ field, profile, values: naming.named ? { name: profile.name, ...values } : values }];
  });
}
