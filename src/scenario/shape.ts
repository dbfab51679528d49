/**
 * Walks over the schema beside a value in scenario form (as a file has it): which schema a path leads to, a value
 * with all its defaults written out, one mapping laid over another.
 */
import type { z } from 'zod';
import type { Path } from './problem.js';
import { Complaint, completion, isMapping, unionForm } from './schema/form.js';
import { layersOf } from './schema/profiled.js';

type Schema = z.core.$ZodType;
type Raw = Record<string, unknown>;

/** A schema without its wrappers, and the default that they hold. */
export interface Core {
  readonly schema: Schema;
  readonly def: z.core.$ZodTypes['_zod']['def'];
  readonly fallback: unknown;
  readonly optional: boolean;
}

const definition = (schema: Schema) => (schema as z.core.$ZodTypes)._zod.def;

export function core(schema: Schema): Core {
  let inner = schema;
  let fallback: unknown;
  let optional = false;
  for (;;) {
    // Kept before a pipe is entered: what was said about the pipe as a whole is what is meant.
    const def = definition(inner);
    if (def.type === 'prefault') {
      fallback = def.defaultValue;
      inner = def.innerType;
    } else if (def.type === 'optional') {
      optional = true;
      inner = def.innerType;
    } else if (def.type === 'pipe' && definition(def.in).type !== 'unknown') inner = def.in;
    else return { schema: inner, def, fallback, optional };
  }
}

/** The fields of a mapping's schema, or undefined where it is no mapping. */
export function fieldsOf(schema: Schema): Readonly<Record<string, Schema>> | undefined {
  const { def } = core(schema);
  return def.type === 'object' ? def.shape : undefined;
}

/** The schema of the form of a union that a value has; any other schema is itself. */
export function chosen(schema: Schema, raw: unknown): Schema | Complaint {
  const { schema: inner, def } = core(schema);
  if (def.type !== 'union') return inner;
  const index = unionForm(inner)?.pick(raw) ?? 0;
  return index instanceof Complaint ? index : chosen(def.options[index]!, raw);
}

/** The schema of one part of a value, or undefined where there is none. */
export function childOf(schema: Schema, raw: unknown, step: string | number): Schema | undefined {
  const form = chosen(schema, raw);
  if (form instanceof Complaint) return undefined;
  const { def } = core(form);
  if (def.type === 'object')
    return typeof step === 'string' && Object.hasOwn(def.shape, step) ? def.shape[step] : undefined;
  if (def.type === 'array') return def.element;
  if (def.type === 'tuple') return typeof step === 'number' ? def.items[step] : undefined;
  return undefined;
}

/** The schema that a path leads to in a value, as far as it goes. */
export function schemaAt(schema: Schema, raw: unknown, path: Path): Schema | undefined {
  let at: Schema | undefined = schema;
  let value = raw;
  for (const step of path) {
    if (at === undefined) return undefined;
    at = childOf(at, value, step);
    value = partOf(value, step);
  }
  return at;
}

export function partOf(value: unknown, step: string | number): unknown {
  if (Array.isArray(value)) return typeof step === 'number' ? value[step] : undefined;
  return isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
}

/** A shorthand in its full form; anything else as it is. */
export function expanded(schema: Schema, raw: unknown): unknown {
  return unionForm(core(schema).schema)?.expand?.(raw) ?? raw;
}

/** What an item of a list is called: by itself, or after its profile. */
export const nameOf = (item: unknown): unknown => partOf(item, 'name') ?? partOf(item, 'profile');

/** What a valid value says at a path, shorthands written out; undefined where it says nothing. */
export function said(schema: Schema, value: unknown, path: Path): unknown {
  let at: Schema | undefined = schema;
  let part = value;
  for (const step of path) {
    if (at === undefined) return undefined;
    const whole = expanded(at, part);
    at = childOf(at, whole, step);
    part = partOf(whole, step);
  }
  return part;
}

/** A valid mapping laid over the profiles that it names; anything else as it is. */
export function overProfiles(schema: Schema, value: unknown): unknown {
  return layersOf(schema, value).reduce((above, { values }) => overlaid(schema, values, above), value);
}

/**
 * A valid value with every shorthand expanded, and everything written out that it leaves to profiles and defaults, in
 * the schema's order.
 */
export function filled(schema: Schema, raw: unknown): unknown {
  const { schema: inner, fallback } = core(schema);
  const given = raw === undefined ? structuredClone(fallback) : raw;
  if (given === undefined) return undefined;
  const value = expanded(inner, given);
  const form = chosen(inner, value);
  if (form instanceof Complaint) return value;
  const { def, schema: chosenSchema } = core(form);
  if (def.type === 'array' && Array.isArray(value)) return value.map(item => filled(def.element, item));
  if (def.type !== 'object' || !isMapping(value)) return value;
  const whole = overProfiles(chosenSchema, value);
  const result: Raw = {};
  for (const [key, field] of Object.entries(def.shape)) {
    const part = filled(field, partOf(whole, key));
    if (part !== undefined) result[key] = part;
  }
  return completion(chosenSchema)?.(result) ?? result;
}

/**
 * One value laid over another: mappings of one form key by key, shorthands as the mappings that they stand for, all
 * else (lists, distributions) replaced as a whole.
 */
export function overlaid(schema: Schema, below: unknown, above: unknown): unknown {
  if (above === undefined) return below;
  if (below === undefined) return above;
  const { schema: inner, def: outer } = core(schema);
  // Forms of a union exclude each other, unless they are one form and its shorthand.
  if (outer.type === 'union' && unionForm(inner)?.expand === undefined) return above;
  const lower = expanded(inner, below);
  const upper = expanded(inner, above);
  const form = chosen(inner, upper);
  if (form instanceof Complaint) return above;
  const { def } = core(form);
  if (def.type !== 'object' || !isMapping(lower) || !isMapping(upper)) return above;
  const result: Raw = {};
  for (const [key, field] of Object.entries(def.shape)) {
    const part = overlaid(field, partOf(lower, key), partOf(upper, key));
    if (part !== undefined) result[key] = part;
  }
  return result;
}

/**
 * What has to be laid over `below` to give `whole` (both filled): all that differs, and all that stands in `written`.
 * Undefined where that is nothing.
 */
export function patch(schema: Schema, below: unknown, whole: unknown, written: unknown): unknown {
  const { schema: inner, def: outer } = core(schema);
  const form = chosen(inner, whole);
  const keyed =
    !(form instanceof Complaint) && core(form).def.type === 'object' && isMapping(below) && isMapping(whole);
  if (!keyed || (outer.type === 'union' && unionForm(inner)?.expand === undefined)) {
    return written !== undefined || !same(below, whole) ? whole : undefined;
  }
  const mention = written === undefined ? undefined : expanded(inner, written);
  const result: Raw = {};
  for (const [key, field] of Object.entries(fieldsOf(form) ?? {})) {
    const part = patch(field, partOf(below, key), partOf(whole, key), partOf(mention, key));
    if (part !== undefined) result[key] = part;
  }
  return Object.keys(result).length > 0 || written !== undefined ? result : undefined;
}

/** Whether two values of a scenario are the same: plain data, keys in the schema's order. */
const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);
