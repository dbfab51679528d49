/**
 * A valid document -> the scenario in SI numbers, and the resolved scenario: the same with every default written out,
 * still in the form of a scenario file, so that running it again gives the same bytes.
 */
import type { z } from 'zod';
import type { Assumption } from '../result.js';
import { type Assumed, assumed, gathered } from './assumptions.js';
import { burstFindings, burstWarnings, hiddenByBursts } from './bursts.js';
import { knownNames, nameOfTopology, writtenKind, writtenTopologies } from './checks.js';
import { isUsed } from './concerned.js';
import { faultFindings, readFaults, writtenFaults } from './faults.js';
import { autoscalingOf, fleetFindings, healthOf } from './fleet.js';
import { check, type Finding } from './issues.js';
import { parseObjective } from './objectives.js';
import { partWarnings } from './part-limits.js';
import { cautions, overriddenWarnings, rebaseWarnings } from './profile-warnings.js';
import { Complaint, isMapping } from './schema/form.js';
import { type ScenarioOutput, scenarioSchema } from './schema/scenario.js';
import { optionKinds, siteSections, topologyOptions } from './schema/topology.js';
import { filled, overlaid, partOf, patch } from './shape.js';
import { either, quoted } from './text.js';
import type {
  ClientClass,
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
    const read = readSite(site, ['topologies', index], own, findings);
    const options = readOptions(kind, own);
    if (read === undefined) continue;
    const spec = { ...read, faults: readFaults(raw, own) };
    topologies.push({ name, kind, options: options.all, ...spec });
    findings.push(
      ...siteFindings(spec, own, index),
      ...faultFindings(spec, own, index),
      ...burstFindings(spec, own, index),
    );
    warnings.push(...burstWarnings(merged(written, own)));
    warnings.push(...rebaseWarnings(name, own, written, site), ...cautions(kind, merged(written, own)));
    const { profile } = merged(written, own).storage as Raw;
    warnings.push(...partWarnings(name, kind, options.all, profile, uploads));
    assumptions.push(...assumedFor(name, kind, merged(written, own), options.used, own));
    const changes = Object.fromEntries(
      sections.flatMap(section => {
        const part = patch(siteSections[section], base[section], site[section], own[section]);
        return part === undefined ? [] : [[section, part]];
      }),
    );
    const faults = writtenFaults(own);
    resolvedTopologies.push({
      name,
      kind,
      ...options.used,
      ...changes,
      ...(faults === undefined ? {} : { faults }),
    });
  }

  warnings.push(...overriddenWarnings(written, base));
  const kept = new Set(topologies.map(topology => topology.name));
  const { objectives, texts } = readObjectives(raw, output, kept, warnings);
  warnings.push(...bucketWarnings(buckets, topologies));
  const { name, description, horizon, warmup, workload, clients } = filled(scenarioSchema, {
    ...raw,
    topologies: undefined,
    slo: undefined,
  }) as Raw;
  const scenario: Scenario = {
    name: output.name,
    description: output.description,
    seed: output.seed,
    horizon: output.horizon,
    warmup: output.warmup,
    workload: { uploads, background: output.workload.background },
    clients: readClients(clients),
    topologies,
    slo: objectives,
  };
  const resolved = {
    name,
    description,
    seed: output.seed,
    horizon,
    warmup,
    workload,
    clients,
    ...base,
    faults: writtenFaults(raw) ?? [],
    topologies: resolvedTopologies,
    slo: texts,
  };
  const common = topologies.flatMap(topology =>
    assumedOfWorkload(raw).map(assumption => ({ ...assumption, topology: topology.name })),
  );
  return {
    scenario,
    resolved,
    warnings: [...new Set(warnings)],
    assumptions: gathered([...common, ...assumptions]),
    findings,
  };
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
    .flatMap(section => assumed(siteSections[section], site[section], section))
    .filter(({ path }) => isUsed(path, kind))
    .filter(({ path }) => !hiddenByBursts(site, path));
  const ofOptions = assumed(topologyOptions(kind), own, '').filter(({ path }) => path in used);
  return [...ofSite, ...ofOptions].map(assumption => ({ ...assumption, topology }));
}

