import { bits, bytes, count, type Format, rate } from '../readable.js';
import type { ServerResult, StorageResult, TopologyResult, Usage } from '../result.js';

/** A resource as a reader thinks of it: its name, the unit of its figures, and where they stand. */
export interface Resource<Owner> {
  readonly name: string;
  readonly format: Format;
  readonly usage: (owner: Owner) => Usage | null;
}

/** What each server has. */
export const serverResources: readonly Resource<ServerResult>[] = [
  { name: 'threads', format: count, usage: s => s.threads },
  { name: 'memory', format: bytes, usage: s => s.memory },
  { name: 'CPU cores', format: count, usage: s => s.cpu },
  { name: 'network in', format: bits, usage: s => s.networkIn },
  { name: 'network out', format: bits, usage: s => s.networkOut },
  { name: 'disk', format: rate, usage: s => s.disk },
  { name: 'disk space', format: bytes, usage: s => s.diskSpace },
  { name: 'upstream', format: count, usage: s => s.upstream },
];

const storageResources: readonly Resource<StorageResult>[] = [
  { name: 'storage in', format: bits, usage: s => s.networkIn },
  { name: 'storage out', format: bits, usage: s => s.networkOut },
];

/** A resource of one topology together with its figures. `backlog` has no notion of being saturated. */
export interface ResourceUse {
  readonly name: string;
  readonly format: Format;
  readonly capacity: number | null;
  readonly mean: number;
  readonly peak: number;
  readonly utilization: number | null;
  readonly saturatedAt: number | null;
  readonly saturatedFor: number | null;
}

/** Everything that a topology used at all, in the order in which an upload meets it. */
export function resourcesUsed(topology: TopologyResult): readonly ResourceUse[] {
  const { server, storage } = topology;
  const [threads, ...rest] = serverResources.map(resource => use(resource, server));
  const backlog: ResourceUse = {
    name: 'backlog',
    format: count,
    ...server.backlog,
    utilization: null,
    saturatedAt: null,
    saturatedFor: null,
  };
  const all = [threads, backlog, ...rest, ...storageResources.map(resource => use(resource, storage))];
  return all.filter(u => u !== null).filter(u => u.peak > 0 || u.saturatedAt !== null);
}

function use<Owner>({ name, format, usage }: Resource<Owner>, owner: Owner): ResourceUse | null {
  const figures = usage(owner);
  return figures === null ? null : { name, format, ...figures };
}
