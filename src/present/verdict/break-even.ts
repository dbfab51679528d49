import { bytes, duration } from '../../readable.js';
import type { BreakEven } from '../../result.js';
import { listed } from './words.js';

/**
 * From which file size on a lone upload is better off with a signed URL: one line for each class of clients, in it one
 * sentence for all such designs of which there is the same to say.
 */
export function breakEvenLines(all: readonly BreakEven[]): readonly string[] {
  return [...new Set(all.map(({ client }) => client))].map(client => {
    const issuers = new Map<string, string[]>();
    for (const name of new Set(all.filter(pair => pair.client === client).map(({ valetKey }) => valetKey))) {
      const said = against(all.filter(pair => pair.client === client && pair.valetKey === name));
      issuers.set(said, [...(issuers.get(said) ?? []), name]);
    }
    const sentences = [...issuers].map(
      ([said, names]) => `${listed(names)} ${names.length === 1 ? 'is' : 'are'} faster ${said}.`,
    );
    return `Break-even, for a lone upload of a typical client (${client}) on idle servers: ${sentences.join(' ')}`;
  });
}

/** "than p from 6.84 MB on, than q at no size; a file of 1 B takes 76 ms longer". */
function against(pairs: readonly BreakEven[]): string {
  const sides = grouped(pairs, sizes).map(([size, proxies]) => `than ${listed(proxies)} ${size}`);
  return `${sides.join(', ')}${smallest(pairs)}`;
}

/** Names of the proxies of which the same is to be said, in their order. */
function grouped(
  pairs: readonly BreakEven[],
  say: (pair: BreakEven) => string,
): readonly (readonly [text: string, proxies: readonly string[]])[] {
  const texts = [...new Set(pairs.map(say))];
  return texts.map(text => [text, pairs.filter(pair => say(pair) === text).map(({ proxy }) => proxy)]);
}

/** For which sizes the design that issues tokens is the faster one. */
function sizes({ valetKey, size, below, above }: BreakEven): string {
  if (size === null) {
    if (below === null) return 'at no size (both are alike)';
    return below === valetKey ? 'at any size' : 'at no size';
  }
  if (above === valetKey) return `from ${bytes(size)} on`;
  return below === valetKey ? `up to ${bytes(size)}` : 'at no size';
}

/** What the signed URL costs where there are hardly any bytes. */
function smallest(pairs: readonly BreakEven[]): string {
  const costs = grouped(
    pairs.filter(({ overhead }) => overhead > 0),
    ({ overhead }) => duration(overhead),
  );
  if (costs.length === 0) return '';
  const everywhere = costs[0]![1].length === pairs.length;
  const longer = costs.map(
    ([cost, proxies]) => `${cost} longer${everywhere ? '' : ` than with ${listed(proxies)}`}`,
  );
  return `; a file of 1 B takes ${listed(longer)}`;
}
