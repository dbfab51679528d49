/**
 * What the schema's parts know beyond what zod asks of them: how a value that is wrong is described, which form of
 * several was meant, what a shorthand stands for. Kept beside the schemas, since zod's own issues for unions and
 * transforms say too little to put anything right; by their definitions, which `.meta()` keeps when it copies a schema.
 */
import { z } from 'zod';
import type { SourceKind } from '../../result.js';

declare module 'zod' {
  interface GlobalMeta {
    /** Where a default comes from. */
    source?: string;
    sourceKind?: SourceKind;
  }
}

/** What is wrong with one value, and what would be right. */
export class Complaint {
  readonly code: string;
  readonly what: string;
  readonly allowed: string | undefined;
  /** From the value that was read to the part that is wrong. */
  readonly path: readonly (string | number)[];

  constructor(code: string, what: string, allowed?: string, path: readonly (string | number)[] = []) {
    this.code = code;
    this.what = what;
    this.allowed = allowed;
    this.path = path;
  }
}

/** A problem that was reported where it is (inside a CSV): the value fails, and nothing more is said. */
export const alreadyReported = new Complaint('reported', '');

export interface LeafForm {
  /** Its type as the reference shows it. */
  readonly text: string;
  readonly json: z.core.JSONSchema.BaseSchema;
  /** Where the value is an amount of something, with or without a unit: not a name, a number by which to call it, or a word. */
  readonly amount?: Amount;
}

/** What numbers an amount may have, as they are written. */
export interface Amount {
  readonly integer?: boolean;
  readonly least?: number;
  readonly most?: number;
}

const leaves = new WeakMap<object, LeafForm>();

/** A value that is read by a function of ours, which gives the value or a complaint. */
export function leaf<T>(read: (raw: unknown) => T | Complaint, form: LeafForm) {
  const schema = z.unknown().transform((raw, context): T => {
    const value = read(raw);
    if (!(value instanceof Complaint)) return value;
    context.issues.push({ code: 'custom', input: raw, path: [...value.path], params: { complaint: value } });
    return z.NEVER;
  });
  leaves.set(schema._zod.def, form);
  return schema;
}

export const leafForm = (schema: z.core.$ZodType): LeafForm | undefined => leaves.get(schema._zod.def);

type Raw = Record<string, unknown>;

export const isMapping = (raw: unknown): raw is Raw =>
  typeof raw === 'object' && raw !== null && !Array.isArray(raw);

export interface UnionForm {
  readonly text: string;
  /** Index of the branch that was meant, or what is wrong when it is none of them. */
  pick(raw: unknown): number | Complaint;
  /** The full form that a shorthand stands for; anything else is returned as it is. */
  expand?(raw: unknown): unknown;
}

const unions = new WeakMap<object, UnionForm>();

/** A union that knows which of its forms a value was meant to be. */
export function oneOf<const Options extends readonly z.ZodType[]>(options: Options, form: UnionForm) {
  const schema = z.union(options);
  unions.set(schema._zod.def, form);
  return schema;
}

export const unionForm = (schema: z.core.$ZodType): UnionForm | undefined => unions.get(schema._zod.def);

const completions = new WeakMap<object, (raw: Raw) => Raw>();

/** Adds defaults that follow from other fields to a mapping in scenario form; the static ones are already in it. */
export function completed<S extends z.ZodType>(schema: S, complete: (raw: Raw) => Raw): S {
  completions.set(schema._zod.def, complete);
  return schema;
}

export const completion = (schema: z.core.$ZodType): ((raw: Raw) => Raw) | undefined =>
  completions.get(schema._zod.def);

interface Documentation {
  readonly description: string;
  /** Where the default comes from, and how sure it is. */
  readonly source?: string;
  readonly kind?: SourceKind;
}

/** A field with a default in scenario form, which is read as if the user had written it. */
export function field<S extends z.ZodType>(
  schema: S,
  value: z.input<S>,
  { description, source, kind }: Documentation,
) {
  const meta = {
    description,
    ...(source === undefined ? {} : { source }),
    ...(kind === undefined ? {} : { sourceKind: kind }),
  };
  // z.input<S> is what prefault takes for every S; TypeScript cannot see it through the generic.
  return schema.prefault(value as never).meta(meta);
}

interface Meta {
  readonly description?: string;
  readonly source?: string;
  readonly sourceKind?: SourceKind;
}

/** What `field` and `maybe` said of a schema. */
export function documentationOf(schema: z.core.$ZodType): Meta {
  return 'meta' in schema && typeof schema.meta === 'function' ? ((schema.meta() ?? {}) as Meta) : {};
}

/** A field that may be left out and then has no value, or one that follows from others. */
export function maybe<S extends z.ZodType>(
  schema: S,
  description: string,
  origin: { readonly source?: string; readonly sourceKind?: SourceKind } = {},
) {
  return schema.optional().meta({ description, ...origin });
}

/** What a value of the wrong type is called. */
export function typeName(raw: unknown): string {
  if (raw === null || raw === undefined) return 'nothing';
  if (Array.isArray(raw)) return 'a list';
  if (typeof raw === 'object') return 'a mapping';
  if (typeof raw === 'string') return 'text';
  if (typeof raw === 'boolean') return `${raw}`;
  return 'a number';
}

/** The complaints that every leaf has in common: nothing there, or a list or mapping instead of one value. */
export function notOneValue(raw: unknown, allowed: string): Complaint | undefined {
  if (raw === undefined) return new Complaint('missing', 'missing', allowed);
  if (raw === null) return new Complaint('empty', 'has no value', allowed);
  if (typeof raw === 'object') return new Complaint('type', `${typeName(raw)} stands here`, allowed);
  return undefined;
}
