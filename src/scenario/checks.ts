/**
 * What holds between parts of a scenario that lie apart: names that are unique, names that must exist, options that
 * fit their kind. Works on the document as written, whatever else is wrong with it, so that all problems come at once.
 */
import type { Finding } from './issues.js';
import { didYouMean } from './nearest.js';
import { type KnownNames, parseObjective } from './objectives.js';
import type { Path } from './problem.js';
import { Complaint, isMapping } from './schema/form.js';
import { kindOf, optionKinds, topologyKinds } from './schema/topology.js';
import { nameOf, partOf } from './shape.js';
import { either, quoted } from './text.js';
import type { TopologyKind } from './types.js';

const at = (raw: unknown, ...path: (string | number)[]): unknown => path.reduce<unknown>(partOf, raw);

const items = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

const defaultTopologies = ['proxy-buffered', 'valet-key'];

/** The topologies as written, or those of a scenario that names none. */
export const writtenTopologies = (raw: unknown): readonly unknown[] => {
  const written = at(raw, 'topologies');
  return written === undefined ? defaultTopologies : items(written);
};

/** A topology's name, wherever it stands. */
export const nameOfTopology = (item: unknown): unknown => (isMapping(item) ? item.name : item);

export function crossFindings(raw: unknown): Finding[] {
  return [
    ...uniqueNames(raw, ['clients'], nameOf),
    ...namedClients(raw),
    ...uniqueNames(raw, ['workload', 'background'], item => at(item, 'name')),
    ...uniqueNames(raw, ['topologies'], nameOfTopology),
    ...sizeOrTrace(raw),
    ...topologyKindsAndOptions(raw),
    ...objectives(raw),
  ];
}

function uniqueNames(raw: unknown, path: Path, nameOf: (item: unknown) => unknown): Finding[] {
  const found: Finding[] = [];
  const first = new Map<string, number>();
  for (const [index, item] of items(at(raw, ...path)).entries()) {
    const name = nameOf(item);
    if (typeof name !== 'string') continue;
    const before = first.get(name);
    if (before === undefined) first.set(name, index);
    else {
      const complaint = new Complaint(
        'duplicate-name',
        `the name ${quoted(name)} is already that of item [${before}]`,
        'a name of its own',
      );
      found.push({
        path: isMapping(item) ? [...path, index, 'name'] : [...path, index],
        aim: 'value',
        complaint,
        also: [[...path, before]],
      });
    }
  }
  return found;
}

/** A class of clients is called after its profile, or has a name. */
function namedClients(raw: unknown): Finding[] {
  return items(at(raw, 'clients')).flatMap((item, index): Finding[] => {
    if (!isMapping(item) || Object.hasOwn(item, 'name') || Object.hasOwn(item, 'profile')) return [];
    const complaint = new Complaint(
      'missing',
      'missing',
      'a name of the client class is needed, or a profile, whose name it then has',
    );
    return [{ path: ['clients', index, 'name'], aim: 'value', complaint }];
  });
}

/** A trace has the sizes of its uploads; all other arrivals need one. */
function sizeOrTrace(raw: unknown): Finding[] {
  const uploads = at(raw, 'workload', 'uploads');
  if (!isMapping(uploads) || Object.hasOwn(uploads, 'size')) return [];
  const { arrivals } = uploads;
  if (isMapping(arrivals) && Object.hasOwn(arrivals, 'trace')) return [];
  const complaint = new Complaint(
    'missing',
    'missing',
    'a size is needed, e.g. 50MB, or a distribution of sizes',
  );
  return [{ path: ['workload', 'uploads', 'size'], aim: 'value', complaint }];
}

/** The kind of a topology as written, or undefined where none can be told. */
export function writtenKind(item: unknown): TopologyKind | undefined {
  if (typeof item === 'string') return kindOf(item);
  const kind = at(item, 'kind') ?? at(item, 'name');
  return typeof kind === 'string' ? kindOf(kind) : undefined;
}

function topologyKindsAndOptions(raw: unknown): Finding[] {
  const found: Finding[] = [];
  for (const [index, item] of items(at(raw, 'topologies')).entries()) {
    if (!isMapping(item)) continue;
    const kind = writtenKind(item);
    const { name } = item;
    if (kind === undefined && item.kind === undefined && typeof name === 'string') {
      const complaint = new Complaint(
        'missing',
        `${quoted(name)} is not a kind of topology${didYouMean(name, topologyKinds)}`,
        `a kind beside the name: ${either(topologyKinds)}`,
      );
      found.push({ path: ['topologies', index, 'name'], aim: 'value', complaint });
    }
    if (kind === undefined) continue;
    for (const [option, kinds] of Object.entries(optionKinds)) {
      if (!Object.hasOwn(item, option) || kinds.includes(kind)) continue;
      const complaint = new Complaint(
        'option',
        `${option} has no meaning for ${kind}`,
        `it is an option of ${either(kinds)}: remove it, or choose that kind`,
      );
      found.push({ path: ['topologies', index, option], aim: 'key', complaint });
    }
  }
  return found;
}

/** The names that objectives can refer to. */
export function knownNames(raw: unknown): KnownNames {
  const texts = (values: readonly unknown[]) => values.filter(value => typeof value === 'string');
  return {
    topologies: texts(writtenTopologies(raw).map(nameOfTopology)),
    background: texts(items(at(raw, 'workload', 'background')).map(item => at(item, 'name'))),
  };
}

function objectives(raw: unknown): Finding[] {
  const found: Finding[] = [];
  const known = knownNames(raw);
  for (const [index, item] of items(at(raw, 'slo')).entries()) {
    const [topology, text] = isMapping(item) ? (Object.entries(item)[0] ?? []) : [undefined, item];
    if (typeof text !== 'string' || (isMapping(item) && Object.keys(item).length !== 1)) continue;
    const read = parseObjective(text, known, topology);
    if (!(read instanceof Complaint)) continue;
    const aim = topology !== undefined && read.code === 'unknown-name' ? 'key' : 'value';
    found.push({
      path: topology === undefined ? ['slo', index] : ['slo', index, topology],
      aim,
      complaint: read,
    });
  }
  return found;
}
