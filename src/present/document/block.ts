import type { Table } from './table.js';
import type { Text } from './text.js';

/**
 * What sections are made of. A section says what there is to read and what it means; how it looks (width, colour,
 * escaping, empty lines) is the business of a renderer: `terminal/print.ts`, `markdown/markdown.ts`.
 *
 *     export const verdict: Section = result => titled('Verdict', [
 *       paragraph(['valet-key ', { text: 'survives', tone: 'good' }, '.']),
 *       list(['memory is full after 89.6 s', ['threads: ', { text: 'all busy', tone: 'warn' }]]),
 *       ...table(rows, { key, groups: [{ columns }] }),
 *       remark('Where the figures come from.'),
 *     ]);
 */
export type Block = Heading | Paragraph | Remark | List | Table | Preformatted;

/** 1: the scenario; 2: a section; 3: a part of one. */
export interface Heading {
  readonly kind: 'heading';
  readonly level: 1 | 2 | 3;
  readonly text: Text;
}

export interface Paragraph {
  readonly kind: 'paragraph';
  readonly text: Text;
}

/** A line or two that belong directly to what stands above. */
export interface Remark {
  readonly kind: 'remark';
  readonly text: Text;
}

export interface List {
  readonly kind: 'list';
  readonly items: readonly Text[];
}

/** Characters in a grid, such as a chart. */
export interface Preformatted {
  readonly kind: 'preformatted';
  /** The lines, none of which is wider than `width` columns. */
  readonly draw: (width: number) => readonly Text[];
}

export function heading(level: Heading['level'], text: Text): Heading {
  return { kind: 'heading', level, text };
}

export function paragraph(text: Text): Paragraph {
  return { kind: 'paragraph', text };
}

/** Small print where it is a plain string; spans look as their tones say. */
export function remark(text: Text): Remark {
  return { kind: 'remark', text: typeof text === 'string' ? { text, tone: 'dim' } : text };
}

export function list(items: readonly Text[]): List {
  return { kind: 'list', items };
}
