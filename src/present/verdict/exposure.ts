import { duration } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { settingOf } from '../resolved.js';
import { listed } from './words.js';

/** A URL that lives so many times longer than it is needed could do with a shorter life. */
const MUCH_LONGER = 10;

/**
 * What a copy of a signed URL is good for: the part of its life that nobody needs. Sentences; designs of which there is
 * the same to say stand together.
 */
export function exposure(result: Result): readonly string[] {
  const said = new Map<string, string[]>();
  for (const topology of result.topologies) {
    const text = lifeAfterUse(topology, result);
    if (text !== null) said.set(text, [...(said.get(text) ?? []), topology.name]);
  }
  return [...said].map(([text, names]) => `A signed URL of ${listed(names)} ${text}`);
}

function lifeAfterUse({ name, tokens }: TopologyResult, result: Result): string | null {
  if (tokens === null || tokens.life === null || tokens.age.max === null) return null;
  const { age, life } = tokens;
  if (!(life.max > MUCH_LONGER * age.max!)) return null;
  const anySize = settingOf(result, name, 'valetKey', 'maxSize') === 'unlimited';
  const what = anySize ? ', for a file of any size (valetKey.ttl, valetKey.maxSize)' : ' (valetKey.ttl)';
  return `is used at most ${duration(age.max)} after its signing and lives ${duration(life.max)}: a copy of it works for the rest${what}.`;
}
