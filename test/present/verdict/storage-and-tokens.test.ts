/** What is said of signed URLs that live too long, and of storage that adapts: over runs of scenario texts. */
import { describe, expect, it } from 'vitest';
import { verdictOn } from '../../../src/present/verdict/verdict.js';
import { fluidWith, type Part, runText } from '../../theory/scenario-text.js';
import { part, show } from '../screen.js';

const verdictOf = (parts: Part) => verdictOn(runText(fluidWith(parts)).result);

describe('a signed URL', () => {
  const tableOf = (valetKey: Part) =>
    part(
      show(
        runText(
          fluidWith({
            workload: { uploads: { arrivals: { count: 3, at: '0s' }, size: '1MB' } },
            clients: [{ name: 'anyone', rtt: '0s' }],
            valetKey: { useAfter: '4s', notify: 'client', ...valetKey },
            topologies: ['valet-key', { name: 'again', kind: 'valet-key' }],
          }),
        ).result,
      ),
      'Signed URLs',
    ).replace(/\s+/g, ' ');

  it('is of use to others for the part of its life that nobody needs', () => {
    const any = tableOf({ ttl: '15m' });
    expect(any).toContain(
      'A copy of a URL works as long as it lives, for a file of any size: valetKey.ttl and valetKey.maxSize bound that.',
    );
    expect(any).not.toContain('largest file');
    const limited = tableOf({ ttl: '15m', maxSize: '5MB' });
    expect(limited).toContain('largest file');
    expect(limited).toContain('A copy of a URL works as long as it lives: valetKey.ttl bounds that.');
  });

  it('is not, where its life is what its users need', () => {
    expect(tableOf({ ttl: '40s' })).not.toContain('A copy');
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
      /storage turns away [\d.]+% of its requests and splits, into 2 partitions after 10\.\d* s/,
    );
  });

  it('or never does', () => {
    expect(clause({ split: { after: '1h' } })).toContain('of its requests and never splits');
    expect(clause({})).not.toContain('splits');
  });
});