/** Without a size only a trace is left, whose own sizes hold. */
function uploadsOf({ workload }: ScenarioOutput): UploadsSpec {
  const { size = { kind: 'constant', value: 0 } as const, ...rest } = workload.uploads;
  return { ...rest, size };
}

/** Classes of clients, filled, as SI numbers. */
function readClients(clients: unknown): ClientClass[] {
  return scenarioSchema.shape.clients
    .parse(clients)
    .map(({ profile: _, name = '', ...rest }) => ({ name, ...rest }));
}

/** Every bucket that an upload may ask for: those of the scenario, unless a trace names one for each upload. */
function bucketsOf({ bucket, arrivals }: UploadsSpec): string[] {
  const traced = arrivals.kind === 'trace' ? arrivals.trace : undefined;
  if (traced?.bucket === undefined) return [...new Set(bucket.values)];
  const used = new Set(traced.bucket);
  const own = used.has(-1) ? bucket.values : [];
  return [...new Set([...own, ...traced.names.filter((_, index) => used.has(index))])];
}

/** The parts that topologies may override, as written; nothing is an empty mapping, and of a gateway nothing. */
function sitePart(raw: Raw): Record<Section, unknown> {
  const absent = (section: Section) => (section === 'gateway' ? 'none' : {});
  return Object.fromEntries(sections.map(section => [section, raw[section] ?? absent(section)])) as Record<
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
 * All defaults written out. What the user wrote, for the scenario or one topology, lies over the profiles that it
 * names: a topology that names another one puts that one underneath instead.
 */
function completeSite(site: Record<Section, unknown>, buckets: readonly string[]): Record<Section, unknown> {
  const whole: Record<Section, unknown> = { ...site, storage: { buckets, ...(site.storage as Raw) } };
  return Object.fromEntries(
    sections.map(section => [section, filled(siteSections[section], whole[section])]),
  ) as Record<Section, unknown>;
}

/** A complete site as SI numbers; a failure is a contradiction between an override and what it is laid over. */
function readSite(
  site: Record<Section, unknown>,
  path: readonly (string | number)[],
  own: Raw,
  findings: Finding[],
): Omit<SiteParameters, 'faults'> | undefined {
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
  const prices = read('prices', siteSections.prices);
  const before = read('gateway', siteSections.gateway);
  if (!client || !transport || !server || !storage || !valetKey) return undefined;
  if (prices === undefined || before === undefined) return undefined;
  const { profile: _, buckets = [], price: perRequest = null, ...rest } = storage;
  const writtenAt = (...keys: string[]) => {
    const isOwn = keys.reduce<unknown>(partOf, own.server) !== undefined;
    return isOwn ? [...path, 'server', ...keys] : ['server', ...keys];
  };
  findings.push(...fleetFindings(server, writtenAt));
  const { price = null, profile: _software, instance: _machine, ...hardware } = server;
  const fleet = { health: healthOf(server), autoscale: autoscalingOf(server) };
  const gateway = before === 'none' ? null : { ...before, profile: before.profile ?? null };
  return {
    client,
    transport,
    server: { ...hardware, price, ...fleet },
    storage: { ...rest, price: perRequest, buckets },
    valetKey,
    prices,
    gateway,
  };
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

function warmupFindings({ warmup, horizon, workload }: ScenarioOutput): Finding[] {
  if (warmup === 'auto') {
    if (workload.uploads.arrivals.kind !== 'burst') return [];
    const burst = new Complaint(
      'range',
      'all uploads arrive at one instant: there is no steady state that a warm-up could come before',
      'none, or a time such as 60s; auto needs uploads that arrive over time',
    );
    return [
      { path: ['warmup'], aim: 'value', complaint: burst, also: [['workload', 'uploads', 'arrivals']] },
    ];
  }
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
