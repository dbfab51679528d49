/**
 * A valid document -> the scenario in SI numbers, and the resolved scenario: the same with every default written out,
 * still in the form of a scenario file, so that running it again gives the same bytes.
 */
import type { z } from 'zod';
import type { Assumption } from '../result.js';
import { type Assumed, assumed, assumedOfStorage, gathered } from './assumptions.js';
import { knownNames, nameOfTopology, writtenKind, writtenTopologies } from './checks.js';
import { check, type Finding } from './issues.js';
import { parseObjective } from './objectives.js';
import { storageProfile } from './profiles/registry.js';
import { Complaint, isMapping } from './schema/form.js';
import { type ScenarioOutput, scenarioSchema } from './schema/scenario.js';
import { optionKinds, siteSections, topologyOptions } from './schema/topology.js';
import { filled, overlaid, partOf, patch } from './shape.js';
import { either, quoted } from './text.js';
import type {
  Objective,
  Scenario,
  SiteParameters,
  TopologyKind,
  TopologyOptions,
  TopologySpec,
  UploadsSpec,
} from './types.js';

type Raw = Record<string, unknown>;
type Section = keyof typeof siteSections;

const sections = Object.keys(siteSections) as Section[];

export interface Resolution {
  readonly scenario: Scenario;
  readonly resolved: Raw;
  readonly warnings: readonly string[];
  readonly assumptions: readonly Assumption[];
  readonly findings: readonly Finding[];
}

/**
 * @param raw a document that the schema accepts
 * @param output what the schema made of it
 * @param selected names of the topologies to keep, or undefined for all
 */
export function resolve(
  raw: Raw,
  output: ScenarioOutput,
  selected: ReadonlySet<string> | undefined,
): Resolution {
  const findings: Finding[] = warmupFindings(output);
  const warnings: string[] = [];
  const assumptions: (Assumed & { readonly topology: string })[] = [];
  const uploads = uploadsOf(output);
  const buckets = bucketsOf(uploads);

  const written = sitePart(raw);
  const base = completeSite(written, buckets);
  const topologies: TopologySpec[] = [];
  const resolvedTopologies: unknown[] = [];
  for (const [index, item] of writtenTopologies(raw).entries()) {
    const name = String(nameOfTopology(item));
    if (selected !== undefined && !selected.has(name)) continue;
    const own = isMapping(item) ? item : { name: item };
    const kind = writtenKind(item)!;
    const site = completeSite(merged(written, own), buckets);
    const spec = readSite(site, ['topologies', index], findings);
    const options = readOptions(kind, own);
    if (spec === undefined) continue;
    topologies.push({ name, kind, options: options.all, ...spec });
    findings.push(...siteFindings(spec, own, index));
    warnings.push(...rebaseWarnings(name, own, written, site));
    assumptions.push(...assumedFor(name, kind, merged(written, own), options.used, own));
    const changes = Object.fromEntries(
      sections.flatMap(section => {
        const part = patch(siteSections[section], base[section], site[section], own[section]);
        return part === undefined ? [] : [[section, part]];
      }),
    );
    resolvedTopologies.push({ name, kind, ...options.used, ...changes });
  }

  const kept = new Set(topologies.map(topology => topology.name));
  const { objectives, texts } = readObjectives(raw, output, kept, warnings);
  warnings.push(...bucketWarnings(buckets, topologies));
  const scenario: Scenario = {
    name: output.name,
    description: output.description,
    seed: output.seed,
    horizon: output.horizon,
    warmup: output.warmup,
    workload: { uploads, background: output.workload.background },
    clients: output.clients,
    topologies,
    slo: objectives,
  };
  const { name, description, horizon, warmup, workload, clients } = filled(scenarioSchema, {
    ...raw,
    topologies: undefined,
    slo: undefined,
  }) as Raw;
  const resolved = {
    name,
    description,
    seed: output.seed,
    horizon,
    warmup,
    workload,
    clients,
    ...base,
    topologies: resolvedTopologies,
    slo: texts,
  };
  const common = topologies.flatMap(topology =>
    assumedOfWorkload(raw).map(assumption => ({ ...assumption, topology: topology.name })),
  );
  return { scenario, resolved, warnings, assumptions: gathered([...common, ...assumptions]), findings };
}

/** What every topology assumes of the workload and its clients. */
function assumedOfWorkload({ workload, clients, horizon, warmup }: Raw): Assumed[] {
  return assumed(
    scenarioSchema.pick({ workload: true, clients: true, horizon: true, warmup: true }),
    { workload, clients, horizon, warmup },
    '',
  );
}

