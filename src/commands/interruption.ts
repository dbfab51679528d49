import type { Result } from '../result.js';

/** What an interrupted run has left behind, in a sentence. */
export function interruption(
  { scenario, topologies, partial, replications }: Result,
  notRun: readonly string[],
): string {
  const finished = topologies.map(topology => topology.name);
  const missing = partial?.missing ?? [];
  const rest = notRun.length === 0 ? '' : `; not run: ${notRun.join(', ')}`;
  if (finished.length === 0) return `interrupted: nothing of "${scenario.name}" is finished${rest}`;
  if (missing.length === 0) {
    const made = `${replications} of at most ${partial?.replications} replications`;
    return `interrupted: "${scenario.name}" is partial: ${made} finished${rest}`;
  }
  return `interrupted: "${scenario.name}" is partial: ${finished.join(', ')} finished; ${missing.join(', ')} missing${rest}`;
}
