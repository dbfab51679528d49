/** zod's issues -> complaints with a path: which key, what is wrong with it, what would be right. */
import { z } from 'zod';
import { nearest } from './nearest.js';
import type { Path } from './problem.js';
import { Complaint, leafForm, typeName, unionForm } from './schema/form.js';
import { refusal } from './schema/refused.js';
import { scenarioSchema } from './schema/scenario.js';
import { chosen, core, fieldsOf, partOf, schemaAt } from './shape.js';
import { either, quoted } from './text.js';

export interface Finding {
  readonly path: Path;
  /** Whether the key itself is wrong, not its value. */
  readonly aim: 'key' | 'value';
  readonly complaint: Complaint;
  /** Other values that it is about: one of them may be to blame. */
  readonly also?: readonly Path[];
}

/**
 * What the issues of a failed parse of `raw` say, in their order.
 * @param prefix path from the whole scenario to `raw`
 */
export function findings(
  issues: readonly z.core.$ZodIssue[],
  schema: z.core.$ZodType,
  raw: unknown,
  prefix: Path = [],
): Finding[] {
  return issues.flatMap(issue => translate(issue, schema, raw, prefix));
}

const step = (key: PropertyKey): string | number => (typeof key === 'number' ? key : String(key));

function translate(issue: z.core.$ZodIssue, schema: z.core.$ZodType, raw: unknown, prefix: Path): Finding[] {
  const inner = issue.path.map(step);
  const path = [...prefix, ...inner];
  const value = inner.reduce<unknown>(partOf, raw);
  const at = schemaAt(schema, raw, inner);
  const union = at === undefined ? undefined : core(at);
  // A union may pass on the issues of a form that was not meant: the form that was is asked again.
  const ofUnion = union?.def.type === 'union' && ['invalid_union', 'unrecognized_keys'].includes(issue.code);
  if (union?.def.type === 'union' && ofUnion)
    return ofMeantForm(union.schema, union.def.options, value, path);
  switch (issue.code) {
    case 'custom': {
      const complaint: unknown = issue.params?.complaint;
      if (!(complaint instanceof Complaint)) break;
      if (complaint.code === 'reported') return [];
      return [{ path, aim: complaint.code === 'unknown-key' ? 'key' : 'value', complaint }];
    }
    case 'unrecognized_keys':
      return issue.keys.map(key => unknownKey(key, at, value, path));
    case 'invalid_type':
    case 'too_small':
    case 'too_big': {
      const complaint = at === undefined ? undefined : wrongShape(at, value);
      if (complaint !== undefined) return [{ path, aim: 'value', complaint }];
      break;
    }
  }
  return [{ path, aim: 'value', complaint: new Complaint('invalid', issue.message) }];
}

/** What is wrong with a value of a union, judged by the form that it was meant to have. */
function ofMeantForm(
  union: z.core.$ZodType,
  options: readonly z.core.$ZodType[],
  value: unknown,
  path: Path,
): Finding[] {
  const index = unionForm(union)?.pick(value) ?? 0;
  if (index instanceof Complaint) {
    return [
      {
        path: [...path, ...index.path],
        aim: index.code === 'unknown-key' ? 'key' : 'value',
        complaint: index,
      },
    ];
  }
  const form = options[index]!;
  const result = z.safeParse(form, value);
  return result.success ? [] : findings(result.error.issues, form, value, path);
}

/** A value that is no mapping or list where one is needed, or a list that is too short or too long. */
function wrongShape(schema: z.core.$ZodType, value: unknown): Complaint | undefined {
  const form = chosen(schema, value);
  if (form instanceof Complaint) return form;
  const { def } = core(form);
  const needed = shapeNeeded(form);
  if (value === undefined) return new Complaint('missing', 'missing', needed);
  if (value === null) return new Complaint('empty', 'has no value', `${needed}, or nothing at all`);
  if (def.type === 'array' && Array.isArray(value)) {
    return value.length === 0
      ? new Complaint('empty', 'the list is empty', 'at least one item, or leave the key out')
      : new Complaint('range', `the list has ${value.length} items`, 'fewer; long lists belong in a CSV');
  }
  if (def.type === 'tuple' && Array.isArray(value)) {
    return new Complaint('range', `the list has ${value.length} items`, `${def.items.length} are needed`);
  }
  return new Complaint('type', `${typeName(value)} stands here`, needed);
}

