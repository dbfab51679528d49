import type { SweptTopology } from '../../parameter-study.js';
import type { Interval } from '../../result.js';

/** The figure at a path such as `latency.p99`; shares of uploads and background classes go by their names. */
export function figureOf(topology: SweptTopology, path: string): number | null {
  const { uploads, background } = topology;
  if (path === 'failed' || path === 'succeeded' || path === 'unfinished')
    return uploads[path] / uploads.offered;
  const own = background.find(({ name }) => path.startsWith(`background.${name}.`));
  if (own === undefined) return valueAt(topology, path.split('.'));
  const rest = path.slice(`background.${own.name}.`.length);
  return rest === 'failed' ? own.failed / own.offered : valueAt(own, rest.split('.'));
}

export function intervalOf({ ci95 }: SweptTopology, path: string): Interval | null {
  return ci95?.[path] ?? null;
}

function valueAt(root: unknown, keys: readonly string[]): number | null {
  const value = keys.reduce<unknown>(
    (node, key) =>
      typeof node === 'object' && node !== null ? (node as Record<string, unknown>)[key] : null,
    root,
  );
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}
