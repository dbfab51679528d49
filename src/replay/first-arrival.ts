import type { JobStream, Workload } from '../workload/workload.js';

const streamsOf = (workload: Workload): readonly JobStream[] => [workload.uploads, ...workload.background];

/** The scenario's instant of the first arrival of anything; 0 where nothing arrives. */
export function firstArrival(workload: Workload): number {
  let first = Number.POSITIVE_INFINITY;
  for (const { closed, count, start } of streamsOf(workload)) {
    if (count > 0) first = Math.min(first, start[0]!);
    // Each user thinks before the first turn's job arrives.
    for (let user = 0; user < (closed?.users ?? 0); user++) first = Math.min(first, closed!.think(user, 0));
  }
  return first === Number.POSITIVE_INFINITY ? 0 : first;
}

/** Closed loops begin at 0, so the clock can begin later only where there is none. */
export function firstOpenArrival(workload: Workload): number {
  return streamsOf(workload).some(({ closed }) => closed !== null) ? 0 : firstArrival(workload);
}
