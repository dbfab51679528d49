import { count, duration } from '../../readable.js';
import type { TopologyResult } from '../../result.js';
import type { TopologyKind } from '../../scenario/types.js';
import type { Evidence, Finding } from './warning.js';

/** Requests found no place in the backlog: most often those that have nothing to do with uploads. */
export function fullBacklog({ spec, result }: Evidence): Finding[] {
  const others = refusedOthers(result);
  const attempts = result.uploads.attemptFailures.overloaded ?? 0;
  const own =
    attempts === 0 ? [] : [`${count(attempts)} of ${count(result.uploads.attempts)} upload attempts`];
  if (others.length === 0 && own.length === 0) return [];
  const { mean } = result.server.threads.holdTime;
  const held = mean === null ? '' : `, with threads held for ${duration(mean)} by an upload in the mean`;
  return [
    {
      fact: `the backlog of ${count(spec.server.backlog)} overflowed and refused ${[...others, ...own].join(', ')}${held}`,
      advice: `${others.length > 0 ? innocent : ''}${remedy(spec.kind)}`,
    },
  ];
}

const innocent = 'Requests that have nothing to do with uploads are refused through no fault of theirs. ';

function remedy(kind: TopologyKind): string {
  return kind === 'valet-key' || kind === 'valet-key-multipart'
    ? 'Requests come faster than threads are given back, though each is short: raise server.threads or server.count, or let more of them wait (server.backlog).'
    : 'A longer backlog would only make them wait: hold threads for a shorter time (valet-key), serve uploads by servers of their own, or raise server.count.';
}

function refusedOthers({ background }: TopologyResult): string[] {
  return background
    .filter(({ failures }) => (failures.overloaded ?? 0) > 0)
    .map(({ name, offered, failures }) => `${count(failures.overloaded)} of ${count(offered)} ${name}`);
}
