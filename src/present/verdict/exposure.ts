import { duration } from '../../readable.js';
import type { Result, TopologyResult } from '../../result.js';
import { settingOf } from '../resolved.js';
import { listed } from './words.js';

/** A URL that lives so many times longer than it is needed could do with a shorter life. */
const MUCH_LONGER = 10;

interface Exposed {
  readonly names: string[];
  /** Seconds from its signing to the latest use. */
  used: number;
  readonly lives: string;
  readonly anySize: boolean;
}

/**
 * What a copy of a signed URL is good for: the part of its life that nobody needs. Sentences; designs whose URLs live
 * and permit the same stand together.
 */
export function exposure(result: Result): readonly string[] {
  const groups = new Map<string, Exposed>();
  for (const { name, tokens } of result.topologies.filter(livesLong)) {
    const lives = duration(tokens!.life!.max);
    const used = tokens!.age.max!;
    const anySize = settingOf(result, name, 'valetKey', 'maxSize') === 'unlimited';
    const key = `${lives} ${anySize}`;
    const group = groups.get(key) ?? { names: [], used, lives, anySize };
    groups.set(key, group);
    group.names.push(name);
    group.used = Math.max(group.used, used);
  }
  return Array.from(groups.values(), sentence);
}

function livesLong({ tokens }: TopologyResult): boolean {
  if (tokens === null || tokens.life === null || tokens.age.max === null) return false;
  return tokens.life.max > MUCH_LONGER * tokens.age.max;
}

function sentence({ names, used, lives, anySize }: Exposed): string {
  const what = anySize ? ', for a file of any size (valetKey.ttl, valetKey.maxSize)' : ' (valetKey.ttl)';
  return `A signed URL of ${listed(names)} is used at most ${duration(used)} after its signing and lives ${lives}: a copy of it works for the rest${what}.`;
}
