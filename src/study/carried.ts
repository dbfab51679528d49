import type { Path } from '../replay/host.js';
import type { Replayed } from '../replay/replay.js';

/** Bytes that a replay has moved over some of its paths, those of attempts that failed among them. */
export function bytesOver({ hosts, simulation }: Replayed, counts: (path: Path) => boolean): number {
  let bytes = 0;
  for (const path of hosts.paths) {
    if (counts(path)) bytes += simulation.network.routeCarried(path.index);
  }
  return bytes;
}
