import type { UploadLog } from '../measure/upload-log.js';
import type { Replayed } from '../replay/replay.js';
import type { UploadTable } from '../result.js';
import type { Workload } from '../workload/workload.js';

/** The log of one replay in the order of the uploads' user-visible numbers, on the scenario's clock. */
export function uploadTable(
  topology: string,
  replication: number,
  { recorder, epoch }: Replayed,
  workload: Workload,
): UploadTable {
  const log = recorder.uploads;
  const { count } = log;
  // The arrivals of an open stream are known as they were given, without the rounding of a change of clocks.
  const { closed, start } = workload.uploads;
  const starts = closed === null ? start : log.start;
  const order = arrivalOf(log);
  const arrange = <T extends { [index: number]: number; slice(from: number, to: number): T }>(
    column: T,
  ): T => {
    const arranged = column.slice(0, count);
    if (order !== null) for (let id = 0; id < count; id++) arranged[id] = column[order[id]!]!;
    return arranged;
  };
  return {
    topology,
    replication,
    count,
    start: arrange(starts),
    end: arrange(log.end.map(end => end + epoch)),
    status: arrange(log.status),
    reason: arrange(log.reason),
    attempts: arrange(log.attempts),
    size: arrange(log.size),
    client: arrange(log.client),
    server: arrange(log.server),
    bucket: arrange(log.bucket),
    clients: workload.clients,
    buckets: workload.buckets,
  };
}

/** Which arrival has which number; null where they are the same. */
function arrivalOf({ id, count }: UploadLog): Uint32Array | null {
  let same = true;
  const order = new Uint32Array(count);
  for (let index = 0; index < count; index++) {
    order[id[index]!] = index;
    same &&= id[index] === index;
  }
  return same ? null : order;
}
