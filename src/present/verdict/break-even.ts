import type { BreakEven } from '../../result.js';
import { bytes } from '../units.js';

/** From which file size on a lone upload is better off with the other design: one sentence for each pair. */
export function breakEvenLines(all: readonly BreakEven[]): readonly string[] {
  return all.map(({ proxy, valetKey, client, size, below, above }) => {
    const whose = `Alone on idle servers, a file of a typical ${client} client`;
    const other = (name: string | null): string => (name === proxy ? valetKey : proxy);
    if (size === null) {
      return below === null
        ? `${whose} takes as long with ${proxy} as with ${valetKey}.`
        : `${whose} is faster with ${below} than with ${other(below)}, whatever its size.`;
    }
    const faster = (name: string | null): string =>
      name === null ? 'with both alike' : `faster with ${name}`;
    return `${whose} is ${faster(below)} below ${bytes(size)}, and ${faster(above)} from there on.`;
  });
}
