/**
 * Every number of a scenario that could have been another one: what it is called, what it is, and what sets it. The
 * scenario is a resolved one, in which defaults and the values of profiles are written out like all others.
 */
import type { z } from 'zod';
import type { Assumption } from '../../result.js';
import { isUsed } from '../concerned.js';
import { flow } from '../flow.js';
import { isDistribution } from '../schema/distribution.js';
import { Complaint, isMapping, leafForm, unionForm } from '../schema/form.js';
import { scenarioSchema } from '../schema/scenario.js';
import { siteSections, topologyMapping } from '../schema/topology.js';
import { childOf, chosen, core, expanded, fieldsOf, nameOf, overlaid, partOf, said } from '../shape.js';
import type { TopologyKind } from '../types.js';
import { scaledAmount, scaledDistribution, scaledPieces } from './scaled.js';

type Schema = z.core.$ZodType;
type Raw = Record<string, unknown>;

export interface Parameter {
  /** As `--set` takes it where it is one field: `server.threads`; of two that are one value, what they belong to. */
  readonly path: string;
  /** In the form of a scenario file, on one line. */
  readonly value: string;
  /** Names of the topologies that use it. */
  readonly topologies: readonly string[];
  /** Where the value comes from; null where the scenario gives it. */
  readonly assumption: Assumption | null;
  /** The value multiplied, and what sets it (`PATH=VALUE`); null where it cannot go that way. */
  readonly scaled: (factor: number) => { readonly value: string; readonly set: readonly string[] } | null;
}

/** A value that cannot be moved. */
export interface Fixed {
  readonly path: string;
  readonly value: string;
  readonly reason: 'zero' | 'unlimited' | 'bound' | 'word' | 'file';
}

export interface Parameters {
  readonly parameters: readonly Parameter[];
  readonly fixed: readonly Fixed[];
}

/** Parts of a scenario that say what the world is like; the others say what is asked of it. */
const WORLD = [
  'workload',
  'clients',
  'client',
  'transport',
  'server',
  'storage',
  'valetKey',
  'prices',
  'gateway',
  'faults',
];

/** What things are called, by the last key, and names that are drawn. */
const NAMES: ReadonlySet<string> = new Set(['name', 'kind', 'profile', 'instance', 'buckets']);
const DRAWN_NAMES: ReadonlySet<string> = new Set(['workload.uploads.bucket', 'workload.uploads.file']);

/** @param resolved a whole scenario in the form of a file; `assumptions` those of its values that nobody gave */
export function parametersOf(resolved: unknown, assumptions: readonly Assumption[]): Parameters {
  const spots = [...ofTheWorld(resolved), ...ofTopologies(resolved)];
  const parameters: Parameter[] = [];
  const fixed: Fixed[] = [];
  for (const spot of spots) {
    const { path, raw } = spot;
    const topologies = concerned(spot, resolved);
    if (topologies.length === 0) continue;
    const value = flow(raw);
    const reason = fixedBy(spot);
    if (reason === null) {
      const assumption = assumptionOf(spot, topologies, assumptions);
      parameters.push({ path, value, topologies, assumption, scaled: factor => scaledSpot(spot, factor) });
    } else if (reason !== 'off') fixed.push({ path, value, reason });
  }
  return { parameters, fixed };
}

/** Where a value stands in the document, and what is put there when it is moved. */
interface Target {
  readonly path: string;
  readonly of: (moved: unknown) => unknown;
}

/** A value that is no mapping of others. */
interface Spot {
  readonly path: string;
  /** The path to the value itself, by keys and names. */
  readonly steps: readonly string[];
  /** The one topology whose own it is. */
  readonly owner: string | null;
  readonly raw: unknown;
  readonly kind: 'amount' | 'distribution' | 'pieces' | 'word' | 'file';
  readonly schema: Schema;
  readonly targets: readonly Target[];
}

type Frame = Pick<Spot, 'path' | 'steps' | 'owner' | 'targets'>;

const itself = (moved: unknown): unknown => moved;

function ofTheWorld(resolved: unknown): Spot[] {
  const top = fieldsOf(scenarioSchema)!;
  return WORLD.flatMap(key =>
    spotsOf(top[key]!, partOf(resolved, key), {
      path: key,
      steps: [key],
      owner: null,
      targets: [{ path: key, of: itself }],
    }),
  );
}