function shapeNeeded(schema: z.core.$ZodType): string {
  const { def } = core(schema);
  if (def.type === 'array') return 'a list is needed (items in [ ], or each on a line with "- ")';
  if (def.type === 'tuple') return `a list of ${def.items.length} is needed, [smallest, largest]`;
  if (def.type === 'object') return `a mapping is needed, with ${either(Object.keys(def.shape), 12)}`;
  return leafForm(schema)?.text ?? 'another value is needed';
}

/** A key that no mapping here has: for a reason, in the wrong place, or misspelt. */
function unknownKey(key: string, at: z.core.$ZodType | undefined, value: unknown, parent: Path): Finding {
  const path = [...parent, key];
  const refused = refusal(path);
  if (refused !== undefined) {
    return { path, aim: 'key', complaint: new Complaint('not-per-topology', refused.what, refused.allowed) };
  }
  const form = at === undefined ? undefined : chosen(at, value);
  const known = form === undefined || form instanceof Complaint ? [] : Object.keys(fieldsOf(form) ?? {});
  const near = nearest(key, known);
  const elsewhere = near === undefined ? homeOf(key) : undefined;
  const hint =
    near !== undefined
      ? ` (did you mean ${near}?)`
      : elsewhere !== undefined
        ? ` (it belongs in ${elsewhere})`
        : '';
  return {
    path,
    aim: 'key',
    complaint: new Complaint(
      'unknown-key',
      `${quoted(key)} is not a key here${hint}`,
      `known here: ${either(known, 30)}`,
    ),
  };
}

/** The parts of a scenario that have a key, by the key; made when the first stray key is met. */
let homes: Map<string, string[]> | undefined;

/** The part of a scenario that has this key, if just one has. */
function homeOf(key: string): string | undefined {
  homes ??= keysOfParts();
  const found = homes.get(key);
  return found?.length === 1 ? found[0] : undefined;
}

function keysOfParts(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  const visit = (schema: z.core.$ZodType, path: string, level: number) => {
    const { def } = core(schema);
    const inner = def.type === 'array' ? core(def.element).schema : core(schema).schema;
    const fields = fieldsOf(mapping(inner) ?? inner);
    if (fields === undefined || level > 3) return;
    for (const [name, part] of Object.entries(fields)) {
      if (path !== '') found.set(name, [...(found.get(name) ?? []), path]);
      if (name !== 'topologies') visit(part, path === '' ? name : `${path}.${name}`, level + 1);
    }
  };
  visit(scenarioSchema, '', 0);
  const topology = fieldsOf(mapping(scenarioSchema.shape.topologies) ?? scenarioSchema) ?? {};
  for (const name of Object.keys(topology))
    found.set(name, [...(found.get(name) ?? []), 'an item of topologies']);
  return found;
}

/** The mapping among the forms of a union that stand for each other. */
function mapping(schema: z.core.$ZodType): z.core.$ZodType | undefined {
  const { def, schema: inner } = core(schema);
  if (def.type === 'array') return mapping(def.element);
  if (def.type !== 'union' || unionForm(inner)?.expand === undefined) return undefined;
  return def.options.find(option => fieldsOf(option) !== undefined);
}

/** Reads a value in scenario form by a schema; what is wrong comes back as findings. */
export function check<S extends z.ZodType>(
  schema: S,
  raw: unknown,
): { ok: true; value: z.output<S> } | { ok: false; findings: Finding[] } {
  const result = z.safeParse(schema, raw);
  if (result.success) return { ok: true, value: result.data };
  return { ok: false, findings: findings(result.error.issues, schema, raw) };
}
