/** Requests in the background, grouped as their handlers probably are: by method and first part of the path. */
import { isName } from './names.js';

/** Groups that are told apart while reading; a site that is scanned by bots has endless many. */
const mostGroups = 2000;

const longestPart = 40;

/** The name of all other groups. */
export const others = 'other requests';

/** Parts of a path that name one thing of many: numbers, UUIDs, hashes, addresses of people. */
const one = /^(\d+|[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{12,}|.*@.*|.*%40.*)$/i;

/** `GET /feed/7?page=2` is of the group `GET /feed`. */
export function groupOf(method: string, path: string): string {
  const end = path.indexOf('/', 1);
  const part = path.slice(1, end < 0 ? undefined : end).replace(/^[ \t]+|[ \t]+$/g, '');
  return `${method} /${one.test(part) || part.length > longestPart ? '*' : part}`;
}

/** The groups of a log, numbered as they are met; 0 is what is not told apart. */
export class Groups {
  readonly #known = new Map<string, number>();
  readonly #names: string[] = [others];
  readonly #counts: number[] = [0];

  /** Counts a request in and returns its group. */
  add(method: string, path: string): number {
    const name = groupOf(method, path);
    let index = this.#known.get(name);
    if (index === undefined) {
      // Decoded anew, so that the name does not keep the line alive that it was cut from.
      const text = Buffer.from(name, 'latin1').toString('utf8');
      index = this.#names.length <= mostGroups && isName(text) ? this.#names.length : 0;
      if (index > 0) {
        this.#known.set(Buffer.from(name, 'latin1').toString('latin1'), index);
        this.#names.push(text);
        this.#counts.push(0);
      }
    }
    this.#counts[index]! += 1;
    return index;
  }

  /** The most frequent groups, and for each group the position in this list of the one that it is counted to. */
  ranked(most: number): { readonly names: readonly string[]; readonly positions: readonly number[] } {
    const order = this.#counts
      .map((count, index) => ({ count, index }))
      .filter(({ count, index }) => index > 0 && count > 0)
      .sort((a, b) => b.count - a.count || a.index - b.index);
    // One group more than is asked for needs no "others".
    const kept = order.slice(0, order.length === most + 1 && this.#counts[0] === 0 ? most + 1 : most);
    const names = kept.map(({ index }) => this.#names[index]!);
    const positions = this.#counts.map(() => names.length);
    for (const [position, { index }] of kept.entries()) positions[index] = position;
    const pooled = order.length > kept.length || this.#counts[0]! > 0;
    return { names: pooled ? [...names, others] : names, positions };
  }
}