function ofTopologies(resolved: unknown): Spot[] {
  const topologies = partOf(resolved, 'topologies');
  return itemsOf(topologies).flatMap((own, index) => {
    const name = String(nameOf(own));
    const at = `topologies${itemAt(name, index)}`;
    return spotsOf(topologyMapping, own, {
      path: `topologies.${name}`,
      steps: [],
      owner: name,
      targets: [{ path: at, of: itself }],
    });
  });
}

const itemsOf = (list: unknown): readonly unknown[] => (Array.isArray(list) ? list : []);

/** An item of a list as `--set` finds it; its name, unless that would be read as something else. */
const itemAt = (name: unknown, index: number): string =>
  typeof name === 'string' && !/[="[\]]/.test(name) ? `.${name}` : `[${index}]`;

function spotsOf(schema: Schema, raw: unknown, frame: Frame): Spot[] {
  if (raw === undefined) return [];
  const { schema: inner, def } = core(schema);
  if (isDistribution(inner)) {
    const kind = isMapping(raw) && Object.hasOwn(raw, 'empirical') ? 'file' : 'distribution';
    return [{ ...frame, raw, kind, schema: inner }];
  }
  const value = expanded(inner, raw);
  const form = chosen(inner, value);
  if (form instanceof Complaint) return [];
  if (Array.isArray(value)) return ofList(def.type === 'array' ? def.element : undefined, value, frame);
  if (isMapping(value)) return ofMapping(inner, form, value, frame);
  return ofLeaf(form, value, frame);
}

function ofLeaf(form: Schema, raw: unknown, frame: Frame): Spot[] {
  const leaf = leafForm(form);
  if (leaf === undefined) return [];
  if (leaf.amount !== undefined) return [{ ...frame, raw, kind: 'amount', schema: form }];
  const choices = typeof raw === 'boolean' ? 2 : (leaf.json.enum?.length ?? 0);
  return choices > 1 ? [{ ...frame, raw, kind: 'word', schema: form }] : [];
}

/** Items that have names or stand in an order of their own; others are one value, which is not a number. */
function ofList(element: Schema | undefined, items: readonly unknown[], frame: Frame): Spot[] {
  if (element === undefined) return [];
  return items.flatMap((item, index) => {
    const name = nameOf(expanded(element, item));
    const shown = typeof name === 'string' ? `.${name}` : `[${index}]`;
    // Of one class of clients all uploads come, whatever its weight is.
    const alone = items.length === 1 && isMapping(item) ? { ...item, weight: undefined } : item;
    return spotsOf(element, alone, {
      ...frame,
      path: frame.path + shown,
      steps: [...frame.steps, String(name ?? index)],
      targets: frame.targets.map(({ path }) => ({ path: path + itemAt(name, index), of: itself })),
    });
  });
}

function ofMapping(schema: Schema, form: Schema, value: Raw, frame: Frame): Spot[] {
  const twins = twinsOf(schema, value);
  return Object.entries(fieldsOf(form) ?? {}).flatMap(([key, part]): Spot[] => {
    const raw = partOf(value, key);
    const path = `${frame.path}.${key}`;
    if (raw === undefined || NAMES.has(key) || DRAWN_NAMES.has(path)) return [];
    const steps = [...frame.steps, key];
    if (key === 'trace') return [{ ...frame, steps, raw, kind: 'file', schema: part }];
    if (Array.isArray(raw) && key === 'rate') {
      const targets = frame.targets.map(target => ({ path: `${target.path}.${key}`, of: itself }));
      return [{ ...frame, path, steps, raw, kind: 'pieces', schema: part, targets }];
    }
    const keys = twins?.includes(key) ? twins : [key];
    if (key !== keys[0]) return [];
    const targets = frame.targets.flatMap(target =>
      keys.map(one => ({
        path: `${target.path}.${one}`,
        of: one === key ? itself : (moved: unknown) => partOf(expanded(schema, moved), one),
      })),
    );
    return spotsOf(part, raw, { ...frame, path: keys.length > 1 ? frame.path : path, steps, targets });
  });
}

/**
 * Keys of a mapping that say together what one value says as its shorthand: `in` and `out` of `network: 1Gbps`, the
 * rate and the burst of `requestRate: 3500/s`. The first one gives the others. Undefined where they differ.
 */
function twinsOf(schema: Schema, value: Raw): readonly string[] | undefined {
  if (unionForm(schema)?.expand === undefined) return undefined;
  for (const [key, part] of Object.entries(value)) {
    const full = expanded(schema, part);
    if (full === part || !isMapping(full) || !same(full[key], part)) continue;
    const keys = Object.keys(full);
    if (keys.every(one => same(full[one], value[one]))) return [key, ...keys.filter(one => one !== key)];
  }
  return undefined;
}

/**
 * Whether what a path leads to has nothing to say: of what is unlimited neither the efficiency nor the window matters;
 * of a direction with burst credit the baseline stands in the place of its rate.
 */
function isIdle(schema: Schema, whole: unknown, steps: readonly string[]): boolean {
  let at: Schema | undefined = schema;
  let value = whole;
  for (const key of steps) {
    const { schema: inner } = core(at);
    const full = expanded(inner, value);
    const twins = isMapping(full) ? twinsOf(inner, full) : undefined;
    if (twins !== undefined) {
      const burst = partOf(full, 'burst');
      if (twins.includes(key) && isMapping(burst) && twins.every(one => isMapping(burst[one]))) return true;
      if (!twins.includes(key) && partOf(full, twins[0]!) === 'unlimited' && key !== 'burst') return true;
    }
    at = childOf(inner, full, key);
    if (at === undefined) return false;
    value = partOf(full, key);
  }
  return false;
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Who uses a value: who has none of its own in its place, and to whom it matters. */
function concerned({ owner, steps }: Spot, resolved: unknown): readonly string[] {
  const [section = '', ...rest] = steps;
  const schema = (siteSections as Readonly<Record<string, Schema>>)[section];
  return itemsOf(partOf(resolved, 'topologies')).flatMap(own => {
    const name = String(nameOf(own));
    if (owner !== null && owner !== name) return [];
    if (!isUsed(steps.join('.'), partOf(own, 'kind') as TopologyKind)) return [];
    const its = partOf(own, section);
    if (section === 'faults') return owner === null && its !== undefined ? [] : [name];
    if (schema === undefined) return [name];
    if (owner === null && said(schema, its, rest) !== undefined) return [];
    return isIdle(schema, overlaid(schema, partOf(resolved, section), its), rest) ? [] : [name];
  });
}

/** Of what is assumed the part that is nearest to a value; a default of the whole speaks for its parts. */
function assumptionOf(
  { steps }: Spot,
  topologies: readonly string[],
  assumptions: readonly Assumption[],
): Assumption | null {
  const own = steps.join('.');
  const fitting = assumptions.filter(
    ({ path, topologies: users }) =>
      (own === path || own.startsWith(`${path}.`)) && users.some(name => topologies.includes(name)),
  );
  return fitting.toSorted((a, b) => b.path.length - a.path.length)[0] ?? null;
}

/** Why a value cannot be moved at all; `off`: it belongs to something that is not there. */
function fixedBy(spot: Spot): Fixed['reason'] | 'off' | null {
  const { kind, raw } = spot;
  if (kind === 'word' || kind === 'file') return kind;
  if (raw === 'unlimited') return 'unlimited';
  if (raw === 'none') return 'off';
  if (scaledSpot(spot, 1 / 2) !== null || scaledSpot(spot, 2) !== null) return null;
  return hasOnlyZeros(raw) ? 'zero' : 'bound';
}

function hasOnlyZeros(raw: unknown): boolean {
  return !/[1-9]/.test(flow(raw));
}

function scaledSpot(spot: Spot, factor: number): { value: string; set: readonly string[] } | null {
  const moved = movedTo(spot, factor);
  if (same(moved, spot.raw)) return null;
  const set = spot.targets.map(({ path, of }) => `${path}=${flow(of(moved))}`);
  return { value: flow(moved), set };
}

function movedTo({ kind, raw, schema }: Spot, factor: number): unknown {
  if (kind === 'pieces') return scaledPieces(raw, factor);
  if (kind === 'distribution') return scaledDistribution(raw, factor, amountOf(schema));
  return scaledAmount(raw, factor, leafForm(schema)?.amount ?? {});
}

/** What single values of a distribution may be: its first form is a plain quantity. */
function amountOf(distribution: Schema) {
  const { def } = core(distribution);
  const [constant] = def.type === 'union' ? def.options : [];
  return (constant && leafForm(core(constant).schema)?.amount) ?? {};
}
