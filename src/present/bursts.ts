import type { BurstUsage, DirectionUsage, TopologyResult } from '../result.js';

/** A network direction with burst credit, and its figures. */
export interface BurstUse {
  readonly name: string;
  /** Of the servers; of storage else. */
  readonly ofServers: boolean;
  readonly burst: BurstUsage;
}

/** The directions with burst credit that a topology moved anything over. */
export function burstsUsed({ server, storage }: TopologyResult): readonly BurstUse[] {
  const all: readonly (readonly [name: string, ofServers: boolean, usage: DirectionUsage])[] = [
    ['network in', true, server.networkIn],
    ['network out', true, server.networkOut],
    ['storage in', false, storage.networkIn],
    ['storage out', false, storage.networkOut],
  ];
  return all.flatMap(([name, ofServers, { burst, peak }]) =>
    burst !== null && peak > 0 ? [{ name, ofServers, burst }] : [],
  );
}
