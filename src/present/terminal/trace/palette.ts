import type { Block } from '../../document/block.js';
import { print } from '../print.js';
import { clean } from '../text.js';
import type { Theme } from '../theme.js';
import { wrap } from '../width.js';

/** Dresses a piece of a line. */
export type Paint = (text: string) => string;

/** A theme with a brush for each tone, for what is drawn sign by sign. */
export interface Palette extends Theme {
  readonly bold: Paint;
  readonly dim: Paint;
  readonly good: Paint;
  readonly bad: Paint;
  readonly request: Paint;
  readonly response: Paint;
}

export function paletteOf(theme: Theme): Palette {
  const brush =
    (tone: 'bold' | 'dim' | 'good' | 'bad' | 'request' | 'response'): Paint =>
    text =>
      theme.paint(text, tone);
  return {
    ...theme,
    bold: brush('bold'),
    dim: brush('dim'),
    good: brush('good'),
    bad: brush('bad'),
    request: brush('request'),
    response: brush('response'),
  };
}

/** Small print, filled to the width. */
export function smallPrint(text: string, { width, dim }: Palette): string[] {
  return wrap(clean(text), width).map(dim);
}

/** Blocks of a document as lines. */
export function printed(blocks: readonly Block[], palette: Palette): string[] {
  return blocks.length === 0 ? [] : print(blocks, palette).trimEnd().split('\n');
}
