import type { Result } from '../../result.js';
import { type Block, heading } from '../document/block.js';

/** One part of what `run` says of a result: blocks, none where it has nothing to say. */
export type Section = (result: Result) => readonly Block[];

/** A heading and what stands under it; nothing without the latter. */
export function titled(title: string, body: readonly Block[]): readonly Block[] {
  return body.length === 0 ? [] : [heading(2, title), ...body];
}
