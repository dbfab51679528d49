import type { Result } from '../../result.js';
import { background } from './background.js';
import { checks } from './checks.js';
import { comparison } from './comparison.js';
import { completion } from './completion.js';
import { cost } from './cost.js';
import { failures } from './failures.js';
import { header } from './header.js';
import { holdTime } from './hold-time.js';
import { objectives } from './objectives.js';
import { saturation } from './saturation.js';
import type { Section } from './section.js';
import { servers } from './servers.js';
import type { Theme } from './theme.js';

/** In the order of the questions that a reader has. */
const sections: readonly Section[] = [
  header,
  completion,
  saturation,
  holdTime,
  servers,
  failures,
  background,
  cost,
  comparison,
  objectives,
  checks,
];

/** A result as text for a terminal or a pipe, at most `theme.width` columns wide, with a newline at its end. */
export function report(result: Result, theme: Theme): string {
  const parts = sections.map(section => section(result, theme)).filter(lines => lines.length > 0);
  return `${parts.map(lines => lines.join('\n')).join('\n\n')}\n`;
}
