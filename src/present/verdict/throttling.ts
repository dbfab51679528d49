import { count, percent } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { when } from './words.js';

/** Whether storage turns requests away for their number: something is at its limit then, though nothing is full. */
export function isTurnedAway({ storage, uploads }: TopologyResult): boolean {
  return storage.slowDowns > 0 && (storage.partitions !== null || (uploads.failures['slow-down'] ?? 0) > 0);
}

/** A clause on storage that turns requests away until it has adapted; nothing where it cannot adapt. */
export function throttling(topology: TopologyResult, result: Result): string | null {
  const { uploads, storage } = topology;
  const { partitions, slowDowns, requests } = storage;
  if (partitions === null || slowDowns === 0) return null;
  const turnsAway = `storage turns away ${percent(slowDowns / requests)} of its requests${uploads.failures['slow-down'] ? '' : ' (503 slow-down)'}`;
  const last = partitions.splits.at(-1);
  if (last === undefined) return `${turnsAway} and never splits`;
  return `${turnsAway} and splits, into ${count(partitions.count)} partitions ${when(last, topology, result)}`;
}
