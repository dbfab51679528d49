import type { Result } from '../../result.js';
import { wrap } from './text.js';
import type { Theme } from './theme.js';

/** One part of what `run` prints: its lines, none where it has nothing to say. */
export type Section = (result: Result, theme: Theme) => readonly string[];

/** A heading and what stands under it. */
export function titled(title: string, body: readonly string[], theme: Theme): string[] {
  return body.length === 0 ? [] : [theme.bold(title), '', ...body];
}

/** A remark under a table, filled to the width. */
export function remark(text: string, theme: Theme): string[] {
  return wrap(text, theme.width).map(theme.dim);
}
