/** `--set PATH=VALUE`: puts a value into the document before it is checked, as if it had been written there. */
import type { z } from 'zod';
import { type Complain, readDocument } from './document.js';
import { didYouMean } from './nearest.js';
import { Complaint } from './schema/form.js';
import { scenarioSchema } from './schema/scenario.js';
import { childOf, core, expanded, nameOf } from './shape.js';
import { either, quoted } from './text.js';
import { type Entry, type Place, plain, planted, type Tree } from './tree.js';

type Schema = z.core.$ZodType | undefined;

/** Thrown with what is wrong with the path; caught in this file. */
class BadPath extends Error {
  readonly complaint: Complaint;
  constructor(what: string, allowed: string) {
    super();
    this.complaint = new Complaint('set', what, allowed);
  }
}

/** The document with one option applied; unchanged where the option is wrong, which is complained about. */
export function withSet(tree: Tree, option: string, complain: Complain): Tree {
  const equals = option.indexOf('=');
  const path = (equals < 0 ? option : option.slice(0, equals)).trim();
  const place: Place = { option: `--set ${path}` };
  const refuse = (what: string, allowed: string) =>
    complain(place, [], { code: 'set', message: what, allowed });
  if (equals < 0 || path === '') {
    refuse(
      path === '' ? 'the path is missing' : 'the value is missing',
      'PATH=VALUE is needed, e.g. --set server.threads=400',
    );
    return tree;
  }
  let broken = false;
  const value = readDocument(
    option.slice(equals + 1),
    () => place,
    (at, where, problem) => {
      broken = true;
      complain(at, where, problem);
    },
  );
  if (value === undefined || broken) return tree;
  try {
    return assign(tree, scenarioSchema, path, { value, place });
  } catch (error) {
    if (!(error instanceof BadPath)) throw error;
    refuse(error.complaint.what, error.complaint.allowed ?? '');
    return tree;
  }
}

interface Setting {
  readonly value: Tree;
  readonly place: Place;
}

/** `node` with the value at `path` in it. */
function assign(node: Tree | undefined, schema: Schema, path: string, setting: Setting): Tree {
  const rest = path.startsWith('.') ? path.slice(1) : path;
  if (path === '') return setting.value;
  const target = opened(node, schema, setting.place, path);
  if (target.kind === 'list') {
    const { index, after } = itemOf(target.items, schema, rest);
    const child = schema === undefined ? undefined : childOf(schema, plain(target), index);
    return { ...target, items: target.items.with(index, assign(target.items[index], child, after, setting)) };
  }
  const { key, after } = keyOf(rest);
  const before = target.entries.get(key);
  const child = schema === undefined ? undefined : childOf(schema, plain(target), key);
  const entry: Entry = {
    keyPlace: before?.keyPlace ?? setting.place,
    value: assign(before?.value, child, after, setting),
  };
  // What is set newly is at the option's place; a key that was there keeps its own.
  return {
    ...target,
    entries: new Map([
      ...target.entries,
      [key, after === '' ? { ...entry, keyPlace: setting.place } : entry],
    ]),
  };
}

type Open = Extract<Tree, { kind: 'map' | 'list' }>;

/** A node as something that has parts: a default or a shorthand is written out, nothing becomes a mapping. */
function opened(node: Tree | undefined, schema: Schema, place: Place, path: string): Open {
  const empty = node === undefined || (node.kind === 'scalar' && node.value === null);
  const value = empty ? (schema === undefined ? undefined : core(schema).fallback) : plain(node);
  const full = schema === undefined || value === undefined ? value : expanded(schema, value);
  if (!empty && full === value && node.kind !== 'scalar') return node;
  if (empty && !Array.isArray(full)) return { kind: 'map', entries: new Map(), place };
  const tree = planted(full, empty ? place : node.place);
  if (tree.kind !== 'scalar') return tree;
  throw new BadPath(
    `nothing inside ${quoted(String(tree.value), 30)} can be set (${quoted(path, 40)})`,
    'set the whole value instead',
  );
}

/** The key that a path starts with, and what follows it. */
function keyOf(path: string): { key: string; after: string } {
  const bracketed = /^\["((?:[^"\\]|\\.)*)"\](.*)$/s.exec(path);
  if (bracketed !== null) return { key: unescaped(bracketed[1]!), after: bracketed[2]! };
  const match = /^([^.[\]]+)(.*)$/s.exec(path);
  if (match === null)
    throw new BadPath(
      `the path breaks off at ${quoted(path, 40)}`,
      'keys with dots between them, list items as [0] or by name',
    );
  const [, key = '', after = ''] = match;
  if (key === '__proto__') throw new BadPath('the key "__proto__" is not taken', 'a key of the scenario');
  return { key: key.trim(), after };
}

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1');

/** The item of a list that a path starts with: by its index in brackets, or by its name. */
function itemOf(items: readonly Tree[], schema: Schema, path: string): { index: number; after: string } {
  const indexed = /^\[(\d{1,9})\](.*)$/s.exec(path);
  if (indexed !== null) {
    const index = Number(indexed[1]);
    if (index < items.length) return { index, after: indexed[2]! };
    throw new BadPath(
      `there is no item [${index}]`,
      items.length === 0 ? 'the list is empty' : `[0] to [${items.length - 1}]`,
    );
  }
  const names = items.map(item => itemName(item, schema));
  const quotedName = /^\["/.test(path) ? keyOf(path) : undefined;
  // Names may hold dots: the longest one that fits is meant.
  let best = -1;
  for (const [index, name] of names.entries()) {
    if (name === undefined) continue;
    const fits =
      quotedName === undefined
        ? path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`)
        : quotedName.key === name;
    if (fits && (best < 0 || name.length > names[best]!.length)) best = index;
  }
  if (best >= 0) return { index: best, after: quotedName?.after ?? path.slice(names[best]!.length) };
  const known = names.filter(name => name !== undefined);
  const asked = quotedName?.key ?? /^[^.[]*/.exec(path)![0];
  const indices =
    items.length === 0 ? 'the list is empty' : `an item by its index, [0] to [${items.length - 1}]`;
  const allowed = known.length > 0 ? either(known) : indices;
  throw new BadPath(`no item of this list is called ${quoted(asked)}${didYouMean(asked, known)}`, allowed);
}

function itemName(item: Tree, schema: Schema): string | undefined {
  const def = schema === undefined ? undefined : core(schema).def;
  const value = plain(item);
  const full = def?.type === 'array' ? expanded(def.element, value) : value;
  const name = nameOf(full);
  return typeof name === 'string' ? name : undefined;
}
