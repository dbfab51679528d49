/** What the verdict says of signed URLs that live too long, and of storage that adapts: over runs of scenario texts. */
import { describe, expect, it } from 'vitest';
import { verdictOn } from '../../../src/present/verdict/verdict.js';
import { fluidWith, type Part, runText } from '../../theory/scenario-text.js';

const verdictOf = (parts: Part) => verdictOn(runText(fluidWith(parts)).result);

describe('a signed URL', () => {
  const notes = (valetKey: Part) =>
    verdictOf({
      workload: { uploads: { arrivals: { count: 3, at: '0s' }, size: '1MB' } },
      clients: [{ name: 'anyone', rtt: '0s' }],
      valetKey: { useAfter: '4s', notify: 'client', ...valetKey },
      topologies: ['valet-key', { name: 'again', kind: 'valet-key' }],
    }).notes;

  it('is of use to others for the part of its life that nobody needs', () => {
    expect(notes({ ttl: '15m' })).toEqual([
      'A signed URL of valet-key and again is used at most 4 s after its signing and lives 15 min: a copy of it works for the rest, for a file of any size (valetKey.ttl, valetKey.maxSize).',
    ]);
    expect(notes({ ttl: '15m', maxSize: '5MB' })).toEqual([
      'A signed URL of valet-key and again is used at most 4 s after its signing and lives 15 min: a copy of it works for the rest (valetKey.ttl).',
    ]);
  });

  it('is not, where its life is what its users need', () => {
    expect(notes({ ttl: '40s' })).toEqual([]);
  });
});

describe('storage that gets too many requests', () => {
  // Two a second, of which every second one is refused: the tokens that they find are 1, 0.5, 1, 0.5 ...
  const clause = (requestRate: Part) =>
    verdictOf({
      workload: { uploads: { arrivals: { rate: '2/s', for: '20s', process: 'constant' }, size: '1MB' } },
      clients: [{ name: 'anyone', rtt: '0s' }],
      storage: { requestRate: { rate: '1/s', burst: 1, ...requestRate } },
      valetKey: { notify: 'client' },
      topologies: ['valet-key'],
    }).designs[0]!.text;

  it('splits, and the verdict says when and into how many', () => {
    expect(clause({ split: { after: '10s' } })).toMatch(
      /storage turns away [\d.]+% of the requests \(503 slow-down\) and splits, into 2 partitions after 10\.\d* s/,
    );
  });

  it('or never does', () => {
    expect(clause({ split: { after: '1h' } })).toContain('(503 slow-down) and never splits');
    expect(clause({})).not.toContain('splits');
  });
});
