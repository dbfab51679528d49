import type { Parts } from './parts.js';
import type { Stage, Verb } from './watch.js';

type About = Pick<Stage, 'parts'>;

/** Which parts of the file each stage of a watched attempt is about. */
export class WatchedParts {
  /** Parts whose URLs are in the answer to come, and those that storage answers. */
  private signed: About = { parts: null };
  private sent: About = { parts: null };

  constructor(private readonly parts: Parts) {}

  /** What a verb does with parts: with those that are asked for, that go next, or that were let in. */
  of(verb: Verb, about: string | null, args: readonly unknown[]): Partial<Stage> {
    const { stored, admitted, wave, first, last } = this.parts;
    const next = (count: number) => ({ parts: { first: stored + 1, last: stored + count } });
    switch (verb) {
      case 'sign':
        this.signed = next(args[1] as number);
        return this.signed;
      case 'issueToken':
        return this.signed;
      case 'answer':
        return about === 'storage' ? this.sent : this.signed;
      case 'send':
        this.signed = { parts: null };
        return {};
      case 'presentTokens':
        return next(wave);
      case 'transferParts':
        this.sent = next(admitted);
        return { ...this.sent, bytes: (admitted - 1) * first + last };
      case 'commitParts':
        return next(admitted);
      default:
        return {};
    }
  }
}
