import type { Section } from './section.js';
import { wrap } from './text.js';

/** What the reader should know before believing the numbers. */
export const warnings: Section = (result, theme) =>
  result.warnings.flatMap(warning => wrap(`warning: ${warning}`, theme.width, '  ').map(theme.warn));
