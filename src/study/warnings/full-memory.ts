import { bytes, count, duration } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import type { TopologySpec } from '../../scenario/types.js';
import { sizes } from './drawn.js';
import type { Evidence, Finding } from './warning.js';

/**
 * Servers died of what they had in memory. Nothing but the threads bounds that: each holds at most one upload, so
 * `threads` x (memory of an upload) + `baseMemory` always fits from so many threads on downwards. Where bodies are
 * spooled nothing does: an upload has its memory before it has a thread.
 */
export function fullMemory({ spec, workload, result }: Evidence): Finding[] {
  const { server } = result;
  if (server.crashes === 0) return [];
  return [
    {
      fact: `${crashes(result)}: ${losses(result)}`,
      advice: `${remedy(spec, sizes(workload))} Or have it turn away what does not fit (server.onOutOfMemory=reject), or keep bodies out of memory (${spec.kind === 'proxy-buffered' ? 'proxy-streaming, ' : ''}valet-key).`,
    },
  ];
}

function crashes({ server }: TopologyResult): string {
  const since = server.memory.saturatedAt;
  const when = since === null ? '' : ` at ${duration(since)}`;
  return server.crashes === 1
    ? `a server ran out of memory${when}`
    : `servers ran out of memory ${count(server.crashes)} times, first${when}`;
}

function losses({ uploads, background }: TopologyResult): string {
  const attempts = uploads.attemptFailures;
  const others = background.reduce(
    (sum, { failures }) => sum + (failures['server-crash'] ?? 0) + (failures.refused ?? 0),
    0,
  );
  const parts = [
    `${count(attempts['server-crash'] ?? 0)} upload attempts died with it`,
    ...(attempts.refused === undefined
      ? []
      : [`${count(attempts.refused)} were refused by it while it restarted`]),
    ...(others === 0 ? [] : [`${count(others)} other ${others === 1 ? 'request' : 'requests'} failed`]),
  ];
  return `${parts.join(', ')}; ${count(uploads.failed)} of ${count(uploads.offered)} uploads failed for good`;
}

function remedy(spec: TopologySpec, size: { readonly mean: number; readonly largest: number }): string {
  const { memory, baseMemory, threads } = spec.server;
  const { copies, completeCopies, perRequest, streamBuffer } = spec.options;
  if (spec.kind === 'proxy-spooled') {
    const room = Math.floor((memory - baseMemory) / perRequest);
    return `A spooling server has ${bytes(perRequest)} of memory for each upload from its head on, and nothing bounds how many those are: ${count(room)} fit, (${bytes(memory)} - ${bytes(baseMemory)}) / ${bytes(perRequest)}.`;
  }
  const buffered = spec.kind === 'proxy-buffered';
  const factor = Math.max(copies, completeCopies);
  const fitting = (of: number): number =>
    Math.floor((memory - baseMemory) / (buffered ? factor * of + perRequest : streamBuffer));
  const vary = buffered && size.largest > size.mean;
  const one = buffered
    ? `${factor} x ${bytes(size.mean)}${vary ? ' in the mean' : ''} + ${bytes(perRequest)}`
    : bytes(streamBuffer);
  const sum = `(${bytes(memory)} - ${bytes(baseMemory)}) / (${one})`;
  const n = fitting(size.mean);
  if (n < 1) return `Not even one upload fits: ${sum} is less than 1.`;
  if (n < threads)
    return `Only threads bound what is in memory, and ${vary ? 'about ' : ''}${count(n)} uploads fit, ${sum}: try server.threads=${n}.`;
  // As many as there are threads do fit in the mean.
  const safe = fitting(size.largest);
  const worst =
    safe < 1 ? 'one of those alone does not fit' : `server.threads=${safe} holds whatever comes together`;
  return `About ${count(n)} uploads fit, ${sum}, but large ones of up to ${bytes(size.largest)} came together: ${worst}.`;
}