/** What a topology assumes of itself and of the site. */
function assumedFor(
  topology: string,
  kind: TopologyKind,
  site: Record<Section, unknown>,
  used: Raw,
  own: Raw,
): (Assumed & { readonly topology: string })[] {
  const ofSite = sections
    .filter(section => section !== 'valetKey' || kind === 'valet-key')
    .flatMap(section =>
      section === 'storage'
        ? assumedOfStorage(siteSections.storage, site.storage)
        : assumed(siteSections[section], site[section], section),
    )
    .filter(({ path }) => kind === 'proxy-spooled' || !path.startsWith('server.disk.'));
  const ofOptions = assumed(topologyOptions(kind), own, '').filter(({ path }) => path in used);
  return [...ofSite, ...ofOptions].map(assumption => ({ ...assumption, topology }));
}

/** Without a size only a trace is left, whose own sizes hold. */
function uploadsOf({ workload }: ScenarioOutput): UploadsSpec {
  const { size = { kind: 'constant', value: 0 } as const, ...rest } = workload.uploads;
  return { ...rest, size };
}

/** Every bucket that an upload may ask for: those of the scenario, unless a trace names one for each upload. */
function bucketsOf({ bucket, arrivals }: UploadsSpec): string[] {
  const traced = arrivals.kind === 'trace' ? arrivals.trace : undefined;
  if (traced?.bucket === undefined) return [...new Set(bucket.values)];
  const used = new Set(traced.bucket);
  const own = used.has(-1) ? bucket.values : [];
  return [...new Set([...own, ...traced.names.filter((_, index) => used.has(index))])];
}

/** The parts that topologies may override, as written; nothing is an empty mapping. */
function sitePart(raw: Raw): Record<Section, unknown> {
  return Object.fromEntries(sections.map(section => [section, raw[section] ?? {}])) as Record<
    Section,
    unknown
  >;
}

function merged(written: Record<Section, unknown>, own: Raw): Record<Section, unknown> {
  return Object.fromEntries(
    sections.map(section => [section, overlaid(siteSections[section], written[section], own[section])]),
  ) as Record<Section, unknown>;
}

/**
 * All defaults written out. What the user wrote, for the scenario or one topology, lies over the storage profile:
 * a topology that names another profile puts that one underneath instead.
 */
function completeSite(site: Record<Section, unknown>, buckets: readonly string[]): Record<Section, unknown> {
  const storage = overlaid(siteSections.storage, profileValues(site.storage), site.storage) as Raw;
  const whole: Record<Section, unknown> = {
    ...site,
    storage: { ...storage, buckets: storage.buckets ?? buckets },
  };
  return Object.fromEntries(
    sections.map(section => [section, filled(siteSections[section], whole[section])]),
  ) as Record<Section, unknown>;
}

function profileValues(storage: unknown): Raw {
  const profile = storageProfile(String(partOf(storage, 'profile')));
  return Object.fromEntries(
    Object.entries(profile?.storage ?? {}).map(([field, sourced]) => [field, sourced.value]),
  );
}

/** A complete site as SI numbers; a failure is a contradiction between an override and what it is laid over. */
function readSite(
  site: Record<Section, unknown>,
  path: readonly (string | number)[],
  findings: Finding[],
): SiteParameters | undefined {
  const read = <S extends z.ZodType>(section: Section, schema: S): z.output<S> | undefined => {
    const result = check(schema, site[section]);
    if (result.ok) return result.value;
    findings.push(
      ...result.findings.map(finding => ({
        ...finding,
        path: [...path, section, ...finding.path],
        also: [[section, ...finding.path]],
      })),
    );
    return undefined;
  };
  const client = read('client', siteSections.client);
  const transport = read('transport', siteSections.transport);
  const server = read('server', siteSections.server);
  const storage = read('storage', siteSections.storage);
  const valetKey = read('valetKey', siteSections.valetKey);
  if (!client || !transport || !server || !storage || !valetKey) return undefined;
  const { profile: _, buckets = [], ...rest } = storage;
  const { price = null, ...hardware } = server;
  return { client, transport, server: { ...hardware, price }, storage: { ...rest, buckets }, valetKey };
}

