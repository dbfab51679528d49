import type { TopologyKind } from './types.js';

/** Kinds whose servers sign URLs. */
const issuing: ReadonlySet<TopologyKind> = new Set(['valet-key', 'valet-key-multipart']);

/** Whether anything of a kind of topology depends on the field of the site at this path. */
export function isUsed(path: string, kind: TopologyKind): boolean {
  if (path.startsWith('valetKey.')) return issuing.has(kind);
  return kind === 'proxy-spooled' || !path.startsWith('server.disk.');
}
