import { count, percent } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { when } from './words.js';

/** A clause on storage that turns requests away until it has adapted; nothing where it cannot adapt. */
export function throttling(topology: TopologyResult, result: Result): string | null {
  const { partitions, slowDowns, requests } = topology.storage;
  if (partitions === null || slowDowns === 0) return null;
  const turnsAway = `storage turns away ${percent(slowDowns / requests)} of the requests (503 slow-down)`;
  const last = partitions.splits.at(-1);
  if (last === undefined) return `${turnsAway} and never splits`;
  return `${turnsAway} and splits, into ${count(partitions.count)} partitions ${when(last, topology, result)}`;
}