/** All options for the simulator, and for the resolved scenario those that the kind uses. */
function readOptions(kind: TopologyKind, own: Raw): { all: TopologyOptions; used: Raw } {
  const names = Object.keys(optionKinds) as (keyof TopologyOptions)[];
  const given = Object.fromEntries(
    names.flatMap(name => (own[name] === undefined ? [] : [[name, own[name]]])),
  );
  const schema = topologyOptions(kind);
  const whole = filled(schema, given) as Raw;
  const used = Object.fromEntries(
    names.filter(name => optionKinds[name].includes(kind)).map(name => [name, whole[name]]),
  );
  return { all: schema.parse(given), used };
}

function warmupFindings({ warmup, horizon }: ScenarioOutput): Finding[] {
  if (warmup < horizon) return [];
  const complaint = new Complaint(
    'range',
    'the warm-up lasts until the horizon or beyond it: nothing would be measured',
    'a warmup below the horizon',
  );
  return [{ path: ['warmup'], aim: 'value', complaint, also: [['horizon']] }];
}

/** What cannot be, once everything is laid over each other. */
function siteFindings({ server, client }: SiteParameters, own: Raw, index: number): Finding[] {
  const path = (section: string, field: string) =>
    partOf(own[section], field) === undefined ? [section, field] : ['topologies', index, section, field];
  const found: Finding[] = [];
  if (server.baseMemory >= server.memory) {
    const complaint = new Complaint(
      'range',
      'the server is full before the first upload',
      'baseMemory below memory',
    );
    const also = [path('server', 'memory')];
    found.push({ path: path('server', 'baseMemory'), aim: 'value', complaint, also });
  }
  if (client.retry.cap < client.retry.base) {
    const complaint = new Complaint(
      'range',
      'the longest pause is shorter than the first',
      'retry.cap of at least retry.base',
    );
    const retry =
      partOf(own.client, 'retry') === undefined
        ? ['client', 'retry']
        : ['topologies', index, 'client', 'retry'];
    found.push({ path: [...retry, 'cap'], aim: 'value', complaint, also: [[...retry, 'base']] });
  }
  return found;
}

/** A profile of a topology does not reach the fields that the scenario itself gives: that may not be what was meant. */
function rebaseWarnings(
  name: string,
  own: Raw,
  written: Record<Section, unknown>,
  site: Record<Section, unknown>,
): string[] {
  const profile = partOf(own.storage, 'profile');
  if (profile === undefined) return [];
  const values = filled(siteSections.storage, profileValues(own.storage)) as Raw;
  const fields = Object.keys(profileValues(own.storage)).filter(
    field =>
      partOf(written.storage, field) !== undefined &&
      partOf(own.storage, field) === undefined &&
      JSON.stringify(values[field]) !== JSON.stringify(partOf(site.storage, field)),
  );
  if (fields.length === 0) return [];
  return [
    `${quoted(name)} takes the profile ${String(profile)}, but storage.${fields.join(', storage.')} of the scenario still ${fields.length > 1 ? 'hold' : 'holds'}; repeat ${fields.length > 1 ? 'them' : 'it'} for the topology if the profile's should`,
  ];
}

function readObjectives(raw: Raw, output: ScenarioOutput, kept: ReadonlySet<string>, warnings: string[]) {
  const known = knownNames(raw);
  const objectives: Objective[] = [];
  const texts: unknown[] = [];
  const dropped = new Set<string>();
  for (const { topology, text } of output.slo) {
    const objective = parseObjective(text, known, topology);
    // Already checked with the same names.
    if (objective instanceof Complaint) continue;
    if (objective.topology !== 'all' && !kept.has(objective.topology)) {
      dropped.add(objective.topology);
      continue;
    }
    objectives.push(objective);
    texts.push({ [objective.topology]: objective.expr });
  }
  if (dropped.size > 0) {
    warnings.push(
      `the objectives of ${either([...dropped].map(name => quoted(name))).replace(' or ', ' and ')} are left out, since that topology is not run`,
    );
  }
  return { objectives, texts };
}

function bucketWarnings(buckets: readonly string[], topologies: readonly TopologySpec[]): string[] {
  const missing = new Map<string, string[]>();
  for (const { name, storage } of topologies) {
    const known = new Set(storage.buckets);
    for (const bucket of buckets) {
      if (!known.has(bucket)) missing.set(bucket, [...(missing.get(bucket) ?? []), name]);
    }
  }
  return Array.from(missing, ([bucket, names]) => {
    const where =
      names.length === topologies.length ? '' : ` of ${names.map(name => quoted(name)).join(', ')}`;
    return `uploads name the bucket ${quoted(bucket)}, which storage.buckets${where} does not have: they will fail with no-such-bucket`;
  }).slice(0, 20);
}
