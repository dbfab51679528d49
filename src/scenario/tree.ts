/**
 * A scenario's values together with the place that each came from, so that whatever is found wrong later can be
 * shown where it was written. A tree is never changed: `--set` makes a new one along its path.
 */
import type { Path } from './problem.js';

/** An offset into the scenario's text, or the option on the command line. */
export type Place = number | { readonly option: string };

export type Tree = Scalar | MapTree | ListTree;

export interface Scalar {
  readonly kind: 'scalar';
  readonly value: string | number | boolean | null;
  readonly place: Place;
}

export interface Entry {
  readonly keyPlace: Place;
  readonly value: Tree;
}

export interface MapTree {
  readonly kind: 'map';
  readonly entries: ReadonlyMap<string, Entry>;
  readonly place: Place;
}

export interface ListTree {
  readonly kind: 'list';
  readonly items: readonly Tree[];
  readonly place: Place;
}

/** The values alone. Subtrees that aliases share stay shared. */
export function plain(tree: Tree): unknown {
  const known = new Map<Tree, unknown>();
  const visit = (node: Tree): unknown => {
    if (node.kind === 'scalar') return node.value;
    const before = known.get(node);
    if (before !== undefined) return before;
    const value = node.kind === 'list' ? node.items.map(visit) : fromEntries(node.entries, visit);
    known.set(node, value);
    return value;
  };
  return visit(tree);
}

/** Defined, not assigned: a key `__proto__` must not become the object's prototype. */
function fromEntries(
  entries: ReadonlyMap<string, Entry>,
  visit: (node: Tree) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Array.from(entries, ([key, entry]) => [key, visit(entry.value)]));
}

/** A tree of plain values that all came from one place. */
export function planted(value: unknown, place: Place): Tree {
  if (Array.isArray(value)) return { kind: 'list', items: value.map(item => planted(item, place)), place };
  if (typeof value === 'object' && value !== null) {
    const entries = new Map<string, Entry>();
    for (const [key, item] of Object.entries(value))
      entries.set(key, { keyPlace: place, value: planted(item, place) });
    return { kind: 'map', entries, place };
  }
  const scalar =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;
  return { kind: 'scalar', value: scalar, place };
}

/** The option that brought in a value at one of some paths, or inside it. */
export function optionWithin(tree: Tree, paths: readonly Path[]): Place | undefined {
  for (const path of paths) {
    const node = path.reduce<Tree | undefined>(partAt, tree);
    // Much may be wrong with the whole scenario that no option is to blame for.
    const option = node === undefined || path.length === 0 ? undefined : optionIn(node);
    if (option !== undefined) return option;
  }
  return undefined;
}

function partAt(node: Tree | undefined, step: string | number): Tree | undefined {
  if (node?.kind === 'map' && typeof step === 'string') return node.entries.get(step)?.value;
  return node?.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
}

function optionIn(node: Tree): Place | undefined {
  if (typeof node.place !== 'number') return node.place;
  const parts =
    node.kind === 'map'
      ? Array.from(node.entries.values(), entry => entry.value)
      : node.kind === 'list'
        ? node.items
        : [];
  for (const part of parts) {
    const option = optionIn(part);
    if (option !== undefined) return option;
  }
  return undefined;
}

export type Aim = 'value' | 'key';

/**
 * The place of a path: of its value or, with `aim` key, of its last key. Where the path leads to nothing, the place
 * of the key of the last part that is there: that is where something is missing.
 */
export function placeOf(tree: Tree, path: Path, aim: Aim = 'value'): Place {
  let node = tree;
  let key = tree.place;
  for (const step of path) {
    const entry = node.kind === 'map' && typeof step === 'string' ? node.entries.get(step) : undefined;
    const item = node.kind === 'list' && typeof step === 'number' ? node.items[step] : undefined;
    if (entry !== undefined) {
      node = entry.value;
      key = entry.keyPlace;
    } else if (item !== undefined) {
      node = item;
      key = item.place;
    } else return key;
  }
  // Nothing is written where a value is empty: its key is the thing to look at.
  const empty = node.kind === 'scalar' && node.value === null;
  return aim === 'key' || empty ? key : node.place;
}
