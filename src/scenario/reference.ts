/** The tables of the scenario reference, made from the schema: what a scenario can say, with every default's source. */
import type { z } from 'zod';
import { flow } from './flow.js';
import { metricKinds } from './objectives.js';
import type { Profile, ProfileKind, Sourced } from './profiles/profile.js';
import { profileKinds } from './profiles/registry.js';
import { documentationOf, isMapping, leafForm, unionForm } from './schema/form.js';
import { scenarioSchema } from './schema/scenario.js';
import { topologyMapping } from './schema/topology.js';
import { core, fieldsOf } from './shape.js';
import { traceColumns } from './trace.js';

type Schema = z.core.$ZodType;

interface Row {
  readonly key: string;
  readonly type: string;
  readonly standard: string;
  readonly meaning: string;
  readonly source: string;
}

/** Every key of a scenario that stands in no list, as `--set` takes it: `server.network.in`. */
export function fieldPaths(): string[] {
  return parts()
    .flatMap(([, table]) => table.map(({ key }) => key))
    .filter(key => !key.includes('['));
}

/** One Markdown table for each part, by its heading. */
export function fieldTables(): string {
  return parts()
    .map(([heading, table]) => `### ${heading}\n\n${render(table)}`)
    .join('\n\n');
}

/** The rows of each part, by its heading. */
function parts(): readonly (readonly [heading: string, table: readonly Row[]])[] {
  const parts: [string, Row[]][] = [];
  const top = fieldsOf(scenarioSchema)!;
  parts.push([
    'The scenario',
    ['name', 'description', 'seed', 'horizon', 'warmup'].map(key => row(key, top[key]!)),
  ]);
  for (const key of [
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
  ]) {
    parts.push([`\`${key}\``, rows(key, top[key]!)]);
  }
  const topology = Object.entries(fieldsOf(topologyMapping)!).map(([key, schema]) =>
    row(`topologies[].${key}`, schema),
  );
  parts.push([
    '`topologies` and `slo`',
    [row('topologies', top.topologies!), ...topology, row('slo', top.slo!)],
  ]);
  return parts;
}

/** The profiles that a scenario can name, with their values: one table for each place. */
export function profileTables(): string {
  return Object.values(profileKinds).map(profileTable).join('\n\n');
}

function profileTable({ field, title, profiles }: ProfileKind): string {
  const fields = [...new Set(profiles.flatMap(profile => Object.keys(profile.values)))];
  const lines = profiles.map(profile => cells(profileRow(profile, fields)));
  return [
    `#### ${title}: \`${field}\``,
    '',
    cells(['name', 'what it is', ...fields.map(path => `\`${path}\``)]),
    `|${' --- |'.repeat(fields.length + 2)}`,
    ...lines,
  ].join('\n');
}

function profileRow({ name, summary, values }: Profile, fields: readonly string[]): string[] {
  const cell = (sourced: Sourced | undefined): string => {
    if (sourced === undefined) return '';
    return `${sourced.kind === 'estimate' ? '≈ ' : ''}${code(sourced.value)}`;
  };
  return [`\`${name}\``, summary, ...fields.map(path => cell(values[path]))];
}

/** The columns of a trace CSV. */
export function traceTable(): string {
  const background = new Set(traceColumns('background').map(column => column.name));
  const lines = traceColumns('uploads').map(({ name, needed, text }) =>
    cells([
      `\`${name}\``,
      needed ? 'yes' : 'no',
      text.replace(/, or nothing,$|,$/, ''),
      background.has(name) ? 'yes' : 'no',
    ]),
  );
  return [
    '| column | needed | what stands in it | for background, too |',
    '| --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

/** The metrics of objectives, by what they are compared with. */
export function metricTable(): string {
  const kinds = new Map<string, string[]>();
  for (const [metric, kind] of metricKinds()) kinds.set(kind, [...(kinds.get(kind) ?? []), `\`${metric}\``]);
  const names: Readonly<Record<string, string>> = {
    number: 'a plain number',
    dollars: 'US dollars, a plain number',
    rate: 'a rate',
    size: 'a size',
    time: 'a time',
    share: 'a share',
  };
  const lines = Array.from(kinds, ([kind, metrics]) => cells([names[kind] ?? kind, metrics.join(', ')]));
  return ['| compared with | metrics |', '| --- | --- |', ...lines].join('\n');
}

function rows(prefix: string, schema: Schema): Row[] {
  const { def } = core(schema);
  if (def.type === 'array') return [row(prefix, schema), ...fieldRows(`${prefix}[]`, def.element)];
  return fieldRows(prefix, schema);
}

function fieldRows(prefix: string, schema: Schema): Row[] {
  return Object.entries(fieldsOf(inside(schema)) ?? {}).flatMap(([key, part]) => {
    const path = `${prefix}.${key}`;
    const { def } = core(part);
    const nested =
      fieldsOf(inside(part)) !== undefined || (def.type === 'array' && fieldsOf(def.element) !== undefined);
    return nested
      ? [row(path, part), ...rows(path, part).filter(one => one.key !== path)]
      : [row(path, part)];
  });
}

/** The mapping that a union's shorthand stands for; of other schemas, themselves. */
function inside(schema: Schema): Schema {
  const { schema: inner, def } = core(schema);
  if (def.type !== 'union' || unionForm(inner)?.expand === undefined) return inner;
  return def.options.find(option => fieldsOf(option) !== undefined) ?? inner;
}

function row(key: string, schema: Schema): Row {
  const { fallback, optional } = core(schema);
  const { description = '', source, sourceKind } = documentationOf(schema);
  // An empty mapping as default means the defaults of its fields, which have rows of their own.
  const own = fallback !== undefined && !(isMapping(fallback) && Object.keys(fallback).length === 0);
  const needed = fallback === undefined && !optional;
  return {
    key,
    type: typeText(schema),
    standard: own ? code(fallback) : needed ? 'needed' : '',
    meaning: description,
    source: source === undefined ? '' : `${sourceKind}: ${source}`,
  };
}

function typeText(schema: Schema): string {
  const { schema: inner, def } = core(schema);
  const text = leafForm(inner)?.text ?? unionForm(inner)?.text;
  if (text !== undefined) return text;
  if (def.type === 'array') return `list of ${typeText(def.element)}`;
  return def.type === 'object' ? 'mapping' : def.type;
}

function render(table: readonly Row[]): string {
  const lines = table.map(({ key, type, standard, meaning, source }) =>
    cells([`\`${key}\``, type, standard, meaning, source]),
  );
  return [
    '| key | type | default | meaning | source of the default |',
    '| --- | --- | --- | --- | --- |',
    ...lines,
  ].join('\n');
}

const cells = (texts: readonly string[]): string =>
  `| ${texts.map(text => text.replaceAll('|', '\\|')).join(' | ')} |`;

/** A value as it stands in a scenario. */
function code(value: unknown): string {
  return value === '' ? '' : `\`${flow(value)}\``;
}

const sections: Readonly<Record<string, () => string>> = {
  fields: fieldTables,
  trace: traceTable,
  metrics: metricTable,
  profiles: profileTables,
};

/** The reference with its generated parts made anew: what stands between `<!-- generated: NAME -->` and `<!-- end -->`. */
export function refreshed(reference: string): string {
  return reference.replace(
    /(<!-- generated: (\w+) -->\n)[\s\S]*?(\n<!-- end -->)/g,
    (whole, start: string, name: string, end: string) =>
      sections[name] === undefined ? whole : `${start}\n${sections[name]()}\n${end}`,
  );
}
